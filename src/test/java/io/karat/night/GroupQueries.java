package io.karat.night;

/** Queries of DuckDB about groups of customers. */
final class GroupQueries {
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
}
