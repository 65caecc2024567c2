package io.karat.explain;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.night.NightPlan;
import io.karat.night.PublishedTables;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Test of what is explained of a published row while the customer's own rows are read. */
@ExtendWith(LocalSpark.class)
class IndicatorExplanationTest {
  private static final String[] CLASSES = {
    "classification={customer_class: {by: net_sales_amount_120d, classes: [{name: LARGE, min: 500},"
        + " {name: SMALL}]}}"
  };

  private final SparkSession spark;
  @TempDir private Path folder;

  IndicatorExplanationTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void thePublishedRowIsExplainedAsTheComputedOne() throws IOException {
    ExplainedFirm firm = ExplainedFirm.at(spark, folder);
    NightPlan plan = firm.firm().plan(firm.settings(CLASSES));
    firm.firm().run(ExplainedFirm.NIGHT, firm.settings(CLASSES));
    PublishedNight night = night(firm, ExplainedFirm.NIGHT);

    Optional<Row> row =
        night
            .table(PublishedTables.CUSTOMER_INDICATORS)
            .map(rows -> rows.filter(col("customer_id").equalTo("ann")).first());
    IndicatorExplanation explained = IndicatorExplanation.of(plan, "ann", row, night);
    assertTrue(explained.scores().isPresent());
    assertEquals(
        Optional.of(new IndicatorExplanation.Published("ann", explained)),
        IndicatorExplanation.begin(plan, "ann", night).join());
    assertEquals(Optional.empty(), IndicatorExplanation.begin(plan, "ann-web", night).join());
    assertEquals(
        Optional.empty(),
        IndicatorExplanation.begin(plan, "ann", night(firm, "2026-02-01")).join());
  }

  private PublishedNight night(ExplainedFirm firm, String day) throws IOException {
    return new PublishedNight(LocalDate.parse(day), firm.firm().out(), spark);
  }
}
