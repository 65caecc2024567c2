package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.InputException;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of nights whose transactions, in Parquet, get their cost from a CSV table of the day. */
@ExtendWith(LocalSpark.class)
class JoinNightTest {
  private final SparkSession spark;
  @TempDir private Path folder;
  private ToyFirm firm;

  JoinNightTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void deliver() throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01",
                """
                s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE
                s2 | bob | 2026-03-01 10:00:00 | 20.00 | SALE
                s3 | bob | 2026-03-02 10:00:00 | 30.00 | SALE
                s4 | ann | 2026-03-02 11:00:00 | 99.00 | TEST
                """);
    costs("2026-03-01", "s1,4.00,A", "s2,15.00,B", "s3,1.00,B");
    costs("2026-03-02", "s1,5.00,A", "s2,15.50,B");
  }

  @Test
  void eachNightTakesTheTableOfItsDay() throws IOException {
    NightResult second = run("2026-03-02");
    NightResult first = run("2026-03-01");

    assertEquals(
        """
        ann | 5.00 | A
        bob | null | B
        """,
        profits(second));
    assertEquals(
        """
        ann | 6.00 | A
        bob | 5.00 | B
        """,
        profits(first));
  }

  @Test
  void everyRowIsThereOnceAndThoseWithoutAPartnerAreCounted() throws IOException {
    assertEquals(
        """
        balance | amount_read | 159.00 | passed
        balance | amount_used | 60.00 | passed
        balance | rows_excluded | 1.00 | passed
        balance | rows_read | 4.00 | passed
        balance | rows_used | 3.00 | passed
        unmatched_rows | join | 0.50 | warned
        """,
        ToyFirm.text(
            firm.table(run("2026-03-02"), "quality_results")
                .filter(
                    "check_name = 'unmatched_rows' or check_name = 'balance' and metric in"
                        + " ('rows_read', 'rows_used', 'rows_excluded', 'amount_read',"
                        + " 'amount_used')"),
            "check_name",
            "metric",
            "cast(value as decimal(9, 2))",
            "status"));
  }

  @Test
  void theNightIsAnotherWhenTheTableIsAnother() throws IOException {
    String before = run("2026-03-02").run().id();
    assertFalse(run("2026-03-02").isNew());

    costs("2026-03-02", "s1,5.25,A", "s2,15.50,B", "s3,1.00,B");
    NightResult after = run("2026-03-02");

    assertNotEquals(before, after.run().id());
    assertEquals("ann | 4.75 | A\nbob | 33.50 | B\n", profits(after));
  }

  @Test
  void aKeyInTwoRowsEndsTheNightAndItsValidation() throws IOException {
    costs("2026-03-02", "s1,5.00,A", "s2,1,B", "s2,2,C");
    List<String> messages =
        Stream.of(
                assertThrows(InputException.class, () -> run("2026-03-02")),
                assertThrows(
                    InputException.class,
                    () ->
                        NightPreview.validate(
                            firm.plan(joined()), LocalDate.parse("2026-03-02"), spark)))
            .map(Exception::getMessage)
            .distinct()
            .toList();

    assertEquals(
        List.of(
            "Input 'transactions' cannot be joined with '%1$s/costs-{as_of}.csv': 1 value of 'no' is in several rows, as in file '%1$s/costs-2026-03-02.csv'. Expected one row for each. Deliver each once, or add to 'inputs.transactions.join.on' what tells them apart."
                .formatted(folder)),
        messages);
    assertEquals("", firm.nights());
  }

  @Test
  void aMissingTableIsNamed() {
    InputException missing = assertThrows(InputException.class, () -> run("2026-03-03"));

    assertEquals(
        "Input 'transactions.join' is missing: path",
        missing.toString().replaceAll(".*(Input .* path).*", "$1"));
  }

  private String profits(NightResult night) {
    return ToyFirm.text(
        firm.table(night, "customer_indicators"),
        "customer_id",
        "profit_lifetime",
        "main_channel_lifetime");
  }

  private NightResult run(String asOf) throws IOException {
    return firm.run(asOf, joined());
  }

  private String[] joined() {
    return new String[] {
      "inputs.transactions.join={to: '%s/costs-{as_of}.csv', format: csv, on: {id: no}}"
          .formatted(folder),
      "inputs.transactions.columns.cost=purchase_cost",
      "inputs.transactions.columns.channel=coalesce(shop, 'B')"
    };
  }

  private void costs(String day, String... rows) throws IOException {
    Files.write(
        folder.resolve("costs-" + day + ".csv"),
        Stream.concat(Stream.of("no,purchase_cost,shop"), Stream.of(rows)).toList());
  }
}
