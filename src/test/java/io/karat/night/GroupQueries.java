package io.karat.night;

import java.util.List;
import java.util.stream.Stream;

/** Queries of DuckDB about groups of customers that count as one. */
final class GroupQueries {
  /** The topmost customer of every id: aliases are replaced, then parents followed. */
  private static final String TOPS =
      """
      CREATE TABLE tops AS WITH RECURSIVE chains AS (
        SELECT alias_id, customer_id FROM read_parquet('%1$s/aliases/*.parquet')
        UNION ALL
        SELECT chains.alias_id, next.customer_id
        FROM chains JOIN read_parquet('%1$s/aliases/*.parquet') next
        ON chains.customer_id = next.alias_id),
      own_ids AS (
        SELECT * FROM chains WHERE customer_id NOT IN (SELECT alias_id FROM chains)),
      listed AS (
        SELECT listed.customer_id, coalesce(own_ids.customer_id, parent_customer_id) AS parent
        FROM read_parquet('%1$s/customers/day=2024-04-01/*.parquet') listed
        LEFT JOIN own_ids ON alias_id = parent_customer_id),
      ways AS (
        SELECT customer_id AS id, customer_id AS top, parent FROM listed
        UNION ALL
        SELECT ways.id, ways.parent, next.parent
        FROM ways LEFT JOIN listed next ON next.customer_id = ways.parent
        WHERE ways.parent IS NOT NULL)
      SELECT id, top FROM ways WHERE parent IS NULL
      UNION ALL
      SELECT alias_id, coalesce(top, customer_id)
      FROM own_ids LEFT JOIN (FROM ways WHERE parent IS NULL) ON id = customer_id
      """;

  private static final String DAYS =
      """
      COPY (
        SELECT own.* REPLACE (coalesce(top, customer_id) AS customer_id)
        FROM read_parquet('%%1$s/%1$s/*/*.parquet', hive_partitioning = true) own
        LEFT JOIN tops ON id = customer_id)
      TO '%%2$s/%1$s' (FORMAT parquet, PARTITION_BY (day))
      """;

  private static final String OPPORTUNITIES =
      """
      COPY (
        SELECT own.* REPLACE (coalesce(top, customer_id) AS customer_id)
        FROM read_parquet('%1$s/opportunities/*.parquet') own LEFT JOIN tops ON id = customer_id)
      TO '%2$s/opportunities/all.parquet'
      """;

  private static final String ALIASES =
      "COPY (FROM read_parquet('%1$s/aliases/*.parquet')) TO '%2$s/aliases/all.parquet'";

  /** A group is listed as its topmost customer, who owed at first what all members did. */
  private static final String CUSTOMERS =
      """
      COPY (
        SELECT listed.* REPLACE (owed AS opening_balance)
        FROM read_parquet('%1$s/customers/day=2024-04-01/*.parquet') listed
        JOIN (
          SELECT top, sum(opening_balance) AS owed
          FROM read_parquet('%1$s/customers/day=2024-04-01/*.parquet') listed
          JOIN tops ON id = customer_id GROUP BY top)
        ON top = customer_id)
      TO '%2$s/customers/day=2024-04-01/all.parquet'
      """;

  /** Listed customers whose group or level is not the planted one. */
  static final String ASTRAY =
      """
      SELECT customer_id FROM read_parquet('%1$s/current/customer_value/*.parquet') found
      JOIN read_parquet('%2$s/customers/day=2024-04-01/*.parquet') USING (customer_id)
      LEFT JOIN read_parquet('%2$s/truth/groups/*.parquet') planted USING (customer_id)
      WHERE found.group_id <> coalesce(planted.group_id, customer_id)
        OR found.group_level <> coalesce(planted.group_level, 1)
      """;

  /** Whether enough customers of a list have a planted parent. */
  static final String PLANTED =
      """
      SELECT count(*) >= 3 FROM read_parquet('%1$s/truth/groups/*.parquet')
      JOIN read_parquet('%1$s/customers/day=2024-04-01/*.parquet') USING (customer_id)
      """;

  private GroupQueries() {}

  /** Writes inputs in which every member has the id of its topmost customer to another folder. */
  static List<String> replaced() {
    return Stream.concat(
            Stream.of(TOPS, OPPORTUNITIES, ALIASES, CUSTOMERS),
            Stream.of("transactions", "payments", "contacts").map(DAYS::formatted))
        .toList();
  }

  /**
   * Groups whose figures as a customer are not those of all their members. What a group owes is
   * less where one member has paid too much.
   *
   * @param totals columns of {@code customer_groups}
   */
  static String different(List<String> totals) {
    String differ =
        totals.stream()
            .map(
                total ->
                    total.startsWith("total_arrears_amount")
                        ? "arrears_amount > total_arrears_amount"
                        : "%s IS DISTINCT FROM %s"
                            .formatted(total.substring("total_".length()), total))
            .reduce("members.group_id IS NULL OR customer_id IS NULL", "%s OR %s"::formatted);
    return """
        SELECT group_id, customer_id
        FROM read_parquet('%%1$s/current/customer_groups/*.parquet') members
        FULL JOIN read_parquet('%%2$s/current/customer_indicators/*.parquet')
        ON customer_id = group_id
        WHERE %s
        """
        .formatted(differ);
  }
}
