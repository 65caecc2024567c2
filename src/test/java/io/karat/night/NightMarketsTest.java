package io.karat.night;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.report.ManyValues;
import io.karat.report.NightFacts;
import io.karat.report.RunRecord;
import io.karat.settings.BilingualText;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of two nights with the sizes of markets: Ann, Bob and Cid are of the NORTH, Dan of the
 * SOUTH, and Eve is of an unknown region. On 1 March nothing is new but the size of the NORTH. Eve
 * bought without a channel and brought something back to the web shop.
 */
@ExtendWith(LocalSpark.class)
class NightMarketsTest {
  private static final String CONFIGURATION =
      """
      currency: EUR
      inputs:
        transactions:
          path: %1$s/sales
          format: csv
          columns: {customer_id: who, transaction_time: at, amount: worth, transaction_id: no, type: kind, channel: by}
        customers:
          path: %1$s/customers.csv
          format: csv
          columns: {customer_id: who}
          characteristics: {region: category}
      MARKETS
      checks: {max_quarantine: 100%%, unique: off}
      classification: false
      pyramids: false
      scorecard: false
      rfm: false
      labels: false
      churn: false
      lifetime_value: false
      clustering: false
      output: {path: '%1$s/OUTPUT'}
      """;

  private static final String MARKETS =
      """
        markets:
          path: %1$s/markets.csv
          format: csv
          columns: {characteristic: by, value: what, as_of_date: since, market_amount: size, market_customers: firms}
      """;

  private static final String HEADING = "who,at,worth,no,kind,by";

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static NightResult first;
  private static NightResult second;

  @BeforeAll
  static void runTwoNights(SparkSession shared) throws IOException {
    spark = shared;
    Files.createDirectory(folder.resolve("sales"));
    deliver("sales/2024.csv", HEADING, "bob,2024-12-01,999,s0,SALE,WEB");
    deliver(
        "sales/1.csv",
        HEADING,
        "ann,2026-02-01,400,s1,SALE,WEB",
        "bob,2026-02-02,150,s2,SALE,SHOP");
    deliver(
        "sales/2.csv",
        HEADING,
        "ann,2026-02-27,200,s3,SALE,SHOP",
        "dan,2026-02-27,250,s4,SALE,WEB");
    deliver(
        "sales/3.csv", HEADING, "eve,2026-02-28,50,s5,SALE,", "eve,2026-02-28,10,s6,RETURN,WEB");
    deliver(
        "customers.csv", "who,region", "ann,NORTH", "bob,NORTH", "cid,NORTH", "dan,SOUTH", "eve,");
    deliver(
        "markets.csv",
        "by,what,since,size,firms",
        "region,NORTH,2025-01-01,9000,20",
        "region,NORTH,2026-01-01,10000,30",
        "region,NORTH,2026-03-01,12000,50",
        "region,WEST,2026-01-01,4000.00,40",
        "region,WEST,2026-01-01,3999.00,40",
        "region,EAST,2026-01-01,-1,5",
        "region,,2026-01-01,7000,70",
        "colour,RED,2026-01-01,7000,70",
        "channel,WEB,2026-01-01,64000,",
        "channel,SHOP,2026-01-01,300,3");
    first = run(CONFIGURATION.replace("MARKETS\n", MARKETS), "output", "2026-02-28");
    second = run(CONFIGURATION.replace("MARKETS\n", MARKETS), "output", "2026-03-01");
  }

