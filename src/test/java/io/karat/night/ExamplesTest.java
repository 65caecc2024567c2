package io.karat.night;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.PublishedFigures;
import io.karat.explain.PublishedFigures.Subject;
import io.karat.generate.SyntheticFirm;
import io.karat.indicators.IndicatorPlan;
import io.karat.mart.LivePostgres;
import io.karat.mart.LivePostgres.Bi;
import io.karat.publishing.Release;
import io.karat.report.HtmlReport;
import io.karat.report.RunRecord;
import io.karat.run.SessionSettings;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import io.karat.testing.Dashboards;
import io.karat.testing.DocumentedSql;
import io.karat.testing.EveryReader;
import io.karat.testing.LocalSpark;
import io.karat.testing.LongestProjections;
import io.karat.testing.OutputFolders;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the example configurations on a generated firm: DuckDB computes the same for every
 * customer from the generated files.
 */
@Tag("long")
@ExtendWith({LocalSpark.class, LivePostgres.class})
class ExamplesTest {
  private static final String AS_OF = "2024-04-26";

  /** The first of the 90 days to {@link #AS_OF}: 4 days of January, then 29, 31 and 26. */
  private static final String FIRST_OF_90 = "2024-01-28";

  /**
   * Bills and payments under the customers' own ids, with the state of each on each of the last 90
   * days. Amounts are whole cents, shares whole millionths rounded half up, so that no double is
   * involved.
   */
  private static final String ACCOUNTS =
      """
      WITH RECURSIVE chains AS (
        SELECT alias_id, customer_id FROM read_parquet('%1$s/aliases/*.parquet')
        UNION ALL
        SELECT chains.alias_id, next.customer_id
        FROM chains JOIN read_parquet('%1$s/aliases/*.parquet') next
        ON chains.customer_id = next.alias_id),
      own_ids AS (
        SELECT * FROM chains WHERE customer_id NOT IN (SELECT alias_id FROM chains)),
      bills AS (
        SELECT coalesce(own_ids.customer_id, rows.customer_id) AS customer_id, day, type, channel,
          (amount * 100) :: HUGEINT AS cents, (cost * 100) :: HUGEINT AS cost_cents,
          CASE type WHEN 'SALE' THEN 1 ELSE -1 END AS sign, greatest(day, due_date) AS due_day
        FROM read_parquet('%1$s/transactions/*/*.parquet', hive_partitioning = true) rows
        LEFT JOIN own_ids ON rows.customer_id = own_ids.alias_id
        WHERE day <= DATE '%2$s'),
      paid AS (
        SELECT customer_id, day, type, (amount * 100) :: HUGEINT AS cents,
          CASE type WHEN 'PAYMENT' THEN 1 ELSE -1 END AS sign
        FROM read_parquet('%1$s/payments/*/*.parquet', hive_partitioning = true)
        WHERE day <= DATE '%2$s'),
      contacts AS (
        SELECT * FROM read_parquet('%1$s/contacts/*/*.parquet', hive_partitioning = true)
        WHERE day <= DATE '%2$s'),
      listed AS (SELECT * FROM read_parquet('%1$s/customers/day=2024-04-01/*.parquet')),
      hopes AS (
        SELECT * FROM read_parquet('%1$s/opportunities/*.parquet')
        WHERE created_date <= DATE '%2$s'),
      days AS (
        SELECT unnest(generate_series(DATE '2024-01-01', DATE '%2$s', INTERVAL 1 DAY)) :: DATE
          AS day),
      changes AS (
        SELECT customer_id, day, sign * cents AS owed, 0 AS due FROM bills
        UNION ALL SELECT customer_id, due_day, 0, sign * cents FROM bills
        UNION ALL SELECT customer_id, day, -sign * cents, -sign * cents FROM paid),
      balances AS (
        SELECT customer_id, days.day, sum(owed) AS owed, greatest(sum(due), 0) AS overdue
        FROM days JOIN changes ON changes.day <= days.day GROUP BY ALL),
      """;

