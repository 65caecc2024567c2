package io.karat.night;

/**
 * Queries of DuckDB about buyer types: prices from the generated files, and scores from indicators.
 * All arithmetic is on whole cents, millionths and hundredths, rounded half up.
 */
final class BuyerQueries {
  /** What goods would have cost at the mean unit price of product and month; in millionths. */
  static final String PRICES =
      """
      priced AS (
        SELECT coalesce(own_ids.customer_id, rows.customer_id) AS customer_id, product_id,
          date_trunc('month', day) AS month, (amount * 100) :: HUGEINT AS cents,
          (discount * 100) :: HUGEINT AS off, (quantity * 1000000) :: HUGEINT AS millionths
        FROM read_parquet('%1$s/transactions/*/*.parquet', hive_partitioning = true) rows
        LEFT JOIN own_ids ON rows.customer_id = own_ids.alias_id
        WHERE day <= DATE '%2$s' AND type = 'SALE'),
      prices AS (
        SELECT product_id, month, sum(cents) AS paid, sum(millionths) AS bought
        FROM priced GROUP BY ALL),
      levels AS (
        SELECT customer_id, sum(cents) :: HUGEINT AS cents, sum(off) :: HUGEINT AS off,
          sum((2 * millionths * paid + bought) // (2 * bought)) :: HUGEINT AS usual
        FROM priced JOIN prices USING (product_id, month) GROUP BY ALL)
      SELECT customer_id,
        (2 * cents * 1000000 + usual) // (2 * usual) AS price_level,
        (2 * off * 1000000 + cents + off) // (2 * (cents + off)) AS discount_share
      FROM levels
      """;

  static final String PUBLISHED_PRICES =
      """
      SELECT customer_id, (price_level_365d * 1000000) :: HUGEINT,
        (discount_share_365d * 1000000) :: HUGEINT
      FROM read_parquet('%s/current/customer_indicators/*.parquet')
      WHERE price_level_365d IS NOT NULL
      """;

  /** The scores of large customers, by ranks among them; hundredths of points. */
  static final String SCORES =
      """
      WITH large AS (
        SELECT indicators.*
        FROM read_parquet('%1$s/current/customer_indicators/*.parquet') indicators
        JOIN read_parquet('%1$s/current/customer_value/*.parquet') scored USING (customer_id)
        WHERE customer_class = 'LARGE'),
      known AS (UNPIVOT (
        SELECT customer_id,
          COLUMNS('^((price_level|discount_share|product_count|contact_count|contacts_per_sale|suggestions_per_sale|service_cost|gross_margin|process_count)_365d|share_of_wallet|tenure_days|advantage|reputation|strategic_focus|regional_founder)$')
            :: DECIMAL(18,6)
        FROM large)
        ON COLUMNS(* EXCLUDE customer_id) INTO NAME indicator VALUE number),
      counted AS (
        SELECT customer_id, indicator, count(*) OVER (PARTITION BY indicator) AS n,
          rank() OVER (PARTITION BY indicator ORDER BY number) - 1 AS below,
          count(*) OVER (PARTITION BY indicator, number) AS same
        FROM known),
      ranks AS (
        SELECT customer_id, indicator,
          (200000000 :: HUGEINT * (2 * below + same) + 2 * n) // (4 * n) AS rank
        FROM counted),
      weights(kind, indicator, weight, is_lower) AS (VALUES
        ('intrinsic', 'price_level_365d', 35, true), ('intrinsic', 'discount_share_365d', 25, false),
        ('intrinsic', 'product_count_365d', 20, true), ('intrinsic', 'contact_count_365d', 20, true),
        ('extrinsic', 'contacts_per_sale_365d', 30, false),
        ('extrinsic', 'suggestions_per_sale_365d', 20, false),
        ('extrinsic', 'service_cost_365d', 30, false), ('extrinsic', 'product_count_365d', 20, false),
        ('strategic', 'share_of_wallet', 25, false), ('strategic', 'tenure_days', 15, false),
        ('strategic', 'process_count_365d', 20, false), ('strategic', 'advantage', 10, false),
        ('strategic', 'reputation', 10, false), ('strategic', 'strategic_focus', 10, false),
        ('strategic', 'regional_founder', 10, false)),
      counting AS (
        SELECT ranks.customer_id, kind, weight,
          sum(weight) OVER (PARTITION BY ranks.customer_id, kind) :: HUGEINT AS weights,
          CASE WHEN indicator = 'service_cost_365d' AND coalesce(margin.rank, 0) < 50000000 THEN 0
            WHEN is_lower THEN 100000000 - ranks.rank ELSE ranks.rank END AS millionths
        FROM ranks JOIN weights USING (indicator)
        LEFT JOIN (SELECT customer_id, rank FROM ranks WHERE indicator = 'gross_margin_365d') margin
          ON margin.customer_id = ranks.customer_id),
      scores AS (
        SELECT customer_id, kind,
          sum((2 * millionths * weight + weights * 10000) // (2 * weights * 10000)) :: HUGEINT
            AS points
        FROM counting GROUP BY ALL),
      led AS (
        SELECT customer_id, max(points) FILTER (kind = 'intrinsic') AS intrinsic,
          max(points) FILTER (kind = 'extrinsic') AS extrinsic,
          max(points) FILTER (kind = 'strategic') AS strategic, max(points) AS largest,
          max(points) - list_sort(list(points), 'DESC')[2] AS lead
        FROM scores GROUP BY ALL)
      SELECT customer_id, intrinsic, extrinsic, strategic, lead,
        CASE WHEN lead < 500 THEN 'UNDECIDED' WHEN intrinsic = largest THEN 'INTRINSIC'
          WHEN extrinsic = largest THEN 'EXTRINSIC' ELSE 'STRATEGIC' END AS buyer_type
      FROM led
      """;

