package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import io.karat.testing.LocalSpark;
import io.karat.testing.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a night that follows groups of customers. */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NightGroupsTest {
  private static final String WINDOWS = "indicators.windows=[365d]";
  private static final String CLASSES =
      "classification={customer_class: {by: net_sales_amount_365d, cuts: fresh,"
          + " classes: [{name: LARGE, min: 1200}, {name: SMALL}]}}";

  private final SparkSession spark;
  @TempDir static Path folder;
  private ToyFirm firm;
  private NightResult night;

  NightGroupsTest(SparkSession spark) {
    this.spark = spark;
  }

  private String customers() {
    return ("inputs.customers={path: '%s', columns: {customer_id: id, parent_customer_id: parent},"
            + " characteristics: {region: category}}")
        .formatted(folder.resolve("customers"));
  }

  /** A owns B, which owns C; E belongs to Z, of whom nothing else is known; D stands alone. */
  @BeforeAll
  void runANight() throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01",
                """
                s1 | A | 2026-03-01 09:00:00 | 1001.00 | SALE
                s2 | B | 2026-03-01 09:00:00 | 300.00 | SALE
                s3 | C | 2026-02-27 09:00:00 | 100.00 | SALE
                s4 | C | 2026-03-01 09:00:00 | 1.00 | RETURN
                s5 | D | 2026-03-01 09:00:00 | 50.00 | SALE
                s6 | E | 2026-03-01 09:00:00 | 20.00 | SALE
                """);
    TextTable.frame(
            spark,
            "id string, parent string, region string",
            "A | | NORTH\nB | A | SOUTH\nC | B | SOUTH\nD | |\nE | Z | EAST\n")
        .write()
        .parquet(folder.resolve("customers").toString());
    night = firm.run("2026-03-01", customers(), WINDOWS, CLASSES, "hierarchy={level: both}");
  }

  /** The published example of a roll-up: 1,400 = 1,001 of its own + 399 of those below. */
  @Test
  void aGroupIsWorthWhatItsCustomersAreWorthTogether() {
    assertEquals(
        """
        A | 3 | 3 | 1001.00 | 399.00 | 1400.00 | 3 | 0 | 0.715000 | LARGE | Large
        D | 1 | 1 | 50.00 | 0.00 | 50.00 | 1 | 0 | 1.000000 | SMALL | Small
        Z | 1 | 2 | 0.00 | 20.00 | 20.00 | 1 | 0 | 1.000000 | SMALL | Small
        """,
        ToyFirm.text(
            firm.table(night, "customer_groups"),
            "group_id",
            "group_customer_count",
            "group_levels",
            "own_net_sales_amount_365d",
            "child_net_sales_amount_365d",
            "total_net_sales_amount_365d",
            "total_transaction_count_365d",
            "total_recency_days",
            "largest_member_share",
            "customer_class",
            "customer_class_name"));
  }

  @Test
  void everyCustomerKnowsItsGroup() {
    assertEquals(
        """
        A | A | 1 | 3 | SMALL
        B | A | 2 | 3 | SMALL
        C | A | 3 | 3 | SMALL
        D | D | 1 | 1 | SMALL
        E | Z | 2 | 1 | SMALL
        """,
        ToyFirm.text(
            firm.table(night, "customer_value"),
            "customer_id",
            "group_id",
            "group_level",
            "group_customer_count",
            "customer_class"));
  }

  @Test
  void sumsOverGroupsAreThoseOverCustomers() {
    assertEquals(
        """
        group_total | different_sums | passed | 0 | 4 sums over groups are those over customers.
        hierarchy | cycles | passed | 0 | No customers are parents of each other in a circle.
        hierarchy | levels | passed | 3 | The deepest group has 3 levels: expected at most 10, 'hierarchy.levels'.
        hierarchy | missing_parents | passed | 1 | 1 parents have no rows of their own: each is the topmost customer of its group.
        """,
        ToyFirm.text(
            firm.table(night, "quality_results")
                .filter("check_name IN ('hierarchy', 'group_total')"),
            "check_name",
            "metric",
            "status",
            "cast(value AS int)",
            "message_en"));
    assertEquals(
        "3 | 1470.00\n",
        ToyFirm.text(
            firm.table(night, "concentration")
                .filter("indicator = 'total_net_sales_amount_365d' AND percent = 100"),
            "customer_count",
            "cast(amount AS decimal(18,2))"));
  }

  /** The same figures as those of all customers of a group; Z itself is in no list. */
  @Test
  void groupsMayTakeThePlaceOfCustomers() throws IOException {
    ToyFirm grouped = firm.publishingTo(folder.resolve("grouped"));
    NightResult whole =
        grouped.run("2026-03-01", customers(), WINDOWS, CLASSES, "hierarchy={level: group}");

    assertEquals(
        """
        A | A | 1 | 3 | LARGE
        D | D | 1 | 1 | SMALL
        Z | Z | 1 | 1 | SMALL
        """,
        ToyFirm.text(
            grouped.table(whole, "customer_value"),
            "customer_id",
            "group_id",
            "group_level",
            "group_customer_count",
            "customer_class"));
    assertEquals(
        """
        A | 1400.00 | 3 | 2 | 0 | NORTH
        D | 50.00 | 1 | 1 | 0 | null
        Z | 20.00 | 1 | 1 | 0 | null
        """,
        ToyFirm.text(
            grouped.table(whole, "customer_indicators"),
            "customer_id",
            "net_sales_amount_365d",
            "transaction_count_365d",
            "transaction_day_count_365d",
            "recency_days",
            "region"));
    assertEquals(
        "cycles passed, levels passed, missing_parents passed",
        String.join(
            ", ",
            ToyFirm.text(
                    grouped.table(whole, "quality_results").filter("check_name = 'hierarchy'"),
                    "concat(metric, ' ', status)")
                .lines()
                .toList()));
    assertFalse(whole.tables().containsKey("customer_groups"));
    assertEquals(
        "Groups count as one customer each, as 'hierarchy.level' is 'group': 3 customers belong to"
            + " 2 topmost ones.",
        whole.remarks().get(0).en());
  }

  /** One id of two subsidiaries is two sales; what comes again for C, under an alias, is one. */
  @Test
  void whatMembersDeliverAgainIsToldApart() throws IOException {
    ToyFirm other =
        ToyFirm.at(spark, folder.resolve("other"))
            .deliver(
                "2026-03-01",
                """
                s1 | B | 2026-03-01 09:00:00 | 10.00 | SALE
                s1 | C | 2026-03-01 09:00:00 | 10.00 | SALE
                s1 | C-1999 | 2026-03-01 09:00:00 | 10.00 | SALE
                """);
    String aliases =
        "inputs.aliases={path: '%s', format: csv, columns: {alias_id: alias, customer_id: id}}"
            .formatted(Files.writeString(folder.resolve("aliases.csv"), "alias,id\nC-1999,C\n"));
    NightResult whole =
        other.run("2026-03-01", customers(), aliases, WINDOWS, "hierarchy={level: group}");

    assertEquals(
        "A | 20.00 | 2\nD | 0.00 | 0\nZ | 0.00 | 0\n",
        ToyFirm.text(
            other.table(whole, "customer_indicators"),
            "customer_id",
            "net_sales_amount_365d",
            "transaction_count_365d"));
  }

  @Test
  void aSubsidiaryIsExplainedAsItsGroup() {
    NightPlan plan = firm.plan(customers(), WINDOWS, "hierarchy={level: group}");
    LocalDate night = LocalDate.parse("2026-03-01");
    InputReading read =
        InputReading.ofCustomer(plan, plan.sources(night, spark), night, "C", spark);

    assertEquals(
        Optional.of(new CustomerIds("C", "A", new TreeSet<>(List.of("B", "C")), true)),
        read.customer());
    assertEquals(
        "A | 1400.00\n",
        ToyFirm.text(
            plan.indicators().compute(read.measures(), night),
            "customer_id",
            "net_sales_amount_365d"));
  }

  @Test
  void groupsInPlaceOfCustomersNeedAColumnOfThem() {
    UsageException problem =
        assertThrows(
            UsageException.class,
            () ->
                firm.plan(
                    WINDOWS,
                    "inputs.transactions.columns.channel=kind",
                    "hierarchy={by: main_channel_365d, level: group}"));

    assertTrue(
        String.valueOf(problem.getMessage())
            .contains("'hierarchy.by' is 'main_channel_365d', which no input has as text."),
        problem.getMessage());
  }

  @Test
  void aCircleRefusesTheNightUnlessItIsCut() throws IOException {
    TextTable.frame(
            spark,
            "id string, parent string, region string",
            "A | C | NORTH\nB | A | SOUTH\nC | B | SOUTH\n")
        .write()
        .parquet(folder.resolve("circle").toString());
    String circle = customers().replace("/customers'", "/circle'");

    RefusedException refused =
        assertThrows(
            RefusedException.class, () -> firm.run("2026-03-02", circle, WINDOWS, "hierarchy={}"));

    assertTrue(
        String.valueOf(refused.getMessage())
            .contains("hierarchy: 3 customers are parents of each other in circles"),
        refused.getMessage());
  }

  @Test
  void customersAloneHaveNothingToAddUp() {
    Problems problems = new Problems();
    NightPlan.of(
        ConfigurationReader.read(
            "karat.yaml",
            """
            inputs:
              customers:
                path: data/customers
                columns: {customer_id: id, parent_customer_id: parent}
            hierarchy: {}
            """,
            Map.of(),
            List.of(),
            problems),
        problems);

    assertEquals(
        List.of(
            "karat.yaml:5: 'hierarchy' has nothing to add up, expected transactions, payments,"
                + " contacts or opportunities among 'inputs'. Map one."),
        problems.messages());
  }

  @Test
  void withoutParentsThereAreNoGroups() {
    UsageException problem =
        assertThrows(UsageException.class, () -> firm.plan(WINDOWS, "hierarchy={}"));

    assertTrue(
        String.valueOf(problem.getMessage())
            .contains(
                "'hierarchy.by' is 'parent_customer_id', which no input has as text. Map"
                    + " 'inputs.customers.columns.parent_customer_id' or name a category of"
                    + " customers."),
        problem.getMessage());
  }
}