  private static final String OF_ACCOUNTS =
      """
      known AS (
        SELECT customer_id FROM bills UNION SELECT customer_id FROM paid
        UNION SELECT customer_id FROM contacts UNION SELECT customer_id FROM listed
        UNION SELECT customer_id FROM hopes),
      accounts AS (SELECT customer_id,
        (SELECT coalesce(sum(sign * cents), 0) FROM bills
          WHERE bills.customer_id = known.customer_id AND day >= DATE '%3$s') :: HUGEINT AS net,
        (SELECT coalesce(sum(sign * (cents - cost_cents)), 0) FROM bills
          WHERE bills.customer_id = known.customer_id) :: HUGEINT AS profit,
        (SELECT coalesce(sum(cents), 0) FROM paid WHERE type = 'PAYMENT'
          AND paid.customer_id = known.customer_id AND day >= DATE '%3$s') :: HUGEINT AS received,
        (SELECT count(*) FROM contacts WHERE contacts.customer_id = known.customer_id) AS contacts,
        (SELECT coalesce(sum(overdue), 0) FROM balances
          WHERE balances.customer_id = known.customer_id AND day = DATE '%2$s') :: HUGEINT
          AS arrears,
        (SELECT count(*) FROM balances WHERE balances.customer_id = known.customer_id
          AND day >= DATE '%3$s' AND overdue > 0) AS days_overdue,
        (SELECT coalesce(sum(owed), 0) FROM balances
            WHERE balances.customer_id = known.customer_id AND day >= DATE '%3$s') :: HUGEINT
          + 90 * coalesce((SELECT (opening_balance * 100) :: HUGEINT FROM listed
            WHERE listed.customer_id = known.customer_id), 0) AS balance_days,
        (SELECT coalesce(sum((amount * 100) :: HUGEINT * (probability * 100) :: HUGEINT), 0)
          FROM hopes WHERE hopes.customer_id = known.customer_id
          AND coalesce(closed_date > DATE '%2$s', true)) :: HUGEINT AS expected,
        (SELECT CASE company_size WHEN 'MICRO' THEN 1 WHEN 'SMALL' THEN 2 WHEN 'MEDIUM' THEN 3
          WHEN 'LARGE' THEN 4 END FROM listed WHERE listed.customer_id = known.customer_id) AS size,
        (SELECT CASE WHEN sum(cents) > 0 THEN
          (2000000 * coalesce(sum(cents) FILTER (channel = 'WEB'), 0) + sum(cents)) :: HUGEINT
            // (2 * sum(cents)) :: HUGEINT END
          FROM bills WHERE type = 'SALE' AND bills.customer_id = known.customer_id) AS web_share
      FROM known)
      SELECT * REPLACE (CASE WHEN net > 0 THEN sign(balance_days)
        * ((2000000 * abs(balance_days) + net) // (2 * net)) END :: HUGEINT AS balance_days)
      FROM accounts
      """;

  private static final String PUBLISHED_OF_ACCOUNTS =
      """
      SELECT customer_id, (net_sales_amount_90d * 100) :: HUGEINT,
        (profit_lifetime * 100) :: HUGEINT, (receipt_amount_90d * 100) :: HUGEINT,
        contact_count_365d, (arrears_amount * 100) :: HUGEINT, days_overdue_90d :: BIGINT,
        (average_collection_period_days_90d * 1000000) :: HUGEINT,
        (expected_sales_amount * 10000) :: HUGEINT, company_size_value :: INT,
        (web_share_lifetime * 1000000) :: HUGEINT
      FROM read_parquet('%s/current/customer_indicators/*.parquet')
      """;

  private static final String OF_SUBSCRIPTIONS =
      """
      starts AS (
        SELECT customer_id, min(day) AS day FROM
          (SELECT customer_id, day FROM bills UNION ALL SELECT customer_id, day FROM paid)
        GROUP BY ALL),
      months AS (
        SELECT customer_id, 12 * year(day) + month(day) AS month FROM bills WHERE type = 'SALE')
      SELECT customer_id,
        (SELECT max(month) - min(month) + 1 FROM months
          WHERE months.customer_id = starts.customer_id) AS months_charged,
        (2000000 * (SELECT count(*) FROM balances
            WHERE balances.customer_id = starts.customer_id AND overdue > 0)
          + datediff('day', day, DATE '%2$s') + 1) :: HUGEINT
          // (2 * (datediff('day', day, DATE '%2$s') + 1)) :: HUGEINT AS late_share,
        (SELECT sum(satisfaction) FROM contacts
          WHERE contacts.customer_id = starts.customer_id) :: BIGINT AS satisfaction,
        (SELECT age FROM listed
          WHERE listed.customer_id = starts.customer_id AND kind = 'PERSON') :: INT AS age,
        (SELECT has_car FROM listed
          WHERE listed.customer_id = starts.customer_id AND kind = 'PERSON') AS has_car
      FROM starts
      """;

