package io.karat.report;

import static java.util.Map.entry;

import io.karat.night.NightPlan;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Language;
import io.karat.settings.yaml.Problems;
import io.karat.tables.TableContract;
import io.karat.testing.OutputFolders;
import io.karat.testing.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Release of five customers, small enough to check every number of its report by hand. */
record HandMadeRelease(SparkSession spark, Path folder) {
  /** An id with a script that must not run. */
  static final String WICKED = "<script>alert(1)</script>";

  private static final String CONFIGURATION =
      """
      name: R&D <b>GmbH</b>
      currency: GBP
      inputs:
        transactions:
          path: none
          columns:
            customer_id: c
            transaction_time: t
            amount: a
            transaction_id: i
            cost: k
            channel: h
        payments: {path: none, columns: {customer_id: c, payment_time: t, amount: a}}
        contacts: {path: none, columns: {customer_id: c, contact_time: t, type: y, satisfaction: s}}
      indicators:
        windows: [365d, lifetime]
      """;

  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          entry(
              "customer_indicators",
              "customer_id string, recency_days bigint, transaction_count_365d bigint,"
                  + " sales_amount_365d decimal(38,2), net_sales_amount_365d decimal(38,2),"
                  + " profit_365d decimal(38,2), net_sales_amount_lifetime decimal(38,2),"
                  + " sales_trend_365d decimal(38,6), arrears_amount decimal(38,2)"),
          entry(
              "customer_value",
              "customer_id string, is_one_off boolean, current_value_score decimal(5,2),"
                  + " potential_value_score decimal(5,2), scorecard_quadrant string, expected_churn"
                  + " decimal(9,6), value_at_risk_amount decimal(38,2), profit_tier string,"
                  + " previous_profit_tier string, lifecycle string, previous_lifecycle string,"
                  + " is_lifecycle_changed boolean, purchase_probability_next_365d decimal(38,6),"
                  + " expected_sales_amount_next_365d decimal(38,2), satisfaction_level decimal(18,6)"),
          entry(
              "tiers",
              "model string, tier string, tier_name string, tier_name_zh string, position int,"
                  + " definition string, cut_value decimal(38,6), customer_count bigint,"
                  + " customer_share decimal(9,6), net_sales_amount_365d decimal(38,6),"
                  + " net_sales_share decimal(18,6), by_column string"),
          entry(
              "rfm_cells",
              "grid string, recency_bin int, frequency_bin int, monetary_bin int,"
                  + " rfm_segment string, rfm_segment_name string, rfm_segment_name_zh string,"
                  + " recency_from decimal(38,6), recency_to decimal(38,6),"
                  + " frequency_from decimal(38,6), frequency_to decimal(38,6),"
                  + " monetary_from decimal(38,6), monetary_to decimal(38,6),"
                  + " customer_count bigint, customer_share decimal(9,6),"
                  + " net_sales_amount_365d decimal(38,6), net_sales_share decimal(18,6)"),
          entry(
              "scorecard_quadrants",
              "quadrant string, quadrant_name string, quadrant_name_zh string,"
                  + " current_cut decimal(38,6), potential_cut decimal(38,6),"
                  + " customer_count bigint, customer_share decimal(9,6),"
                  + " net_sales_amount_365d decimal(38,6), net_sales_share decimal(18,6)"),
          entry(
              "concentration",
              "indicator string, percent int, customer_count bigint, amount decimal(38,6),"
                  + " amount_share decimal(18,8), gini decimal(18,8),"
                  + " customers_for_80_percent bigint"),
          entry(
              "market_coverage",
              "characteristic string, value string, customer_count bigint,"
                  + " customer_share decimal(9,6), net_sales_amount_365d decimal(38,6),"
                  + " net_sales_share decimal(18,6), buyer_count bigint, market_date date,"
                  + " market_amount decimal(38,6), market_share decimal(18,6),"
                  + " market_customers bigint, penetration decimal(18,6)"),
          entry(
              "segments",
              "segment_id string, segment_name string, segment_name_zh string, position int,"
                  + " definition string, fidelity decimal(9,6), customer_count bigint,"
                  + " customer_share decimal(9,6), net_sales_amount_365d decimal(38,6),"
                  + " net_sales_share decimal(18,6)"),
          entry(
              "segment_profiles",
              "segment_id string, segment_name string, segment_name_zh string, indicator string,"
                  + " value string, customer_count bigint, mean decimal(38,6),"
                  + " median decimal(38,6), lift decimal(18,6)"),
          entry(
              "transitions",
              "model string, period_days int, from_date date, from_state string,"
                  + " from_state_name string, from_state_name_zh string, to_state string,"
                  + " to_state_name string, to_state_name_zh string, customer_count bigint,"
                  + " probability decimal(9,6), probability_low decimal(9,6),"
                  + " probability_high decimal(9,6), net_sales_amount_365d_before decimal(38,6),"
                  + " net_sales_amount_365d_now decimal(38,6),"
                  + " net_sales_amount_365d_change decimal(38,6), main_crossing string, main_crossing_customer_count bigint"),
          entry(
              "dictionary",
              "table_name string, column_name string, unit string, time_window string,"
                  + " label_en string, label_zh string"),
          entry(
              "quality_results",
              "check_name string, table_name string, metric string, status string,"
                  + " message_en string, message_zh string"),
          entry(
              "runs",
              "run_id string, karat_code string, settings_digest string, spark_version string"));

  private static final String HISTORY =
      "as_of_date date, customer_id string, recency_days bigint,"
          + " net_sales_amount_365d decimal(38,2), value_at_risk_amount decimal(38,2),"
          + " lifecycle string";

  private static final Map<String, String> ROWS =
      Map.ofEntries(
          entry(
              "customer_indicators",
              """
              ann |   5 | 12 | 9000.00 | 8800.00 | 2100.50 | 20000.00 |  0.01 |   0.00
              bob |  40 |  3 |  700.00 |  650.25 |  100.00 |   900.00 | -0.20 | 120.00
              %s  | 300 |  1 |  550.00 |  549.75 |    0.00 |   549.75 |       |   0.00
              dan | 500 |  0 |    0.00 |    0.00 |    0.00 |  7000.00 |       |   0.00
              eve |     |  0 |    0.00 |    0.00 |    0.00 |     0.00 |       |   0.00
              """
                  .formatted(WICKED)),
          entry(
              "customer_value",
              """
              ann | false | 90 | 80 | KEY   | 0.015 | 132.00 | GOLD  | SILVER | ACTIVE   | ACTIVE | false | 0.99 | 9100.00 | 5
              bob | false | 40 | 70 | GROW  | 0.400 | 260.10 | BASIC | GOLD   | SLOWING  | ACTIVE | true  | 0.80 |  300.00 | 2
              %s  | false | 40 | 20 | BASIC | 0.100 |  54.98 | BASIC | BASIC  | ACTIVE   | ACTIVE | false | 0.30 |   20.00 | 4
              dan | true  | 10 | 10 | BASIC | 1.000 |   0.00 | BASIC | BASIC  | LAPSED   | LAPSED | false | 0.01 |    0.00 |
              eve | false |  0 |  0 | BASIC |       |        | BASIC |        | PROSPECT |        | false |      |         |
              """
                  .formatted(WICKED)),
          entry(
              "tiers",
              """
              profit_tier | GOLD   | Gold   | 金   | 1 | top share 0.2 | 70 | 1 | 0.2 | 8800.00 | 0.88 | profit_score
              profit_tier | SILVER | Silver | 银   | 2 | top share 0.4 | 50 | 0 | 0.0 |    0.00 | 0.00 | profit_score
              profit_tier | BASIC  | Basic  | 普通 | 3 | everybody else |    | 4 | 0.8 | 1200.00 | 0.12 | profit_score
              """),
          entry(
              "rfm_cells",
              """
              FM |   | 1 | 1 |     |          |      |    |    |   | 4 |     | 600 | 4 | 0.8 | 1200.00 | 0.12
              FM |   | 1 | 2 |     |          |      |    |    |   | 4 | 600 |     | 0 | 0.0 |    0.00 | 0.00
              FM |   | 2 | 1 |     |          |      |    |    | 4 |   |     | 600 | 0 | 0.0 |    0.00 | 0.00
              FM |   | 2 | 2 |     |          |      |    |    | 4 |   | 600 |     | 1 | 0.2 | 8800.00 | 0.88
              FR | 1 | 1 |   |     |          |      | 30 |    |   | 4 |     |     | 4 | 0.8 | 1200.00 | 0.12
              FR | 2 | 2 |   |     |          |      |    | 30 | 4 |   |     |     | 1 | 0.2 | 8800.00 | 0.88
              RFM| 2 | 2 | 2 | CHAMPIONS | Champions | 冠军 | | 30 | 4 | | 600 |   | 1 | 0.2 | 8800.00 | 0.88
              RFM| 1 | 1 | 1 | LONG_GONE | Long gone | 早已离开 | 30 | | | 4 | | 600 | 4 | 0.8 | 1200.00 | 0.12
              SEGMENT| | | | CHAMPIONS | Champions | 冠军 | | | | | | | 1 | 0.2 | 8800.00 | 0.88
              SEGMENT| | | | LONG_GONE | Long gone | 早已离开 | | | | | | | 4 | 0.8 | 1200.00 | 0.12
              """),
          entry(
              "scorecard_quadrants",
              """
              KEY      | Key account | 重点 | 60 | 60 | 1 | 0.2 | 8800.00 | 0.88
              MAINTAIN | Maintain    | 维持 | 60 | 60 | 0 | 0.0 |    0.00 | 0.00
              GROW     | Grow        | 成长 | 60 | 60 | 1 | 0.2 |  650.25 | 0.065025
              BASIC    | Basic       | 基础 | 60 | 60 | 3 | 0.6 |  549.75 | 0.054975
              """),
          entry(
              "concentration",
              """
              net_sales_amount_365d |   0 | 0 |     0 | 0.0      | 0.736 | 1
              net_sales_amount_365d |   1 | 1 |  8800 | 0.88     | 0.736 | 1
              net_sales_amount_365d |  20 | 1 |  8800 | 0.88     | 0.736 | 1
              net_sales_amount_365d |  50 | 3 | 10000 | 1.0      | 0.736 | 1
              net_sales_amount_365d | 100 | 5 | 10000 | 1.0      | 0.736 | 1
              """),
          entry(
              "market_coverage",
              """
              region | </script><i>North</i> | 2 | 0.4 | 9450.25 | 0.945025 | 2 | 2026-01-01 | 94502.50 | 0.1 | 40 | 0.05
              region | South & East          | 2 | 0.4 |  549.75 | 0.054975 | 2 | | | | |
              region |                       | 1 | 0.2 |    0.00 | 0.0      | 0 | | | | |
              region | West                  | 0 | 0.0 |    0.00 | 0.0      | 0 | 2026-01-01 |  5000.00 | 0.0 | 30 | 0.0
              """),
          entry(
              "segments",
              """
              S1 | Stars | 明星 | 1 | net_sales_amount_365d >= 600 AND recency_days < 100 | 0.95 | 2 | 0.4 | 9450.25 | 0.945025
              S2 | Quiet | 沉默 | 2 | (net_sales_amount_365d < 600 AND recency_days >= 100 AND recency_days < 400) OR (recency_days >= 400) | 0.8 | 2 | 0.4 | 549.75 | 0.054975
              S0 | Unknown | 未知 | 3 | recency_days IS NULL | | 1 | 0.2 | 0 | 0
              """),
          entry(
              "segment_profiles",
              """
              S1 | Stars | 明星 | net_sales_amount_365d |  | 2 | 4725.125 | 650.25 | 2.362563
              S2 | Quiet | 沉默 | net_sales_amount_365d |  | 2 |  274.875 |      0 | 0.137438
              S1 | Stars | 明星 | recency_days          |  | 2 |     22.5 |      5 | 0.106509
              S2 | Quiet | 沉默 | recency_days          |  | 2 |      400 |    300 | 1.893491
              S1 | Stars | 明星 | region | </script><i>North</i> | 2 | 1.0 |  | 2.5
              """),
          entry(
              "transitions",
              """
              profit_tier | 1 | 2026-02-28 | SILVER | Silver | 银 | GOLD | Gold | 金 | 1 | 1.0 | 0.206543 | 1.0 | 8300.00 | 8800.00 | 500.00 | profit_365d | 1
              profit_tier | 1 | 2026-02-28 | GOLD | Gold | 金 | BASIC | Basic | 普通 | 1 | 1.0 | 0.206543 | 1.0 | 740.75 | 650.25 | -90.50 |  |
              profit_tier | 1 | 2026-02-28 | BASIC | Basic | 普通 | BASIC | Basic | 普通 | 2 | 1.0 | 0.342380 | 1.0 | 549.75 | 549.75 | 0.00 |  |
              profit_tier | 1 | 2026-02-28 | never_seen | Never seen | 从未出现 | BASIC | Basic | 普通 | 1 | 1.0 | 0.206543 | 1.0 | 0.00 | 0.00 | 0.00 |  |
              profit_tier | 7 | 2026-02-22 | BASIC | Basic | 普通 | GOLD | Gold | 金 | 1 | 0.5 | 0.094531 | 0.905469 | 800.00 | 8800.00 | 8000.00 | profit_365d | 1
              profit_tier | 7 | 2026-02-22 | BASIC | Basic | 普通 | BASIC | Basic | 普通 | 1 | 0.5 | 0.094531 | 0.905469 | 549.75 | 549.75 | 0.00 |  |
              """),
          entry(
              "dictionary",
              """
              customer_indicators | net_sales_amount_365d | money | 365d | Net sales | 净销售额
              customer_indicators | recency_days          | days  |      | Recency   | 最近一次消费
              customer_indicators | profit_365d           | money | 365d | Profit    | 利润
              customer_indicators | region                | text  |      | Region    | 地区
              """),
          entry(
              "quality_results",
              """
              freshness | transactions | rows | warned | no rows on the day | 当日没有数据
              balance | transactions | rows_read | passed | 20 rows read | 读取 20 行
              reconcile | transactions | unaccounted_rows | passed | 0 rows are missing | 缺少 0 行
              """),
          entry("runs", "cafe01 | c0de | 5e77 | 4.1.0"));

  private static final Map<String, String> NIGHTS =
      Map.of(
          "2026-02-28",
          """
          2026-02-28 | ann |   4 | 8300.00 | 124.50 | ACTIVE
          2026-02-28 | bob |  39 |  740.75 | 110.00 | ACTIVE
          2026-02-28 | x   | 299 |  549.75 |  54.98 | ACTIVE
          2026-02-28 | dan | 499 |    0.00 |   0.00 | LAPSED
          """,
          "2026-03-01",
          """
          2026-03-01 | ann |   5 | 8800.00 | 132.00 | ACTIVE
          2026-03-01 | bob |  40 |  650.25 | 260.10 | SLOWING
          2026-03-01 | x   | 300 |  549.75 |  54.98 | ACTIVE
          2026-03-01 | dan | 500 |    0.00 |   0.00 | LAPSED
          2026-03-01 | eve |     |    0.00 |   0.00 | PROSPECT
          """);

  private static final String RUN =
      """
      {"run_id": "cafe01", "as_of_date": "2026-03-01",
       "inputs": {"transactions": {"files": 3, "first_day": "2025-06-01", "rows_read": 20, "rows_used": 17, "rows_excluded": 1,
         "rows_after_as_of": 0, "rows_quarantined": 1, "rows_duplicate": 1, "amount_used": 10250.00}},
       "switched_off": {"expected_sales_amount": "opportunities"},
       "models": {"lifetime": {"id": "11fe", "origin": "first run"}}}
      """;

  private static final String LIFETIME =
      """
      {"purchase": {"model": "bgnbd"}, "spend": {"days": "all"},
       "back_test": {"holdout_days": 100, "customers": 4, "winner": "rate",
         "judgements": [
           {"name": "rate", "bias": 0.1, "mae": 50.25, "normalised_gini": 0.8, "top_20_percent_capture": 0.75},
           {"name": "bgnbd_all", "bias": -0.12, "mae": 40.5, "normalised_gini": 0.7, "top_20_percent_capture": 0.7},
           {"name": "rfm_rank_sum", "normalised_gini": 0.6, "top_20_percent_capture": 0.6}],
         "calibration": {"bgnbd": [
           {"repeats": 0, "customers": 2, "actual": 0.5, "expected": 0.4},
           {"repeats": 7, "customers": 2, "actual": 9.0, "expected": 8.5}]}}}
      """;

  /** Writes all tables into an output folder. */
  static HandMadeRelease at(SparkSession spark, Path folder) {
    return at(spark, folder, Map.of());
  }

  /** Writes all tables, some with other rows. */
  static HandMadeRelease at(SparkSession spark, Path folder, Map<String, String> others) {
    HandMadeRelease release = new HandMadeRelease(spark, folder);
    COLUMNS.forEach(
        (table, columns) ->
            release.write(
                table, columns, others.getOrDefault(table, ROWS.getOrDefault(table, ""))));
    NIGHTS.forEach(release::writeNight);
    release.writeAccounts();
    return release;
  }

  private void write(String table, String columns, String rows) {
    TextTable.frame(spark, columns, rows)
        .coalesce(1)
        .write()
        .parquet(tables().resolve(table).toString());
  }

  private void writeNight(String night, String rows) {
    write("night " + night, HISTORY, rows);
    Path history = tables().resolve("customer_value_history");
    try (Stream<Path> files = Files.list(tables().resolve("night " + night))) {
      Files.createDirectories(history);
      Path file = files.filter(it -> it.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.move(file, history.resolve(night + "-part-0.parquet"));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Computes the customers to look at and the findings, as a night does. */
  private void writeAccounts() {
    try {
      NightPlan plan = plan();
      AccountTables.Rows rows =
          new AccountTables(spark, plan.settings(), plan.scores())
              .of(output().tables(release()), release().asOf(), Optional.empty());
      write(AccountTables.keyAccounts(2), rows.keyAccounts());
      write(AccountTables.FINDINGS, rows.findings());
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private void write(TableContract contract, List<Row> rows) {
    spark
        .createDataFrame(rows, contract.schema())
        .coalesce(1)
        .write()
        .parquet(tables().resolve(contract.name()).toString());
  }

  private static NightPlan plan(String... sets) {
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read("hand.yaml", CONFIGURATION, Map.of(), List.of(sets), problems),
            problems);
    problems.throwIfAny();
    return plan;
  }

  private OutputFolder output() throws IOException {
    return OutputFolders.open(
        folder, spark.sparkContext().hadoopConfiguration(), InstantSource.system());
  }

  /** The report for a configuration with these settings changed. */
  String report(Language language, String... sets) throws IOException {
    return report(language, List.of(), sets);
  }

  /** The report beside earlier nights. */
  String report(Language language, List<KeptFigures> earlier, String... sets) throws IOException {
    NightPlan plan = plan(sets);
    return new HtmlReport(spark, plan.settings(), plan.scores(), language)
        .of(output().tables(release()), RUN, Optional.of(LIFETIME), earlier)
        .page();
  }

  private static Release release() {
    return new Release(
        "hand",
        LocalDate.parse("2026-03-01"),
        "releases/hand",
        false,
        true,
        Instant.EPOCH,
        new TreeMap<>(),
        new TreeMap<>());
  }

  /** The folder that holds a folder of each table. */
  Path tables() {
    return folder.resolve("releases/hand");
  }
}