  static final String PUBLISHED_SCORES =
      """
      SELECT customer_id, (intrinsic_score * 100) :: HUGEINT, (extrinsic_score * 100) :: HUGEINT,
        (strategic_score * 100) :: HUGEINT, (buyer_type_margin * 100) :: HUGEINT, buyer_type
      FROM read_parquet('%s/current/customer_value/*.parquet') WHERE buyer_type IS NOT NULL
      """;

  /** Of the firms with a type, the percentage with their true one, and whether they are enough. */
  static final String FOUND =
      """
      SELECT (100 * count_if(scored.buyer_type = truth.buyer_type)) // count(*), count(*)
      FROM read_parquet('%1$s/current/customer_value/*.parquet') scored
      JOIN read_parquet('%2$s/truth/customers/*.parquet') truth USING (customer_id)
      JOIN read_parquet('%1$s/current/customer_indicators/*.parquet') indicators USING (customer_id)
      WHERE scored.buyer_type <> 'UNDECIDED' AND truth.buyer_type IS NOT NULL
        AND indicators.kind = 'ENTERPRISE'
      """;

  /** What contacts have cost since the last sale of each customer, in cents. */
  static final String SERVICE_SINCE_SALE =
      """
      sold AS (SELECT customer_id, max(day) AS last FROM bills WHERE type = 'SALE' GROUP BY ALL)
      SELECT customer_id, coalesce(sum((cost * 100) :: HUGEINT)
          FILTER (day >= coalesce(last, DATE '1970-01-01')), 0) :: HUGEINT
      FROM read_parquet('%3$s/current/customer_indicators/*.parquet')
      LEFT JOIN contacts USING (customer_id) LEFT JOIN sold USING (customer_id) GROUP BY ALL
      """;

  static final String PUBLISHED_SERVICE_SINCE_SALE =
      """
      SELECT customer_id, (service_cost_since_sale * 100) :: HUGEINT
      FROM read_parquet('%s/current/customer_indicators/*.parquet')
      """;

  private BuyerQueries() {}
}