  /** Money and complaints of every class and tier, from the rows of its customers. */
  private static final String LEVELS =
      """
      of_customers AS (SELECT customer_id,
        (SELECT coalesce(sum(sign * cents), 0) FROM bills
          WHERE bills.customer_id = published.customer_id) :: HUGEINT AS net,
        (SELECT coalesce(sum(sign * (cents - cost_cents)), 0) FROM bills
          WHERE bills.customer_id = published.customer_id) :: HUGEINT AS profit,
        (SELECT coalesce(sum((cost * 100) :: HUGEINT), 0) FROM contacts
          WHERE contacts.customer_id = published.customer_id) :: HUGEINT AS service,
        (SELECT count(*) FROM contacts WHERE type = 'COMPLAINT'
          AND contacts.customer_id = published.customer_id
          AND coalesce(resolved_time > DATE '%2$s', true)) AS open,
        (SELECT count(*) FROM contacts WHERE type = 'COMPLAINT'
          AND contacts.customer_id = published.customer_id
          AND resolved_time <= DATE '%2$s') AS resolved,
        (SELECT coalesce(sum(resolved_time - day), 0) FROM contacts WHERE type = 'COMPLAINT'
          AND contacts.customer_id = published.customer_id
          AND resolved_time <= DATE '%2$s') AS resolution_days,
        (SELECT count(*) FROM contacts WHERE type = 'COMPLAINT'
          AND contacts.customer_id = published.customer_id
          AND EXISTS (FROM bills WHERE type = 'SALE' AND bills.customer_id = published.customer_id
            AND bills.day > contacts.day AND bills.day <= contacts.day + 90)) AS won
        FROM read_parquet('%4$s/current/customer_value/*.parquet') published),
      states AS (UNPIVOT (SELECT customer_id, customer_class, turnover_class, profit_tier,
          margin_tier, potential_tier, fit_tier
          FROM read_parquet('%4$s/current/customer_value/*.parquet'))
        ON customer_class, turnover_class, profit_tier, margin_tier, potential_tier, fit_tier
        INTO NAME model VALUE tier)
      SELECT model, tier, count(*) AS customers, sum(net) :: HUGEINT, sum(profit) :: HUGEINT,
        sum(service) :: HUGEINT, sum(profit - service) :: HUGEINT, sum(open) :: BIGINT,
        CASE WHEN sum(resolved) > 0 THEN
          (2000000 * sum(resolution_days) + sum(resolved)) :: HUGEINT
            // (2 * sum(resolved)) :: HUGEINT END, sum(won) :: BIGINT
      FROM states JOIN of_customers USING (customer_id) GROUP BY ALL
      """;

  private static final String PUBLISHED_LEVELS =
      """
      SELECT model, tier, customer_count, (net_sales_amount_365d * 100) :: HUGEINT,
        (profit * 100) :: HUGEINT, (service_cost * 100) :: HUGEINT,
        (contribution * 100) :: HUGEINT, open_complaint_count,
        (complaint_resolution_days * 1000000) :: HUGEINT, won_back_count
      FROM read_parquet('%1$s/current/tiers/*.parquet') WHERE customer_count > 0
      """;

  private static final String PUBLISHED_OF_SUBSCRIPTIONS =
      """
      SELECT customer_id, months_charged_lifetime :: BIGINT,
        (late_share_365d * 1000000) :: HUGEINT,
        round(satisfaction_365d :: DECIMAL(19,6) * (SELECT nullif(count(satisfaction), 0)
          FROM read_parquet('%2$s/contacts/*/*.parquet', hive_partitioning = true) contacts
          WHERE contacts.customer_id = published.customer_id
          AND day <= DATE '2024-04-26') :: DECIMAL(10,0)) :: BIGINT,
        age :: INT, has_car
      FROM read_parquet('%1$s/current/customer_indicators/*.parquet') published
      WHERE first_sale_date IS NOT NULL
      """;

