package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.quality.CheckResult;
import io.karat.report.RunRecord;
import io.karat.run.InputException;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import io.karat.testing.LocalSpark;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of nights with all models, of a business that has other inputs than transactions. */
@ExtendWith(LocalSpark.class)
class NightWithoutTransactionsTest {
  private static final String CONTACTS =
      """
      currency: EUR
      inputs:
        contacts:
          path: %1$s/contacts.csv
          format: csv
          columns: {customer_id: who, contact_time: at, type: kind, satisfaction: stars}
        customers:
          path: %1$s/customers.csv
          format: csv
          columns: {customer_id: who}
          characteristics: {region: category}
      output: {path: %1$s/output}
      """;
  private static final String PAYMENTS =
      """
      inputs:
        payments: {path: %1$s/payments.csv, format: csv, columns: {customer_id: who, payment_time: at, amount: paid}}
      output: {path: %1$s/output}
      """;
  private static final String OPPORTUNITIES =
      """
      inputs:
        opportunities:
          path: %1$s/deals.csv
          format: csv
          columns: {opportunity_id: no, customer_id: who, created_date: at, amount: worth, probability: chance}
      output: {path: %1$s/output}
      """;

  private final SparkSession spark;
  @TempDir private Path folder;

  NightWithoutTransactionsTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void contactsAndCustomers() throws IOException {
    deliver(
        "contacts.csv", "who,at,kind,stars", "ann,2026-03-01,PRAISE,5", "bob,2026-03-01,TASK,3");
    deliver("customers.csv", "who,region", "ann,N", "bob,S", "cid,S");
    NightResult night = run(CONTACTS, "2026-03-02");

    assertEquals(
        "ann | 1.000000 | 5.000000\nbob | 0.000000 | 3.000000\ncid | null | null\n",
        ToyFirm.text(
            table(night, "customer_indicators"),
            "customer_id",
            "praise_ratio_365d",
            "satisfaction_365d"));
    assertFalse(List.of(table(night, "customer_indicators").columns()).contains("recency_days"));
    assertEquals(
        "2 | null\n",
        ToyFirm.text(
            table(night, "tiers")
                .groupBy("model")
                .agg(Map.of("customer_count", "sum", "net_sales_amount_365d", "max")),
            "`sum(customer_count)`",
            "`max(net_sales_amount_365d)`"));
    assertEquals(
        "N | 1 | null\nS | 2 | null\n",
        ToyFirm.text(
            table(night, "market_coverage"), "value", "customer_count", "net_sales_amount_365d"));
    assertEquals(0, table(night, "concentration").count());
    assertEquals(
        List.of("freshness contacts warned"),
        night.checks().stream()
            .filter(check -> check.check().equals("freshness"))
            .map(check -> "%s %s %s".formatted(check.check(), check.table(), check.status()))
            .toList());
    assertEquals(
        "transactions", night.facts().switchedOff().orElseThrow().indicators().get("sales_amount"));
    assertEquals(
        "transactions is not mapped",
        night.facts().switchedOff().orElseThrow().models().get("lifetime_value"));
    String report = Files.readString(folder.resolve("output/" + night.path() + "/report.html"));
    String figures =
        report
            .substring(0, report.lastIndexOf("Data quality"))
            .replaceAll("(?s)<script.*?</script>|<style.*?</style>", "");
    assertFalse(figures.contains("0.00 EUR"), "an amount of sales");
    assertTrue(report.contains("Net sales are not computed, so there are no shares of them."));
  }

  @Test
  void paymentsAlone() throws IOException {
    deliver(
        "payments.csv",
        "who,at,paid",
        "ann,2026-03-01,10.50",
        "ann,2026-03-02,2.50",
        "bob,2026-03-02,1");
    NightResult night = run(PAYMENTS, "2026-03-02");

    assertEquals(
        "ann | 13.00\nbob | 1.00\n",
        ToyFirm.text(table(night, "customer_indicators"), "customer_id", "receipt_amount_365d"));
    assertEquals(
        "3 | 14.00",
        night
            .balance()
            .map(it -> it.used().rows() + " | " + it.used().amount().setScale(2))
            .orElseThrow());
    assertTrue(night.checks().stream().noneMatch(CheckResult::isWarning));
  }

  @Test
  void opportunitiesAlone() throws IOException {
    deliver(
        "deals.csv",
        "no,who,at,worth,chance",
        "1,ann,2026-03-01,100,0.5",
        "2,bob,2026-03-03,100,0.5");
    NightResult night = run(OPPORTUNITIES, "2026-03-02");

    assertEquals(
        "ann | 50.000000\n",
        ToyFirm.text(table(night, "customer_indicators"), "customer_id", "expected_sales_amount"));
  }

  @Test
  void theFirstEventIsThatOfTheInputThatIsThere() throws IOException {
    deliver("payments.csv", "who,at,paid", "ann,2026-03-01,10.50");

    assertEquals(
        "As-of day 2026-02-28 is before the first event of 'payments' on 2026-03-01. Choose a later"
            + " day.",
        assertThrows(InputException.class, () -> run(PAYMENTS, "2026-02-28")).getMessage());
  }

  private void deliver(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), Stream.of(lines).toList());
  }

  private Dataset<Row> table(NightResult night, String name) {
    return spark.read().parquet(folder.resolve("output/" + night.path()).resolve(name).toString());
  }

  private NightResult run(String configuration, String asOf) throws IOException {
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read(
                "karat.yaml", configuration.formatted(folder), Map.of(), List.of(), problems),
            problems);
    problems.throwIfAny();
    RunRecord record = new RunRecord("run", ToyFirm.NOON);
    return new NightJob(spark, plan, SilentProgress.INSTANCE, record, () -> ToyFirm.NOON)
        .run(LocalDate.parse(asOf), false);
  }
}
