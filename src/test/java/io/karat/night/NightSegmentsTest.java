package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.UsedModel;
import io.karat.report.NightFigures;
import io.karat.testing.DocumentedSql;
import io.karat.testing.EveryReader;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of two nights with segments: the first fits two, the second uses them. */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NightSegmentsTest {
  private static final String[] CLUSTERING = {
    "clustering={features: {net_sales_amount_365d: 1}, k: 2, names: {S2: {en: Rest, zh: 其余}}}",
    "movement={period_days: 30}",
  };

  /** Settings with a label, whose column the history of the first night does not have. */
  private static final String[] CLUSTERING_AND_A_LABEL = {
    CLUSTERING[0],
    CLUSTERING[1],
    "labels={care: [{when: recency_days = 0, then: THANK}, {then: WAIT}], lifecycle: false,"
        + " loyalty: false, profit_service: false, buyer_type: false, relationship_level: false}",
  };

  private final SparkSession spark;
  @TempDir static Path folder;
  private ToyFirm firm;
  private NightResult first;
  private NightResult second;

  NightSegmentsTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void runTwoNights() throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01",
                """
                s1 | ann | 2026-03-01 09:00:00 |  10.00 | SALE
                s2 | bob | 2026-03-01 10:00:00 |  12.00 | SALE
                s3 | cid | 2026-03-01 11:00:00 | 900.00 | SALE
                s4 | dan | 2026-03-01 12:00:00 | 950.00 | SALE
                """)
            .deliver("2026-03-02", "s5 | ann | 2026-03-02 09:00:00 | 910.00 | SALE");
    first = firm.run("2026-03-01", CLUSTERING);
    second = firm.run("2026-03-02", CLUSTERING_AND_A_LABEL);
  }

  @Test
  void tonightsCustomersArePutIntoTheFirstNightsSegments() {
    assertEquals(
        """
        ann | S2 | Rest | 其余 | NULL | false | 2026-03-01
        bob | S2 | Rest | 其余 | NULL | false | 2026-03-01
        cid | S1 | High value | 高价值 | NULL | false | 2026-03-01
        dan | S1 | High value | 高价值 | NULL | false | 2026-03-01
        """,
        value(first));
    assertEquals(
        """
        ann | S1 | High value | 高价值 | S2 | true | 2026-03-02
        bob | S2 | Rest | 其余 | S2 | false | 2026-03-01
        cid | S1 | High value | 高价值 | S1 | false | 2026-03-01
        dan | S1 | High value | 高价值 | S1 | false | 2026-03-01
        """,
        value(second));
  }

  private String value(NightResult night) {
    return ToyFirm.text(
        firm.table(night, "customer_value"),
        "customer_id",
        "segment_id",
        "segment_name",
        "segment_name_zh",
        "coalesce(previous_segment, 'NULL')",
        "is_segment_changed",
        "segment_since");
  }

  @Test
  void bothNightsUseTheModelOfTheFirst() {
    UsedModel learned = Objects.requireNonNull(first.models().get("segments"));

    assertEquals(UsedModel.Origin.FIRST_RUN, learned.origin());
    assertEquals(first.models(), second.models());
    assertTrue(
        Files.exists(firm.output().resolve("models/segments/%s.json".formatted(learned.id()))));
  }

  /** The cut lies between 12 and 900; the four customers hold 2,782. */
  @Test
  void segmentsSayTheirRuleAndWhoIsInThem() {
    assertEquals(
        """
        S1 | 1 | net_sales_amount_365d >= 500 | 1.000000 | 3 | 0.750000 | 2770.000000 | 0.995687 | 1
        S2 | 2 | net_sales_amount_365d < 500 | 1.000000 | 1 | 0.250000 | 12.000000 | 0.004313 | 0
        """,
        ToyFirm.text(
            firm.table(second, "segments"),
            "segment_id",
            "position",
            "definition",
            "fidelity",
            "customer_count",
            "customer_share",
            "net_sales_amount_365d",
            "net_sales_share",
            "changed_count"));
  }

  /** S1 has 920, 900 and 950, S2 has 12; the mean of all four is 695.50. */
  @Test
  void profilesCompareWithAllCustomers() {
    assertEquals(
        """
        S1 | 3 | 923.333333 | 920.000000 | 1.327582
        S2 | 1 | 12.000000 | 12.000000 | 0.017254
        """,
        ToyFirm.text(
            firm.table(second, "segment_profiles").filter("indicator = 'net_sales_amount_365d'"),
            "segment_id",
            "customer_count",
            "mean",
            "median",
            "lift"));
  }

  /** One customer of four has moved, which are too few customers for a warning. */
  @Test
  void driftIsSaidEveryNight() {
    assertEquals(
        """
        psi | net_sales_amount_365d | 0.000000 | passed
        segment_distance | far_share | 0.000000 | passed
        segment_movement | changed_share | NULL | passed
        """,
        drift(first));
    assertTrue(drift(second).contains("segment_movement | changed_share | 0.250000 | passed\n"));
    assertTrue(drift(second).contains("psi | net_sales_amount_365d | "), drift(second));
  }

  private String drift(NightResult night) {
    return ToyFirm.text(
        firm.table(night, "quality_results")
            .filter("check_name = 'psi' OR check_name LIKE 'segment%'"),
        "check_name",
        "metric",
        "coalesce(cast(cast(value AS decimal(9,6)) AS string), 'NULL')",
        "status");
  }

  @Test
  void theFiguresOfTheNightSayWhoCameAndWentSinceTheNightBefore() {
    assertEquals(
        Optional.of(
            new NightFigures(
                4,
                List.of(),
                Optional.of(new NightFigures.Since(LocalDate.parse("2026-03-01"), 0, 0)))),
        second.figures());
  }

  @Test
  void whoMovedBetweenSegmentsIsCounted() {
    assertEquals(
        """
        S1 | High value | S1 | High value | 2
        S2 | Rest | S1 | High value | 1
        S2 | Rest | S2 | Rest | 1
        """,
        ToyFirm.text(
            firm.table(second, "transitions").filter("model = 'segment_id'"),
            "from_state",
            "from_state_name",
            "to_state",
            "to_state_name",
            "customer_count"));
  }

  @Test
  void aNightThatIsRunAgainIsUnchanged() throws IOException {
    assertEquals(second.run(), firm.run("2026-03-02", CLUSTERING_AND_A_LABEL).run());
    assertEquals(first.run(), firm.run("2026-03-01", CLUSTERING).run());
  }

  @Test
  void everyReaderFindsTheSameTables() throws IOException, SQLException {
    EveryReader readers = new EveryReader(spark, firm.output().resolve("current"));

    readers.assertPlainFiles(second.tables().keySet());
    readers.assertSameInDuckDb(second.tables().keySet());
  }

  /**
   * Expects the first value of each query: tiers that are off, the customer with the highest sales,
   * and the history of two nights with different columns.
   */
  @Test
  void theQueriesInTheDocumentsWork() throws IOException, SQLException {
    List<String> answers = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (String query : DocumentedSql.blocks(Path.of("docs/operations.md"))) {
        try (ResultSet rows =
            statement.executeQuery(query.replace("'out/", "'" + firm.output() + "/"))) {
          answers.add(rows.next() ? rows.getString(1) : "none");
        }
      }
    }

    assertEquals(List.of("none", "dan", "2026-03-01"), answers);
  }
}