  /** The tiers as the customers in them give them; sums of profit and contacts of 90 days. */
  private static final String OF_ALLOCATION =
      """
      SELECT profit_tier, count(*), sum(profit_90d) :: DECIMAL(38,6),
        sum(contact_count_90d) :: DECIMAL(38,6), sum(effort_proposed) :: BIGINT,
        (sum(effort_proposed) - sum(contact_count_90d)) :: DECIMAL(38,6),
        (sum(profit_90d) - 150 * sum(contact_count_90d)) :: DECIMAL(38,6)
      FROM read_parquet('%1$s/current/customer_indicators/*.parquet') indicators
      JOIN read_parquet('%1$s/current/customer_value/*.parquet') values_of USING (customer_id)
      JOIN read_parquet('%1$s/current/customer_allocation/*.parquet') visits USING (customer_id)
      WHERE profit_tier IS NOT NULL GROUP BY 1
      """;

  private static final String PUBLISHED_OF_ALLOCATION =
      """
      SELECT tier, customer_count, value, effort_now, effort_proposed, effort_gap, profit_now
      FROM read_parquet('%s/current/resource_allocation/*.parquet')
      """;

  /** Customers who are worth more than another one of their tier, and would have less. */
  private static final String UPSIDE_DOWN =
      """
      WITH visits AS (
        SELECT tier, greatest(profit_90d, 0) AS worth, effort_proposed
        FROM read_parquet('%1$s/current/customer_allocation/*.parquet') visits
        JOIN read_parquet('%1$s/current/customer_indicators/*.parquet') indicators
        USING (customer_id))
      SELECT count(*) FROM visits more JOIN visits less USING (tier)
      WHERE (more.worth > less.worth AND more.effort_proposed < less.effort_proposed)
        OR (more.worth = less.worth AND more.effort_proposed <> less.effort_proposed)
        OR more.effort_proposed > 12
      """;

  /** The planted parents, aliases replaced, followed to their ends. */
  private static final String OF_GROUPS =
      """
      WITH RECURSIVE chains AS (
        SELECT alias_id, customer_id FROM read_parquet('%2$s/aliases/*.parquet')
        UNION ALL
        SELECT chains.alias_id, next.customer_id
        FROM chains JOIN read_parquet('%2$s/aliases/*.parquet') next
        ON chains.customer_id = next.alias_id),
      own_ids AS (
        SELECT * FROM chains WHERE customer_id NOT IN (SELECT alias_id FROM chains)),
      accounts AS (
        SELECT indicators.customer_id, net_sales_amount_365d AS net, contact_count_365d AS contacts,
          recency_days, expected_sales_amount AS hoped, coalesce(own_ids.customer_id, listed.parent_customer_id) AS parent
        FROM read_parquet('%1$s/current/customer_indicators/*.parquet') indicators
        LEFT JOIN read_parquet('%2$s/customers/day=2024-04-01/*.parquet') listed
          ON listed.customer_id = indicators.customer_id
        LEFT JOIN own_ids ON alias_id = listed.parent_customer_id),
      ways AS (
        SELECT customer_id, customer_id AS top, parent, 1 AS level FROM accounts
        UNION ALL
        SELECT ways.customer_id, ways.parent, next.parent, level + 1
        FROM ways LEFT JOIN accounts next ON next.customer_id = ways.parent
        WHERE ways.parent IS NOT NULL)
      SELECT top, count(*), max(level) :: INT,
        coalesce(sum(net) FILTER (customer_id = top), 0) :: DECIMAL(18,2),
        coalesce(sum(net) FILTER (customer_id <> top), 0) :: DECIMAL(18,2),
        sum(net) :: DECIMAL(18,2), sum(contacts) :: BIGINT, min(recency_days),
        sum(hoped) :: DECIMAL(18,6)
      FROM ways JOIN accounts USING (customer_id) WHERE ways.parent IS NULL GROUP BY top
      """;

