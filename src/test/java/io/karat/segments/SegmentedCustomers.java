package io.karat.segments;

import io.karat.indicators.IndicatorPlan;
import io.karat.scores.ScorePlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Customers with indicators generated from their number, and the segments of a configuration. */
final class SegmentedCustomers {
  static final LocalDate NIGHT = LocalDate.of(2026, 3, 1);

  static final String INPUTS =
      """
      inputs:
        transactions:
          path: unused
          columns: {customer_id: c, transaction_time: t, amount: a}
      """;

  private SegmentedCustomers() {}

  /** The plan with these settings under {@code clustering}, such as {@code k: 3}. */
  static SegmentPlan plan(String clustering) {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read(
            "karat.yaml",
            INPUTS + "clustering: {" + clustering + "}\n",
            Map.of(),
            List.of(),
            problems);
    ScorePlan scores = ScorePlan.of(settings, IndicatorPlan.of(settings, problems), problems);
    problems.throwIfAny();
    return SegmentPlan.of(scores).orElseThrow();
  }

  /**
   * Customers of four kinds, a quarter each: large and frequent, small and frequent, large and
   * rare, long silent. Every 20th of the last has never bought.
   */
  static Dataset<Row> of(SparkSession spark, long count) {
    return at(spark, count, 0);
  }

  /** The same customers some days later. */
  static Dataset<Row> at(SparkSession spark, long count, int day) {
    return spark
        .range(count)
        .selectExpr(
            "id",
            day + " AS day",
            "id % 4 AS kind",
            "pmod(xxhash64(id, 1), 1000) / 1000.0D AS u",
            "pmod(xxhash64(id, 2), 1000) / 1000.0D AS v",
            "pmod(xxhash64(id, 3, " + day + "), 1000) / 1000.0D AS w",
            "id % 80 = 3 AS is_new")
        .selectExpr(
            "concat('C', lpad(id, 9, '0')) AS customer_id",
            "cast(if(is_new, NULL, CASE kind WHEN 3 THEN 300 + 60 * u + day WHEN 2 THEN 60 + 60 * u"
                + " + day % 20 ELSE 15 * w END) AS int) AS recency_days",
            "cast(if(is_new, 0, CASE kind WHEN 0 THEN 30 + 30 * u WHEN 1 THEN 20 + 20 * u WHEN 2"
                + " THEN 2 + 3 * u ELSE 1 + u END) AS bigint) AS transaction_day_count_365d",
            "cast(if(is_new, 0, CASE kind WHEN 0 THEN 8000 + 8000 * v WHEN 1 THEN 300 + 200 * v"
                + " WHEN 2 THEN 4000 + 3000 * v ELSE 20 + 40 * v END + w) AS decimal(38,2))"
                + " AS net_sales_amount_365d",
            "cast(if(is_new, NULL, CASE kind WHEN 1 THEN 200 + 200 * v ELSE 900 + 400 * v END +"
                + " day) AS int) AS tenure_days");
  }
}
