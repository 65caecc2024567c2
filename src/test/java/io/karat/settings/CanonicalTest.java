package io.karat.settings;

import static io.karat.settings.Configurations.LEAST;
import static io.karat.settings.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of a run's id that comes from the configuration. */
class CanonicalTest {
  @Test
  void aLineIsAKeyAndItsValue() {
    assertEquals(
        """
        timeZone = "UTC"
        moneyScale = "2"
        inputs.transactions.table = "TRANSACTIONS"
        inputs.transactions.paths.count = "1"
        inputs.transactions.paths[0] = "data/transactions"
        inputs.transactions.format = "parquet"
        inputs.transactions.grain = "TRANSACTION"
        inputs.transactions.columns["amount"] = "Quantity * UnitPrice"
        inputs.transactions.columns["customer_id"] = "CustomerID"
        inputs.transactions.columns["transaction_time"] = "InvoiceDate"
        inputs.transactions.roundAmounts = "false"
        indicators.windows.count = "1"
        indicators.windows[0] = "365d"
        checks.maxQuarantine = "0.01"
        checks.freshness = "WARN"
        checks.rowCountChange.severity = "WARN"
        checks.rowCountChange.max = "0.5"
        checks.unique = "WARN"
        checks.reconcile = "ERROR"
        """,
        read(LEAST).canonical());
  }

  @Test
  void theOrderOfKeysDoesNotMatter() {
    String reordered =
        """
        checks: {unique: off, freshness: error}
        indicators:
          measures: {b: {sum: x}, a: {per: day, max: y}}
        inputs:
          transactions:
            columns:
              amount: Quantity * UnitPrice
              transaction_time: InvoiceDate
              customer_id: CustomerID
            path: data/transactions
        """;

    assertEquals(
        read(LEAST
                + """
                    indicators:
                      measures: {a: {max: y, per: day}, b: {sum: x}}
                    checks: {freshness: error, unique: off}
                    """)
            .canonical(),
        read(reordered).canonical());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time_zone=UTC",
        "money_scale=2",
        "round_amounts=false",
        "inputs.transactions.format=parquet",
        "inputs.transactions.path=[data/transactions]",
        "inputs.transactions.options={}",
        "inputs.transactions.round_amounts=false",
        "indicators.windows=[365d]",
        "checks.max_quarantine=1%",
        "checks.max_quarantine=0.010",
        "checks.row_count_change=warn",
        "checks.freshness={severity: warn}",
      })
  void aDefaultThatIsWrittenOutDoesNotMatter(String set) {
    assertEquals(read(LEAST).canonical(), read(LEAST, set).canonical());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=other",
        "language=zh",
        "output.path=elsewhere",
        "output.history_days=30",
        "output.retention.releases=2",
      })
  void whatChangesNoTableDoesNotMatter(String set) {
    assertEquals(read(LEAST).canonical(), read(LEAST, set).canonical());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time_zone=Europe/London",
        "currency=GBP",
        "money_scale=3",
        "round_amounts=true",
        "inputs.transactions.path=elsewhere",
        "inputs.transactions.options.header=true",
        "inputs.transactions.key=[]",
        "inputs.transactions.key=[a]",
        "inputs.transactions.prefer=a",
        "inputs.transactions.where=a",
        "inputs.transactions.columns.cost=a",
        "indicators.windows=[lifetime]",
        "indicators.measures={a: {sum: x}}",
        "indicators.custom={a: {value: x}}",
        "checks.max_quarantine=2%",
        "checks.unique=off",
      })
  void whatChangesATableMatters(String set) {
    assertNotEquals(read(LEAST).canonical(), read(LEAST, set).canonical());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{value: x}       | {value: ' x ', unit: number, better: higher, window: each}",
        "{value: x}       | {value: x, label: {en: Web share}, category: trading, requires: []}",
        "{value: x, label: {en: a}} | {value: x, label: {zh: a, en: a}}",
      })
  void theSameIndicatorIsTheSameHoweverItIsWritten(String left, String right) {
    String form = "indicators.custom={web_share: %s}";

    assertEquals(
        read(LEAST, form.formatted(left)).canonical(),
        read(LEAST, form.formatted(right)).canonical());
  }

  @Test
  void textCannotPassForAnotherSetting() {
    assertEquals(
        "inputs.transactions.where = \"a\\nb = \\\"c\\\"\"",
        read(LEAST, "inputs.transactions.where=\"a\\nb = \\\"c\\\"\"")
            .canonical()
            .lines()
            .filter(line -> line.startsWith("inputs.transactions.where"))
            .findFirst()
            .orElseThrow());
  }
}