  /** The table of docs/key-accounts.md: 750 of 10,000 are 7.5 %, 2 buyers of 30 firms 6.7 %. */
  @Test
  void aShareIsOfTheNewestSizeThatIsKnown() {
    assertEquals(
        """
        NORTH | 3 | 2 | 365d | 750.000000 | 10000.000000 | 0.075000 | 30 | 0.066667 | 2026-01-01
        SOUTH | 1 | 1 | 365d | 250.000000 | null | null | null | null | null
        WEST | 0 | 0 | 365d | 0.000000 | 4000.000000 | 0.000000 | 40 | 0.000000 | 2026-01-01
        null | 1 | 1 | 365d | 40.000000 | null | null | null | null | null
        """,
        coverage(first));
    assertEquals(
        """
        NORTH | 3 | 2 | 365d | 750.000000 | 12000.000000 | 0.062500 | 50 | 0.040000 | 2026-03-01
        SOUTH | 1 | 1 | 365d | 250.000000 | null | null | null | null | null
        WEST | 0 | 0 | 365d | 0.000000 | 4000.000000 | 0.000000 | 40 | 0.000000 | 2026-01-01
        null | 1 | 1 | 365d | 40.000000 | null | null | null | null | null
        """,
        coverage(second));
  }

  /** Of the web shop are 400 + 250 - 10, of the other 150 + 200; the 50 of Eve are of neither. */
  @Test
  void aChannelHasItsOwnSalesAndBuyers() {
    assertEquals(
        """
        SHOP | 2 | 2 | 350.000000 | 300.000000 | 1.166667
        WEB | 2 | 2 | 640.000000 | 64000.000000 | 0.010000
        """,
        ToyFirm.text(
            table(first, "market_coverage").filter("characteristic = 'channel'"),
            "value",
            "customer_count",
            "buyer_count",
            "net_sales_amount_365d",
            "market_amount",
            "market_share"));
    assertEquals(
        "SHOP | 1 | 150.000000\nWEB | 2 | 850.000000\nnull | 2 | 40.000000\n",
        ToyFirm.text(
            table(first, "market_coverage").filter("characteristic = 'main_channel_365d'"),
            "value",
            "customer_count",
            "net_sales_amount_365d"));
  }

  @Test
  void everyRowIsAccountedFor() {
    assertEquals(
        """
        duplicate | 2026-01-01 | null
        missing_market | 2026-01-01 | null
        negative_amount | 2026-01-01 | null
        """,
        ToyFirm.text(table(first, "quarantine_markets"), "reason", "event_date", "customer_id"));
    assertEquals(
        "read 10, used 6, excluded 0, after_as_of 1, quarantined 2, duplicate 1",
        input(first, "markets").balance().terms().entrySet().stream()
            .map(term -> term.getKey() + " " + term.getValue().rows())
            .collect(joining(", ")));
  }

  @Test
  void checksNameWhatDoesNotFit() {
    assertEquals(
        "markets_too_small 1, markets_without_customers 1, unknown_characteristics 1",
        checks(first, "markets", "markets").collect(joining(", ")));
    assertEquals(
        """
        Characteristics in 'markets' by which customers are not counted: 1, expected 0. Their rows \
        are not used: colour. Expected one of: main_channel_365d, region, channel.
        Markets without a customer: 1. They are: region WEST.
        Markets that are smaller than what customers bought, or than their number: 1, expected 0. They \
        are: channel SHOP. Correct their sizes, or the values of customers.
        “markets”中未用于统计客户的特征：1 个，应为 0。这些行未被使用：colour。应为下列之一：main_channel_365d、region、channel。
        没有客户的市场：1 个。包括：region WEST。
        规模小于客户购买额或客户数的市场：1 个，应为 0。包括：channel SHOP。请更正市场规模，或客户的取值。
        """,
        Stream.concat(
                first.checks().stream()
                    .filter(it -> it.check().equals("markets"))
                    .map(it -> it.message().en()),
                first.checks().stream()
                    .filter(it -> it.check().equals("markets"))
                    .map(it -> it.message().zh()))
            .map(it -> it + "\n")
            .collect(joining()));
  }

  /** Markets are read whole, and what is known of other inputs stays. */
  @Test
  void aNewSizeDoesNotReadTransactionsAgain() {
    NightFacts.Input sales = input(second, "transactions");
    NightFacts.Input markets = input(second, "markets");

    assertEquals(7, sales.balance().read().rows());
    assertTrue(sales.reading().rowsReused() > 0, () -> sales.reading().toString());
    assertEquals(10, markets.reading().rowsReadNow());
  }

