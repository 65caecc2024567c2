package io.karat.settings;

import static io.karat.settings.Configurations.LEAST;
import static io.karat.settings.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the canonical settings, which are part of a run's id. */
class CanonicalSettingsTest {
  private static final String[] NO_MODELS = {
    "classification=false",
    "pyramids=false",
    "scorecard=false",
    "rfm=false",
    "labels=false",
    "churn=false",
    "lifetime_value=false",
    "clustering=false"
  };

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
        inputs.tables["TRANSACTIONS"].joins.count = "0"
        inputs.tables["TRANSACTIONS"].grain = "TRANSACTION"
        inputs.tables["TRANSACTIONS"].columns["amount"] = "Quantity * UnitPrice"
        inputs.tables["TRANSACTIONS"].columns["customer_id"] = "CustomerID"
        inputs.tables["TRANSACTIONS"].columns["transaction_time"] = "InvoiceDate"
        inputs.tables["TRANSACTIONS"].roundAmounts = "false"
        inputs.tables["TRANSACTIONS"].keepIds = "TRIMMED"
        indicators.windows.count = "1"
        indicators.windows[0] = "365d"
        models.classifications.count = "0"
        models.pyramids.count = "0"
        models.labels.count = "0"
        models.screenings.count = "0"
        movement.periodDays = "30"
        movement.annualDiscount = "0.1"
        calendar.holidays.count = "0"
        checks.maxQuarantine = "0.01"
        checks.maxUnreadable = "0.01"
        checks.unmatchedRows.severity = "WARN"
        checks.unmatchedRows.max = "0.01"
        checks.unmatchedCustomers.severity = "WARN"
        checks.unmatchedCustomers.max = "0.8"
        checks.largestCustomerShare.severity = "WARN"
        checks.largestCustomerShare.max = "0.2"
        checks.freshness = "WARN"
        checks.anomaly.severity = "WARN"
        checks.anomaly.max = "6"
        checks.rowCountChange.severity = "WARN"
        checks.rowCountChange.max = "0.5"
        checks.unique = "WARN"
        checks.tierOrder = "WARN"
        checks.indicatorCorrelation.severity = "WARN"
        checks.indicatorCorrelation.max = "0.95"
        checks.reconcile = "ERROR"
        checks.psi.severity = "WARN"
        checks.psi.max = "0.1"
        checks.psi.high = "0.25"
        checks.segmentDistance.severity = "WARN"
        checks.segmentDistance.max = "0.05"
        checks.segmentMovement.severity = "WARN"
        checks.segmentMovement.max = "0.1"
        checks.spendFrequencyCorrelation.severity = "WARN"
        checks.spendFrequencyCorrelation.max = "0.15"
        checks.recomputeShare = "0.033"
        """,
        read(LEAST, NO_MODELS)
            .canonical()
            .lines()
            .filter(line -> !line.startsWith("models.names"))
            .collect(Collectors.joining("\n", "", "\n")));
  }

  @Test
  void aModelIsWrittenValueByValue() {
    assertEquals(
        """
        models.rfm.recency.indicator = "recency_days"
        models.rfm.recency.bins = "3"
        models.rfm.recency.cuts.count = "2"
        models.rfm.recency.cuts[0] = "30"
        models.rfm.recency.cuts[1] = "90.5"
        models.rfm.recency.weight = "100"
        """,
        linesOf("models.rfm.recency", "rfm.recency.cuts=[30, 90.50]", "rfm.names=[{name: ALL}]"));
    assertEquals(
        """
        models.rfm.names.count = "2"
        models.rfm.names[0].name = "BEST"
        models.rfm.names[0].recency = "[4, 5]"
        models.rfm.names[0].frequency = "[]"
        models.rfm.names[0].monetary = "[5]"
        models.rfm.names[1].name = "OTHERS"
        models.rfm.names[1].recency = "[]"
        models.rfm.names[1].frequency = "[]"
        models.rfm.names[1].monetary = "[]"
        """,
        linesOf(
            "models.rfm.names",
            "rfm.names=[{name: BEST, recency: [5, 4], monetary: 5}, {name: OTHERS}]"));
    assertEquals(
        """
        models.churn.levels["1"] = "0.5"
        models.churn.levels["10"] = "0"
        """,
        linesOf("models.churn.levels", "churn.levels={10: 0, 1: 50%}"));
  }

  private static String linesOf(String key, String... sets) {
    return read(LEAST, sets)
        .canonical()
        .lines()
        .filter(line -> line.startsWith(key + ".") || line.startsWith(key + "["))
        .collect(Collectors.joining("\n", "", "\n"));
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
        "keep_ids=trimmed",
        "inputs.transactions.keep_ids=trimmed",
        "checks.max_unreadable=1%",
        "inputs.transactions.format=parquet",
        "inputs.transactions.path=[data/transactions]",
        "inputs.transactions.options={}",
        "inputs.transactions.round_amounts=false",
        "indicators.windows=[365d]",
        "checks.max_quarantine=1%",
        "checks.max_quarantine=0.010",
        "checks.row_count_change=warn",
        "checks.freshness={severity: warn}",
        "checks.anomaly={max: 6.0}",
        "calendar={closed: auto, holidays: []}",
        "checks.psi=warn",
        "checks.psi={high: 0.250}",
        "checks.segment_distance={max: 5%}",
        "classification={}",
        "classification.customer_class={by: net_sales_amount_365d, classes: [{name: LARGE,"
            + " top_value_share: 80%}, {name: MEDIUM, top_share: 0.5}, {name: SMALL}]}",
        "classification.one_off={quiet_days: 90}",
        "pyramids.profit.weights={profit_365d: {weight: 80}, net_sales_amount_365d: 20.0}",
        "scorecard.financial.weight=25",
        "scorecard.quadrant.current=60",
        "rfm={nested: false, recency: {indicator: recency_days, bins: 5}}",
        "churn.levels={1: 80%, 2: 40%, 3: 20%, 4: 10%, 5: 1.5%}",
        "labels.buyer_type=",
        "movement={annual_discount: 10%}",
        "names={}",
        "names.GOLD.en=Gold",
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
        "notify=https://chat.example.com/hook",
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
        "keep_ids=raw",
        "inputs.transactions.keep_ids=raw",
        "checks.max_unreadable=2%",
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
        "checks.psi.high=0.3",
        "checks.segment_movement=error",
        "checks.indicator_correlation=off",
        "checks.spend_frequency_correlation={max: 0.2}",
        "checks.recompute_share={share: 0.1}",
        "classification=false",
        "classification.one_off=false",
        "classification.one_off.share=0.9",
        "classification.customer_class.cuts=fresh",
        "classification.customer_class.classes=[{name: SMALL}]",
        "pyramids.potential=false",
        "pyramids.profit.weights={profit_365d: 60}",
        "pyramids.profit.missing=worst",
        "pyramids.profit.tiers=[{name: GOLD, min_score: 80}, {name: BASIC}]",
        "pyramids.mine={weights: {profit_365d: 1}}",
        "scorecard.quadrant.potential=50",
        "scorecard.sales.indicators={net_sales_amount_365d: {weight: 60, target: 5000}}",
        "scorecard.sales=false",
        "rfm.nested=true",
        "rfm.weights.monetary=2",
        "rfm.monetary.bins=6",
        "labels.lifecycle=[{when: recency_days > 1, then: OLD}, {then: FRESH}]",
        "churn=false",
        "clustering=false",
        "movement=false",
        "movement.period_days=28",
        "movement.annual_discount=8%",
        "names.GOLD.zh=金卡",
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
        "inputs.customers={path: c, columns: {customer_id: a}, characteristics: {size: {type:"
            + " category}}}";

    assertNotEquals(
        read(LEAST, customers).canonical(),
        read(LEAST, customers, "inputs.customers." + set).canonical());
  }

  @Test
  void tablesAndCharacteristicsMayComeInAnyOrder() {
    assertEquals(
        read(
                LEAST,
                "inputs.customers={path: c, columns: {customer_id: a}, characteristics: {age:"
                    + " number, region: category}}",
                "inputs.aliases={path: a, columns: {alias_id: a, customer_id: b}}")
            .canonical(),
        read(
                LEAST,
                "inputs.aliases={columns: {customer_id: b, alias_id: a}, path: a}",
                "inputs.customers={characteristics: {region: {type: category}, age: {type: number,"
                    + " value: age}}, columns: {customer_id: a}, path: c}")
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
