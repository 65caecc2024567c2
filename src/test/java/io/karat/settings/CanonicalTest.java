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
        inputs.tables["TRANSACTIONS"].table = "TRANSACTIONS"
        inputs.tables["TRANSACTIONS"].paths.count = "1"
        inputs.tables["TRANSACTIONS"].paths[0] = "data/transactions"
        inputs.tables["TRANSACTIONS"].format = "parquet"
        inputs.tables["TRANSACTIONS"].grain = "TRANSACTION"
        inputs.tables["TRANSACTIONS"].columns["amount"] = "Quantity * UnitPrice"
        inputs.tables["TRANSACTIONS"].columns["customer_id"] = "CustomerID"
        inputs.tables["TRANSACTIONS"].columns["transaction_time"] = "InvoiceDate"
        inputs.tables["TRANSACTIONS"].roundAmounts = "false"
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
        "inputs.aliases={path: a, columns: {alias_id: a, customer_id: b}}",
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
  @ValueSource(
      strings = {
        "path=elsewhere",
        "max_age_days=7",
        "columns.kind=Type",
        "characteristics.region=category",
        "characteristics.size=number",
        "characteristics.size.better=lower",
        "characteristics.size.value=Staff",
        "characteristics.size.values.SMALL=3",
        "characteristics.size.label.zh=规模",
        "characteristics.size.definition.en=Staff",
      })
  void whatIsSaidOfCustomersMatters(String set) {
    String customers =
        "inputs.customers={path: c, columns: {customer_id: a}, characteristics: {size: {type: category}}}";

    assertNotEquals(
        read(LEAST, customers).canonical(),
        read(LEAST, customers, "inputs.customers." + set).canonical());
  }

  @Test
  void tablesAndCharacteristicsMayComeInAnyOrder() {
    assertEquals(
        read(
                LEAST,
                "inputs.customers={path: c, columns: {customer_id: a}, characteristics: {age: number, region: category}}",
                "inputs.aliases={path: a, columns: {alias_id: a, customer_id: b}}")
            .canonical(),
        read(
                LEAST,
                "inputs.aliases={columns: {customer_id: b, alias_id: a}, path: a}",
                "inputs.customers={characteristics: {region: {type: category}, age: {type: number, value: age}}, columns: {customer_id: a}, path: c}")
            .canonical());
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
        "inputs.tables[\"TRANSACTIONS\"].where = \"a\\nb = \\\"c\\\"\"",
        read(LEAST, "inputs.transactions.where=\"a\\nb = \\\"c\\\"\"")
            .canonical()
            .lines()
            .filter(line -> line.contains(".where"))
            .findFirst()
            .orElseThrow());
  }
}
