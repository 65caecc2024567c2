package io.karat.indicators;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.UsageException;
import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class OwnIndicatorsTest {
  private static final String AS_OF = "2026-03-01";
  private static final String TYPE = "inputs.transactions.columns.type=type";
  private static final String CHANNEL = "inputs.transactions.columns.channel=channel";
  private static final String COLUMNS =
      "customer_id string, transaction_time date, type string, amount decimal(10,2),"
          + " channel string";
  private static final String TRANSACTIONS =
      """
      ann | 2025-06-01 | SALE   | 90 | SHOP
      ann | 2026-01-05 | SALE   | 10 | WEB
      ann | 2026-01-06 | SALE   | 20 | SHOP
      ann | 2026-01-07 | RETURN | 5  | WEB
      bob | 2026-01-07 | RETURN | 5  | WEB
      """;

  /** Ann's share is 10 / 30 in 90 days and 10 / 120 in a year. */
  @Test
  void theShareOfTheWebHasOneColumnPerWindow(SparkSession spark) {
    Night night =
        Night.with(
            TYPE,
            CHANNEL,
            "indicators.windows=[90d, 365d]",
            "indicators.measures={web_sales: {table: transactions, per: row,"
                + " where: \"channel = 'WEB' AND type = 'SALE'\", sum: amount}}",
            "indicators.custom={web_share: {category: trading, value: web_sales / sales_amount,"
                + " better: higher, unit: share, label: {en: Web share, zh: 网上占比}}}");

    assertIndicators(
        frame(
            spark,
            "customer_id string, web_share_90d decimal(18,6), web_share_365d decimal(18,6)",
            """
            ann | 0.333333 | 0.083333
            bob |          |
            """),
        night);
  }

  /** 30 of 120 were sold in the last 90 days; 120 in the 273 days since 1 June, 0.44 a day. */
  @Test
  void anIndicatorMayNameOthersWithTheirWindow(SparkSession spark) {
    Night night =
        Night.with(
            TYPE,
            "indicators.windows=[90d, 365d]",
            "indicators.custom={recent: {window: none, value: sales_amount_90d /"
                + " sales_amount_365d}, daily: {window: none, value: sales_amount_365d /"
                + " tenure_days}, twice: {window: none, value: recent * 2}}");

    assertIndicators(
        frame(
            spark,
            "customer_id string, daily decimal(18,6), recent decimal(18,6), twice decimal(18,6)",
            """
            ann | 0.439560 | 0.250000 | 0.500000
            bob |          |          |
            """),
        night);
  }

  @Test
  void aMeasureMayBeNamedDirectly(SparkSession spark) {
    Night night =
        Night.with(
            TYPE,
            CHANNEL,
            "indicators.windows=[90d]",
            "indicators.measures={best_day: {per: day, max: net_sales_amount},"
                + " usual_channel: {per: channel, where: \"type = 'SALE'\", largest: amount}}",
            "indicators.custom={best_day_amount: {value: best_day, unit: money},"
                + " is_big: {value: best_day > 15, unit: text},"
                + " usual: {value: lower(usual_channel), unit: text},"
                + " ever: {value: best_day, unit: money, window: none}}");

    assertIndicators(
        frame(
            spark,
            "customer_id string, best_day_amount_90d decimal(18,2), ever decimal(18,2),"
                + " is_big_90d boolean, usual_90d string",
            """
            ann | 20 | 90 | true  | shop
            bob | -5 | -5 | false |
            """),
        night);
  }

  @Test
  void aMeasureFindsItsColumnsInAnyCase(SparkSession spark) {
    Night night =
        Night.with(
            TYPE,
            CHANNEL,
            "indicators.measures={web: {where: Channel = 'WEB', sum: Amount}}",
            "indicators.custom={web_amount: {value: web, unit: money}}");

    assertIndicators(
        frame(
            spark,
            "customer_id string, web_amount_365d decimal(18,2)",
            """
            ann | 15
            bob | 5
            """),
        night);
  }

  @Test
  void columnsComeInTheOrderOfTheCatalogueThenOfNames() {
    Night night =
        Night.with(
            "indicators.windows=[365d, 90d]",
            "indicators.custom={b: {value: 1}, a: {value: 2, window: none}}");

    List<String> names = night.plan().columns().stream().map(IndicatorColumn::name).toList();

    assertEquals(
        "[transaction_count_365d, transaction_count_90d, sales_amount_365d, sales_amount_90d]",
        names.subList(0, 4).toString());
    assertEquals("[a, b_365d, b_90d]", names.subList(names.size() - 3, names.size()).toString());
  }

  @Test
  void everyBuiltInIndicatorHasItsPlaceAndType(SparkSession spark) {
    Night night =
        Night.with(
            TYPE,
            CHANNEL,
            "inputs.transactions.columns.cost=amount",
            "inputs.transactions.columns.product_id=channel");

    Dataset<Row> indicators = night.indicators(frame(spark, COLUMNS, TRANSACTIONS), AS_OF);

    assertEquals(
        """
        customer_id string
        transaction_count_365d bigint
        sales_amount_365d decimal(18,2)
        net_sales_amount_365d decimal(18,2)
        profit_365d decimal(18,2)
        gross_margin_365d decimal(18,6)
        average_transaction_amount_365d decimal(18,6)
        maximum_transaction_amount_365d decimal(18,2)
        largest_two_transactions_amount decimal(18,2)
        return_amount_365d decimal(18,2)
        return_count_365d bigint
        return_rate_365d decimal(18,6)
        transaction_day_count_365d bigint
        tenure_days int
        first_sale_date date
        last_sale_date date
        average_transaction_interval_days_365d decimal(18,6)
        recency_days int
        lateness decimal(18,6)
        product_count_365d bigint
        main_channel_365d string
        expected_sales_amount_model decimal(18,2)
        sales_trend_365d decimal(18,6)
        active_month_share_365d decimal(18,6)\
        """,
        String.join(
            "\n",
            Arrays.stream(indicators.schema().fields())
                .map(field -> field.name() + " " + field.dataType().simpleString())
                .toList()));
  }

  @Test
  void whatNeedsAColumnThatIsNotMappedIsSwitchedOff() {
    Map<String, String> off = new TreeMap<>();
    Night.with().plan().switchedOff().forEach((name, missing) -> off.put(name, missing.list()));
    assertEquals("transactions.cost", off.get("profit"));
    assertEquals("transactions.cost", off.get("gross_margin"));
    assertEquals("transactions.product_id", off.get("product_count"));
    assertEquals("transactions.channel", off.get("main_channel"));
    assertEquals("payments", off.get("average_collection_period_days"));
    assertEquals("contacts", off.get("satisfaction"));
    assertEquals("opportunities", off.get("expected_sales_amount"));
    assertEquals("customers", off.get("owner"));
    assertEquals(
        Set.of("sale_date"),
        Night.with().plan().inputColumns(InputTable.TRANSACTIONS, LocalDate.parse(AS_OF)));
    assertEquals(
        Set.of("channel", "sale_date"),
        Night.with(CHANNEL).plan().inputColumns(InputTable.TRANSACTIONS, LocalDate.parse(AS_OF)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          measures={x: {sum: year(type = 'SALE')}}            | Measure 'x' cannot be computed: Cannot resolve "year((type = SALE))" due to data type mismatch: The first parameter requires the "DATE" type, however "(type = SALE)" has the type "BOOLEAN".
          measures={x: {where: amount, count: 1}}             | Measure 'x' cannot be computed: 'where' is decimal(18,2), expected a condition.
          measures={x: {per: product, where: day, count: 1}}  | Measure 'x' cannot be computed: 'where' is date, expected a condition.
          measures={x: {per: channel, where: type, largest: amount}} | Measure 'x' cannot be computed: 'where' is string, expected a condition.
          """)
  void aMeasureThatDoesNotFitItsRowsIsRefused(String set, String message, SparkSession spark) {
    Night night =
        Night.with(
            TYPE,
            CHANNEL,
            "inputs.transactions.columns.product_id=channel",
            "indicators." + set,
            "indicators.custom={y: {value: x}}");

    UsageException error =
        assertThrows(
            UsageException.class,
            () -> night.indicators(frame(spark, COLUMNS, TRANSACTIONS), AS_OF));
    assertEquals(message, error.getMessage());
  }

  @Test
  void anIndicatorThatDoesNotFitItsMeasuresIsRefused(SparkSession spark) {
    String custom =
        "indicators.custom={x: {value: weekday(is_big)}, is_big: {value: sales_amount > 1}}";

    UsageException error =
        assertThrows(
            UsageException.class,
            () -> Night.with(TYPE, custom).indicators(frame(spark, COLUMNS, TRANSACTIONS), AS_OF));
    assertEquals(
        "--set "
            + custom
            + ": 'indicators.custom.x.value' cannot be computed: Cannot resolve"
            + " \"weekday((sales_amount_365d > 1))\" due to data type mismatch: The first parameter"
            + " requires the \"DATE\" type, however \"(sales_amount_365d > 1)\" has the type"
            + " \"BOOLEAN\".",
        error.getMessage());
  }

  private static void assertIndicators(Dataset<Row> expected, Night night) {
    Dataset<Row> transactions = frame(expected.sparkSession(), COLUMNS, TRANSACTIONS);
    Column[] columns = Arrays.stream(expected.columns()).map(functions::col).toArray(Column[]::new);
    assertFrame(expected, night.indicators(transactions, AS_OF).select(columns));
  }

  @Test
  void columnsForModelsComeAfterTheListedOnesInTheOrderOfTheCatalogue() {
    IndicatorPlan plan =
        Night.with("indicators.windows=[90d]", "indicators.custom={a: {value: sales_amount}}")
            .plan();
    int listed = plan.columns().size();

    IndicatorPlan more =
        plan.with(
            Stream.of(
                    "a_7d",
                    "net_sales_amount_lifetime",
                    "recency_days",
                    "net_sales_amount_90d",
                    "net_sales_amount_365d",
                    "transaction_count_lifetime")
                .flatMap(name -> plan.column(name).stream())
                .toList());

    assertEquals(plan.columns(), more.columns().subList(0, listed));
    assertEquals(
        List.of(
            "transaction_count_lifetime",
            "net_sales_amount_365d",
            "net_sales_amount_lifetime",
            "a_7d"),
        more.columns().stream().skip(listed).map(IndicatorColumn::name).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "net_sales_amount_90d,     true",
    "net_sales_amount_91d,     true",
    "net_sales_amount_lifetime, true",
    "net_sales_amount,         false",
    "net_sales_amount_365,     false",
    "recency_days,             true",
    "recency_days_90d,         false",
    "sale_cost_90d,            false",
    "profit_90d,               true",
  })
  void aColumnIsFoundOverAnyWindow(String name, boolean isColumn) {
    assertEquals(isColumn, Night.with().plan().column(name).isPresent());
  }
}
