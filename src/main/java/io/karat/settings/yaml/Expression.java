package io.karat.settings.yaml;

/**
 * Spark SQL as the business wrote it. It is not looked into here; whoever does reports at its
 * place.
 */
public record Expression(String sql, Location at) {
  public Expression {
    sql = sql.strip();
  }
}