  @Test
  void withoutMarketsNothingOfThemIsThere() throws IOException {
    NightResult without = run(CONFIGURATION.replace("MARKETS\n", ""), "without", "2026-02-28");

    assertEquals(
        "NORTH | 3\nSOUTH | 1\nnull | 1\n",
        ToyFirm.text(
            table(without, "without", "market_coverage").filter("characteristic = 'region'"),
            "value",
            "customer_count"));
    assertFalse(
        List.of(table(without, "without", "market_coverage").columns()).contains("market_share"));
    assertEquals(0, checks(without, "markets", "markets").count());
    assertEquals(
        first.tables().get("customer_indicators"), without.tables().get("customer_indicators"));
  }

  private static NightFacts.Input input(NightResult night, String name) {
    return night.facts().inputs().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<String> checks(NightResult night, String check, String table) {
    return night.checks().stream()
        .filter(it -> it.check().equals(check) && it.table().equals(table))
        .map(it -> "%s %s".formatted(it.metric(), it.value().orElseThrow().toBigInteger()))
        .sorted();
  }

  private static String coverage(NightResult night) {
    return ToyFirm.text(
        table(night, "market_coverage").filter("characteristic = 'region'"),
        "value",
        "customer_count",
        "buyer_count",
        "sales_window",
        "net_sales_amount_365d",
        "market_amount",
        "market_share",
        "market_customers",
        "penetration",
        "market_date");
  }

  private static void deliver(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), Stream.of(lines).toList());
  }

  private static Dataset<Row> table(NightResult night, String name) {
    return table(night, "output", name);
  }

  private static Dataset<Row> table(NightResult night, String output, String name) {
    return spark
        .read()
        .parquet(folder.resolve(output + "/" + night.path()).resolve(name).toString());
  }

  private static NightResult run(String configuration, String output, String asOf)
      throws IOException {
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read(
                "karat.yaml",
                configuration.replace("OUTPUT", output).formatted(folder),
                Map.of(),
                List.of("output.report=false"),
                problems),
            problems);
    problems.throwIfAny();
    RunRecord record = new RunRecord("run", ToyFirm.NOON);
    return new NightJob(spark, plan, SilentProgress.INSTANCE, record, () -> ToyFirm.NOON)
        .run(LocalDate.parse(asOf), false);
  }

  /** The page has a table of 2,000 towns at most; validate says so once a night has more. */
  @Test
  void moreValuesThanAReportShowsAreRemarkedOn() throws IOException {
    Path place = folder.resolve("towns");
    Path customers = place.resolve("customers");
    spark
        .range(2_001)
        .selectExpr(
            "concat('c', id) AS id",
            "concat('town ', id) AS town",
            "IF(id < 9, 'NORTH', 'SOUTH') AS region")
        .write()
        .parquet(customers.toString());
    ToyFirm firm =
        ToyFirm.at(spark, place)
            .deliver("2026-03-01", "s1 | c1 | 2026-03-01 09:00:00 | 10.00 | SALE");
    assertEquals(List.of(), remarks(firm));

    firm.run(
        "2026-03-01",
        "inputs.customers={path: '%s', columns: {customer_id: id}, characteristics: {town: category, region: category}}"
            .formatted(customers));

    assertEquals(
        List.of(
            "Characteristic 'town' has 2,001 values on the live night: the report shows those with"
                + " the largest sales and the largest markets, and all others as one row. A coarser"
                + " one, such as a region, is easier to read."),
        remarks(firm));
  }

  private List<String> remarks(ToyFirm firm) throws IOException {
    return new ManyValues(firm.out(), spark.sparkContext().hadoopConfiguration())
        .remarks().stream().map(BilingualText::en).toList();
  }
}
