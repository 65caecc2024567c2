package io.karat.settings.yaml;

/**
 * Spark SQL expression as the business wrote it. It is not parsed here; later problems are reported
 * at {@code at}.
 */
public record Expression(String sql, Location at) {
  public Expression {
    sql = sql.strip();
  }
}
