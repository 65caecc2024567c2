package io.karat.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.indicators.IndicatorScale;
import io.karat.scores.ScoreColumns;
import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Customers assigned to segments by expressions, and the same in plain Java. */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SegmentAssignmentTest {
  private static final SegmentPlan PLAN = SegmentedCustomers.plan("k: 4, hysteresis: 0.05");
  private static final LocalDate NIGHT = SegmentedCustomers.NIGHT;

  private final SparkSession spark;
  private SegmentModel model;

  SegmentAssignmentTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void learn() {
    model = SegmentFitting.fit(PLAN, SegmentedCustomers.of(spark, 800), NIGHT, List.of());
  }

  /** Both use whole numbers, so no customer may differ. */
  @Test
  void expressionsAndPlainJavaAgree() {
    List<Column> columns = new ArrayList<>(List.of(col(ScoreColumns.SEGMENT_ID), col("before")));
    model.featureNames().forEach(name -> columns.add(col(name)));
    Dataset<Row> customers =
        SegmentedCustomers.at(spark, 800, 9)
            .withColumn(
                ScoreColumns.SEGMENT_BEFORE, expr("concat('S', pmod(xxhash64(customer_id), 6))"))
            .withColumn(ScoreColumns.SEGMENT_SINCE_BEFORE, expr("DATE '2026-02-25'"))
            .withColumn(ScoreColumns.SEGMENT_LEFT_BEFORE, expr("'S2'"));
    List<Row> assigned =
        new SegmentAssignment(PLAN, model)
            .assigned(customers, NIGHT)
            .withColumn("before", col(ScoreColumns.SEGMENT_BEFORE))
            .select(columns.toArray(Column[]::new))
            .collectAsList();
    Map<String, Integer> counts = new HashMap<>();
    for (Row row : assigned) {
      double[] values = new double[columns.size() - 2];
      Arrays.setAll(
          values, i -> row.isNullAt(i + 2) ? Double.NaN : ((Number) row.get(i + 2)).doubleValue());
      CustomerAssignment standing =
          CustomerAssignment.of(
              PLAN.settings(),
              model,
              values,
              Optional.of(
                  new CustomerAssignment.Before(row.getString(1), true, Optional.of("S2"))));
      assertEquals(standing.id(), row.getString(0));
      counts.merge(standing.id(), 1, Integer::sum);
    }

    assertEquals(10, counts.get("S0"), "every 80th has never bought");
    assertEquals(5, counts.size());
  }

  /** The SQL that readers see gives what the night publishes by rules. */
  @Test
  void theRulesThatAreShownAreThoseThatDecide() {
    SegmentPlan byRules = SegmentedCustomers.plan("k: 4, assign_by: rules");
    String sql = String.join("\n", new RuleText(model).sql());
    Dataset<Row> assigned =
        new SegmentAssignment(byRules, model).assigned(SegmentedCustomers.at(spark, 800, 3), NIGHT);

    assertEquals(0, assigned.filter("NOT segment_id <=> " + sql).count());
  }

  /**
   * A customer between two centres stays until another one is nearer by more than 5 %; a customer
   * whose segment no longer exists goes to the nearest.
   */
  @Test
  void aCustomerOnTheBorderStays() {
    Feature feature =
        FeatureFitting.of(
                "tenure_days",
                BigDecimal.ONE,
                IndicatorScale.LINEAR,
                OptionalInt.empty(),
                new double[] {0, 0, 1000, 1000})
            .orElseThrow();
    SegmentModel line =
        new SegmentModel(
            1,
            "segments",
            NIGHT.toString(),
            "",
            model.training(),
            List.of(feature),
            model.dropped(),
            List.of(at("S1", feature, 0), at("S2", feature, 1000)),
            List.of(),
            model.gone(),
            3,
            model.quality(),
            1);
    Dataset<Row> customers =
        spark.sql(
            "SELECT * FROM VALUES"
                + " ('near', 510, 'S1', DATE '2026-01-05'), ('over', 520, 'S1', DATE '2026-01-05'),"
                + " ('new', 510, NULL, NULL), ('lost', 100, 'S9', DATE '2026-01-05'),"
                + " ('none', NULL, 'S1', DATE '2026-01-05')"
                + " AS (customer_id, tenure_days, `segment_id before`, `segment_since before`)");
    Map<String, String> found = new HashMap<>();
    new SegmentAssignment(PLAN, line)
        .assigned(customers, NIGHT)
        .selectExpr(
            "customer_id",
            "concat_ws(' ', segment_id, segment_since, coalesce(previous_segment, '-'),"
                + " is_segment_changed, round(segment_confidence, 3))")
        .collectAsList()
        .forEach(row -> found.put(row.getString(0), row.getString(1)));

    assertEquals(
        Map.of(
            "near", "S1 2026-01-05 S1 false 0.000",
            "over", "S2 2026-03-01 S1 true 0.077",
            "new", "S2 2026-03-01 - false 0.039",
            "lost", "S1 2026-03-01 S9 true 0.889",
            "none", "S0 2026-03-01 S1 true"),
        found);
  }

  private static Segment at(String id, Feature feature, double value) {
    return new Segment(
        id,
        Segment.UNKNOWN_NAME,
        List.of(feature.coordinate(value)),
        1,
        BigDecimal.ZERO,
        BigDecimal.ONE,
        SegmentLineage.first());
  }
}