  private static final String PUBLISHED_OF_GROUPS =
      """
      SELECT group_id, group_customer_count, group_levels, own_net_sales_amount_365d,
        child_net_sales_amount_365d, total_net_sales_amount_365d, total_contact_count_365d,
        total_recency_days, total_expected_sales_amount
      FROM read_parquet('%s/current/customer_groups/*.parquet')
      """;

  /**
   * Customers, sales and buyers of every market and channel, from the list of customers and their
   * bills.
   */
  private static final String OF_MARKETS =
      """
      held AS (UNPIVOT listed ON region, industry, company_size
        INTO NAME characteristic VALUE value),
      sums AS (
        SELECT customer_id, sum(sign * cents) :: HUGEINT AS net, count(*) FILTER (type = 'SALE') AS sales
        FROM bills GROUP BY ALL),
      ours AS (
        SELECT characteristic, value, count(*) AS customers, sum(net) :: HUGEINT AS net,
          count(*) FILTER (sales > 0) AS buyers
        FROM held LEFT JOIN sums USING (customer_id) GROUP BY ALL
        UNION ALL
        SELECT 'channel', channel, count(DISTINCT customer_id) FILTER (type = 'SALE'),
          sum(sign * cents) :: HUGEINT, count(DISTINCT customer_id) FILTER (type = 'SALE')
        FROM bills WHERE channel IS NOT NULL GROUP BY ALL),
      sizes AS (
        SELECT characteristic, value,
          (arg_max(market_amount, as_of_date) * 100) :: HUGEINT AS size,
          arg_max(market_customers, as_of_date) AS firms
        FROM read_parquet('%1$s/markets/*.parquet') WHERE as_of_date <= DATE '%2$s' GROUP BY ALL),
      both_of AS (
        SELECT characteristic, value, coalesce(customers, 0) AS customers,
          coalesce(net, 0) :: HUGEINT AS net, coalesce(buyers, 0) AS buyers, size, firms
        FROM ours FULL JOIN sizes USING (characteristic, value))
      SELECT *, ((2000000 * net + size) // (2 * size)) :: HUGEINT,
        ((2000000 * buyers + firms) // (2 * firms)) :: HUGEINT
      FROM both_of
      """;

  private static final String PUBLISHED_OF_MARKETS =
      """
      SELECT characteristic, value, customer_count, (net_sales_amount_365d * 100) :: HUGEINT,
        buyer_count, (market_amount * 100) :: HUGEINT, market_customers,
        (market_share * 1000000) :: HUGEINT, (penetration * 1000000) :: HUGEINT
      FROM read_parquet('%1$s/current/market_coverage/*.parquet')
      WHERE characteristic IN ('region', 'industry', 'company_size', 'channel') AND value IS NOT NULL
      """;

  /** Markets that are not found as they were planted. */
  private static final String NOT_FOUND =
      """
      SELECT * FROM read_parquet('%1$s/truth/markets/*.parquet') planted
      LEFT JOIN read_parquet('%2$s/current/market_coverage/*.parquet') found
        USING (characteristic, value)
      WHERE customer_count IS NULL OR (one_in IS NULL) <> (customer_count = 0)
        OR one_in * customer_count > market_customers
        OR 5 * one_in * customer_count < 4 * market_customers
      """;

  @TempDir private static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void generateAFirm(SparkSession shared) {
    spark = shared;
    SyntheticFirm.of(300, 120, 1).withBuyerTypes().write(shared, data().toString());
  }

  @Test
  void accountsAreRight(Bi bi) throws IOException, SQLException {
    NightPlan plan = plan("b2b-accounts");
    Path output = run(plan, "b2b-accounts");

    assertEquals(
        Set.of(
            "display_name",
            "owner",
            "win_rate",
            "sales_cycle_days",
            "average_days_late",
            "late_invoice_share",
            "disputed_amount"),
        plan.indicators().switchedOff().keySet());
    assertHasAll(
        plan,
        Set.of("web_share", "days_overdue", "share_of_turnover"),
        Set.of(
            "region",
            "industry",
            "company_size",
            "company_size_value",
            "is_listed",
            "spend_share",
            "purchasing_power",
            "share_of_wallet",
            "advantage",
            "strategic_focus"));
    assertSame(
        (ACCOUNTS + OF_ACCOUNTS).formatted(data(), AS_OF, FIRST_OF_90),
        PUBLISHED_OF_ACCOUNTS.formatted(output));
    assertSame(
        12,
        (ACCOUNTS + LEVELS).formatted(data(), AS_OF, FIRST_OF_90, output),
        PUBLISHED_LEVELS.formatted(output));
    assertDocumentsWork(output);
    assertDashboardsWork(output, bi);
    assertAllocated(output);
    assertSame(OF_GROUPS.formatted(output, data()), PUBLISHED_OF_GROUPS.formatted(output));
    assertSame(
        20,
        (ACCOUNTS + OF_MARKETS).formatted(data(), AS_OF),
        PUBLISHED_OF_MARKETS.formatted(output));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      assertEquals("", text(statement, NOT_FOUND.formatted(data(), output)));
    }
    assertBuyerTypes(output);
    assertExplained(plan, output);
    assertGroups(output);
  }

  /**
   * Groups are those that were planted, and a night that takes them for customers has the figures
   * of their members together, as from inputs in which members have the id of the topmost one.
   */
  private static void assertGroups(Path output) throws IOException, SQLException {
    Path grouped = run(plan("b2b-accounts", "groups", "hierarchy.level=group"), "groups");
    String report = Files.readString(grouped.resolve("current").resolve(HtmlReport.FILE));
    assertTrue(report.contains("a group counts as one customer"));
    assertFalse(report.contains("groups-largest"));
    Path replaced = folder.resolve("replaced");
    for (String input : List.of("opportunities", "aliases", "customers/day=2024-04-01")) {
      Files.createDirectories(replaced.resolve(input));
    }
    List<String> totals =
        Stream.of(
                spark
                    .read()
                    .parquet(output.resolve("current/customer_groups").toString())
                    .columns())
            .filter(column -> column.startsWith("total_"))
            .toList();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      assertEquals("true\n", text(statement, GroupQueries.PLANTED.formatted(data())));
      assertEquals("", text(statement, GroupQueries.ASTRAY.formatted(output, data())));
      assertEquals("", text(statement, GroupQueries.different(totals).formatted(output, grouped)));
      for (String query : GroupQueries.replaced()) {
        statement.execute(query.formatted(data(), replaced));
      }
    }
    assertSame(
        (ACCOUNTS + OF_ACCOUNTS).formatted(replaced, AS_OF, FIRST_OF_90),
        PUBLISHED_OF_ACCOUNTS.formatted(grouped));
  }

  /** The report has the section, and explain the row of a customer. */
  private static void assertExplained(NightPlan plan, Path output) throws IOException {
    String report = Files.readString(output.resolve("current").resolve(HtmlReport.FILE));
    assertTrue(
        report.matches(
            "(?s).*profit-customer_class.*id=\"disagreements\".*screening-key_customer"
                + ".*buyer-types-largest"
                + ".*groups-largest.*allocation-visits.*recovery-profit_tier.*"));
    assertTrue(report.contains("market-region"));
    Row row =
        spark
            .read()
            .parquet(output.resolve("current/customer_allocation").toString())
            .filter("tier = 'PLATINUM'")
            .orderBy("customer_id")
            .first();
    List<PublishedFigures> explained =
        CustomerExplanation.of(
                plan,
                row.getAs("customer_id"),
                LocalDate.parse(AS_OF),
                OutputFolders.open(
                    output, spark.sparkContext().hadoopConfiguration(), () -> ToyFirm.NOON),
                spark)
            .figures();

    assertEquals(
        List.of(Subject.GROUP, Subject.ALLOCATION),
        explained.stream()
            .map(PublishedFigures::subject)
            .filter(subject -> subject != Subject.MARKET)
            .toList());
    assertTrue(
        explained.get(0).name().matches("(company_size|industry|region) [A-Z]+"),
        explained.get(0)::name);
    PublishedFigures visits = explained.get(explained.size() - 1);
    assertEquals("visits", visits.name());
    visits
        .values()
        .forEach((name, value) -> assertEquals(Optional.ofNullable(row.getAs(name)), value, name));
  }

  private static void assertBuyerTypes(Path output) throws SQLException {
    assertSame(
        (ACCOUNTS.strip() + BuyerQueries.PRICES).formatted(data(), AS_OF),
        BuyerQueries.PUBLISHED_PRICES.formatted(output));
    assertSame(
        (ACCOUNTS.strip() + BuyerQueries.SERVICE_SINCE_SALE).formatted(data(), AS_OF, output),
        BuyerQueries.PUBLISHED_SERVICE_SINCE_SALE.formatted(output));
    assertSame(
        20, BuyerQueries.SCORES.formatted(output), BuyerQueries.PUBLISHED_SCORES.formatted(output));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      String found = text(statement, BuyerQueries.FOUND.formatted(output, data()));
      assertTrue(Integer.parseInt(found.replaceFirst("(?s) .*", "")) >= 80, found);
    }
  }

  private static void assertAllocated(Path output) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      String expected = OF_ALLOCATION.formatted(output);
      String published = PUBLISHED_OF_ALLOCATION.formatted(output);
      assertEquals(
          text(statement, expected + " ORDER BY 1"), text(statement, published + " ORDER BY 1"));
      assertEquals("0\n", text(statement, UPSIDE_DOWN.formatted(output)));
    }
  }

  /**
   * Runs every query over Parquet files that a document shows; PostgreSQL and Iceberg have their
   * own.
   */
  private static void assertDocumentsWork(Path output) throws IOException, SQLException {
    Map<Path, List<String>> documents = DocumentedSql.blocks();
    documents.remove(Path.of("docs/postgresql.md"));
    documents.remove(Path.of("docs/questions.md"));
    documents.remove(Path.of("docs/iceberg.md"));
    assertTrue(documents.keySet().contains(Path.of("README.md")), documents::toString);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (List<String> queries : documents.values()) {
        for (String query : queries) {
          assertTrue(query.contains("'out/current"), query);
          text(statement, query.replace("'out/", "'" + output + "/"));
        }
      }
    }
  }

  /**
   * Runs every query of the dashboards on the mart and on DuckDB: both have the columns that charts
   * name, and rows of all but the movement, for which a first night has none.
   */
  private static void assertDashboardsWork(Path output, Bi bi) throws IOException, SQLException {
    bi.follow(
        OutputFolders.open(output, spark.sparkContext().hadoopConfiguration(), () -> ToyFirm.NOON),
        output,
        spark);
    String customer =
        bi.read("SELECT customer_id FROM {schema}.key_accounts ORDER BY position, reason LIMIT 1");
    Map<String, Map<String, String>> queries = Dashboards.queries(customer);
    assertEquals(Dashboards.superset("datasets").size() + 1, queries.size());
    try (Connection mart = bi.asReader();
        Statement postgres = mart.createStatement();
        Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (String view : Dashboards.views(output.toString())) {
        statement.execute(view);
      }
      for (Map.Entry<String, Map<String, String>> query : queries.entrySet()) {
        String sql = query.getKey();
        assertAnswered(postgres, sql.replace("karat.", bi.schema() + "."), query.getValue());
        assertAnswered(statement, sql, query.getValue());
      }
    }
  }

  private static void assertAnswered(Statement statement, String query, Map<String, String> columns)
      throws SQLException {
    Map<String, String> found = new LinkedHashMap<>();
    try (ResultSet answer = statement.executeQuery(query)) {
      ResultSetMetaData head = answer.getMetaData();
      for (int i = 1; i <= head.getColumnCount(); i++) {
        found.put(
            head.getColumnLabel(i),
            switch (head.getColumnType(i)) {
              case Types.BIGINT, Types.INTEGER -> "BIGINT";
              case Types.NUMERIC, Types.DECIMAL -> "DECIMAL";
              case Types.DATE -> "DATE";
              default -> "STRING";
            });
      }
      assertTrue(answer.next() || query.contains("transitions"), query);
    }
    assertEquals(columns.toString(), found.toString(), query);
  }

  @Test
  void subscriptionsAreRight() throws IOException, SQLException {
    NightPlan plan = plan("subscription");
    Path output = run(plan, "subscription");

    assertHasAll(
        plan,
        Set.of("months_charged", "monthly_charge", "late_share", "complaints_per_month"),
        Set.of("age", "education", "education_value", "has_car", "monthly_income"));
    assertSame(
        (ACCOUNTS + OF_SUBSCRIPTIONS).formatted(data(), AS_OF),
        PUBLISHED_OF_SUBSCRIPTIONS.formatted(output, data()));
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static NightPlan plan(String example) {
    return plan(example, example);
  }

  private static NightPlan plan(String example, String output, String... sets) {
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read(
                Path.of("conf", "examples", example + ".yaml"),
                Map.of("KARAT_DATA", data().toString()),
                Stream.concat(Stream.of("output.path=" + folder.resolve(output)), Stream.of(sets))
                    .toList(),
                problems),
            problems);
    problems.throwIfAny();
    return plan;
  }

  /** Publishes a night that uses every row, and reads it with every reader. */
  private static Path run(NightPlan plan, String output) throws IOException, SQLException {
    SparkSession session = spark.newSession();
    SessionSettings.of(plan.settings().timeZone()).forEach(session.conf()::set);
    RunRecord record = new RunRecord("run", ToyFirm.NOON);
    LongestProjections projections = new LongestProjections(session);
    NightResult night =
        new NightJob(session, plan, SilentProgress.INSTANCE, record, () -> ToyFirm.NOON)
            .run(LocalDate.parse(AS_OF), false);

    Map<String, Long> quarantined = new TreeMap<>();
    for (Map.Entry<String, Release.Table> table : night.tables().entrySet()) {
      if (table.getKey().startsWith("quarantine_") && table.getValue().rows() > 0) {
        quarantined.put(table.getKey(), table.getValue().rows());
      }
    }
    assertEquals(Map.of(), quarantined);
    assertTrue(night.isLive());
    assertTrue(projections.longest() < 4, projections::plan);
    EveryReader readers = new EveryReader(session, folder.resolve(output).resolve("current"));
    readers.assertPlainFiles(night.tables().keySet());
    readers.assertSameInDuckDb(night.tables().keySet());
    return folder.resolve(output);
  }

  /**
   * Asserts that every indicator that is on has a column: built-in ones, the example's own, and
   * characteristics.
   */
  private static void assertHasAll(NightPlan plan, Set<String> own, Set<String> characteristics) {
    Set<String> expected =
        Stream.of(IndicatorPlan.builtIn().indicators().keySet(), own, characteristics)
            .flatMap(Set::stream)
            .collect(toSet());
    expected.removeAll(plan.indicators().switchedOff().keySet());
    if (plan.lifetime().isEmpty()) {
      expected.remove("expected_sales_amount_model");
    }
    if (plan.settings().models().buyerTypes().isEmpty()) {
      expected.removeAll(
          Set.of("price_level", "discount_share", "contacts_per_sale", "suggestions_per_sale"));
    }
    Set<String> found =
        plan.indicators().columns().stream()
            .map(column -> column.indicator().name())
            .collect(toSet());
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(found);
    assertEquals(Set.of(), missing);
  }

  private static void assertSame(String expected, String published) throws SQLException {
    assertSame(250, expected, published);
  }

  private static void assertSame(int fewest, String expected, String published)
      throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("CREATE TABLE expected AS " + expected);
      statement.execute("CREATE TABLE published AS " + published);
      assertEquals(
          "true\n", text(statement, "SELECT count(*) > %d FROM expected".formatted(fewest)));
      assertEquals("", text(statement, "FROM expected EXCEPT FROM published ORDER BY 1 LIMIT 3"));
      assertEquals("", text(statement, "FROM published EXCEPT FROM expected ORDER BY 1 LIMIT 3"));
    }
  }

  private static String text(Statement statement, String question) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (ResultSet answer = statement.executeQuery(question)) {
      int columns = answer.getMetaData().getColumnCount();
      while (answer.next()) {
        for (int i = 1; i <= columns; i++) {
          text.append(i > 1 ? " | " : "").append(answer.getString(i));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }
}
