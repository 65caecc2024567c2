package io.karat.report;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.run.Json;
import io.karat.settings.Language;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the content of the report of five customers. */
@ExtendWith(LocalSpark.class)
class HtmlReportTest {
  private static final int MOST_BYTES = 3_000_000;

  private static final Questions QUESTIONS = new Questions();

  @TempDir private static Path folder;
  private static HandMadeRelease release;
  private static String english;

  @BeforeAll
  static void build(SparkSession spark) throws Exception {
    release = HandMadeRelease.at(spark, folder);
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.listenerManager().register(QUESTIONS);
    try {
      english = release.report(Language.EN);
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.listenerManager().unregister(QUESTIONS);
    }
  }

  @Test
  void sparkIsAskedThreeQuestions() {
    assertEquals(
        List.of("collectAsList", "collectAsList", "collectAsList"), List.copyOf(QUESTIONS.asked));
  }

  @Test
  void theHeadlineIsWhatAnotherEngineFindsInTheTables() throws SQLException {
    assertEquals(
        duck(
            """
            SELECT format('Customers: {:d}', count(*)) FROM i
            UNION ALL SELECT format('Buying customers: {:d}', count(*)) FROM i WHERE recency_days < 365
            UNION ALL SELECT format('Net sales: {:.1f}k GBP', sum(net_sales_amount_365d)::DOUBLE / 1000) FROM i
            UNION ALL SELECT format('Profit: {:,} GBP', round(sum(profit_365d))::INT) FROM i
            UNION ALL SELECT format('Transactions: {:d}', sum(transaction_count_365d)::INT) FROM i
            UNION ALL SELECT format('Value at risk: {:,} GBP', round(sum(value_at_risk_amount))::INT) FROM v
            UNION ALL SELECT format('Expected gross sales: {:,} GBP', round(sum(expected_sales_amount_next_365d))::INT) FROM v
            UNION ALL SELECT format('Overdue: {:,} GBP', sum(arrears_amount)::INT) FROM i
            """),
        found("<p class=\"name\">(.*?)</p>\\s*<p class=\"value\">(.*?)</p>", ": "));
    assertEquals(
        """
        up better: +1 since the night of 2026-02-28
        same: unchanged since the night of 2026-02-28
        up better: +410 GBP since the night of 2026-02-28
        up worse: +158 GBP since the night of 2026-02-28
        """
            .strip(),
        found("<p class=\"delta (.*?)\">(.*?)</p>", ": "));
  }

  /** 29 days ago there were 4 customers, 365 days ago 2; profit is known of the night before. */
  @Test
  void figuresAreComparedWithAMonthAndAYearAgo() throws IOException {
    KeptFigures.Figure profit = figure("card.profit", "profit_365d", 0);
    String page =
        release.report(
            Language.EN,
            List.of(
                night("2025-03-01", figure("card.customers", CustomerAggregates.CUSTOMERS, 2)),
                night("2026-01-31", figure("card.customers", CustomerAggregates.CUSTOMERS, 4)),
                night("2026-02-28", profit)));

    assertEquals(
        List.of(
            "5",
            "+1 since the night of 2026-02-28",
            "+1 (+25.0 %) since 2026-01-31",
            "+3 (+150.0 %) since 2025-03-01",
            "2025-03-01 to 2026-03-01: between 2 and 5, 3 nights",
            "0.00,22.00 92.05,8.67 100.00,2.00"),
        card(page, "Customers"));
    List<String> profits = card(page, "Profit");
    assertEquals(
        List.of("+" + profits.get(0) + " since the night of 2026-02-28"), profits.subList(1, 2));
    assertFalse(page.contains("to compare with yet"));
  }

  /** Of four customers who bought, one has left, which is no matter of satisfaction. */
  @ParameterizedTest
  @CsvSource({
    "EN, '447.08 GBP; satisfaction is known for 3 customers, and 1 more counts as having left'",
    "ZH, '447.08 GBP；3 位客户的满意度已知，另有 1 位按规则视为已流失'"
  })
  void theValueAtRiskSaysOfWhomItIs(Language language, String exact) throws IOException {
    assertTrue(
        release.report(language).replace('\u00a0', ' ').contains("<p class=\"exact\">" + exact));
  }

  /** Expected sales were 9,000 GBP by model 0000 and are 9,420 GBP by model 11fe. */
  @ParameterizedTest
  @CsvSource({
    "0000, 'up\">+420 GBP since the night of 2026-02-28; the model changed<'",
    "11fe, 'up better\">+420 GBP since the night of 2026-02-28<'"
  })
  void expectedSalesByAnotherModelAreNoChangeOfCustomers(String model, String delta)
      throws IOException {
    KeptFigures.Figure then =
        new KeptFigures.Figure(
            "card.foreseen.sale",
            "expected_sales_amount_next_365d",
            true,
            BigDecimal.valueOf(9_000),
            Optional.of(model));

    String page = release.report(Language.EN, List.of(night("2026-02-28", then)));

    assertTrue(page.replace('\u00a0', ' ').contains("<p class=\"delta " + delta), page);
  }

  @Test
  void nightsThatAreNotThereAreNamed() throws IOException {
    assertTrue(
        english.contains(
            "No night a month or a year earlier to compare with yet. Data begin on 2025-06-01: of the"
                + " 365 days up to 2026-02-28 they cover 273."),
        english);
    assertTrue(
        release.report(Language.ZH, List.of(night("2026-01-31"))).contains("一年前还没有可作比较的批次。"));
  }

  /** The value, the changes and the line of a headline figure. */
  private static List<String> card(String page, String name) {
    Matcher card =
        Pattern.compile("(?s)<p class=\"name\">%s</p>.*?</div>".formatted(name)).matcher(page);
    assertTrue(card.find(), page);
    return Pattern.compile(
            "<p class=\"(?:value|delta up better)\">(.*?)</p>|aria-label=\"(.*?)\"|points=\"(.*?)\"")
        .matcher(card.group())
        .results()
        .map(
            it ->
                Stream.of(it.group(1), it.group(2), it.group(3))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow())
        .map(it -> it.replace('\u00a0', ' '))
        .toList();
  }

  private static KeptFigures.Figure figure(String card, String column, long value) {
    return new KeptFigures.Figure(card, column, false, BigDecimal.valueOf(value), Optional.empty());
  }

  private static KeptFigures night(String day, KeptFigures.Figure... figures) {
    return new KeptFigures(LocalDate.parse(day), List.of(figures), List.of(), 0);
  }

  @Test
  void eachPictureSaysWhatItShows() {
    assertEquals(
        """
        All 5 customers, those with the largest net sales first. Amounts are rounded to whole units.
        Gold: 1 customer, 20.0 % of those ranked, with 88.0 % of their net sales. Ranked by 80 % profit (last 365 days); 20 % net sales (last 365 days).
        Of the customers who bought or returned something (5), the largest 20 % account for 88.0 % of net sales (last 365 days); 80 % come from 1 customer, 20.0 % of them. Gini coefficient: 0.74.
        The cell with the most net sales, frequency 2 and monetary value 2, has 1 customer and 88.0 % of net sales; the cell with the most customers, frequency 1 and monetary value 1, has 80.0 % of customers.
        The cell with the most net sales, frequency 2 and recency 2, has 1 customer and 88.0 % of net sales; the cell with the most customers, frequency 1 and recency 1, has 80.0 % of customers.
        The most comes from Champions: 88.0 % of net sales, with 20.0 % of customers.
        Both values are high: 1 customer, 20.0 % of all, with 88.0 % of net sales. Only potential value is high, with room to grow: 1 customer.
        There are 2 segments. The most comes from Stars: 2 customers, 40.0 % of all, with 94.5 % of net sales. Of 1 customer too little is known.
        Since the night of 2026-02-28 (1 day), 3 customers changed state (1 up, 1 down, 1 new) and 2 stayed. The largest change is from Gold to Basic: 1 customer.
        40.0 % of customers are Active, compared with 75.0 % on 2026-02-28.
        Over a holdout period of 100 days, for 4 customers, predicted gross sales were 12.0 % too low. Best at ranking customers: purchase rate so far (baseline).
        Models beside simple baselines; purchase rate so far (baseline) ranked customers best.
        The most comes from &lt;/script&gt;&lt;i&gt;North&lt;/i&gt;: 94.5 % of net sales, with 40.0 % of customers.
        Highest share: 10.0 % in &lt;/script&gt;&lt;i&gt;North&lt;/i&gt;. There, net sales of the 365 days to 2026-03-01 are 9,450 GBP; the market buys 94,503 GBP a year, as known since 2026-01-01. Without a customer: West.
        3 customers to look at, for 6 reasons: one-off big ticket, lapsing, moved down, falling sales, at risk of leaving, purchase unlikely. Most is at stake with dan: 7,000 GBP.
        20 rows were read, 17 were used. The other rows: excluded 1, quarantined 1, duplicates 1.
        2 checks: 1 warned, 0 refused.
        Everything on this page comes from the tables of run cafe01.
        """
            .strip(),
        found("<p class=\"says\">(.*?)</p>", ""));
  }

  @Test
  void whatCannotBeShownSaysWhy() {
    assertEquals(
        """
        No movement over 30 days: no night from 2026-01-15 to 2026-02-14 could be compared.
        Not computed, as opportunities is not mapped: expected_sales_amount.
        """
            .strip(),
        found("<p class=\"lacks\">(.*?)</p>", ""));
  }

  /** Expects the longest period first, as few customers move from one night to the next. */
  @Test
  void movesOverTheLongestPeriodComeFirst() throws IOException {
    String overAWeek = release.report(Language.EN, "movement.period_days=7");

    assertEquals(
        """
        Since the night of 2026-02-22 (7 days), 1 customer changed state (1 up) and 1 stayed. The largest change is from Basic to Gold: 1 customer.
        Since the night of 2026-02-28 (1 day), 3 customers changed state (1 up, 1 down, 1 new) and 2 stayed. The largest change is from Gold to Basic: 1 customer.\
        """
            .strip(),
        found(overAWeek, "<p class=\"says\">(Since.*?)</p>", ""));
    assertTrue(overAWeek.contains("<div class=\"view\" id=\"view-movement-profit_tier-7\">"));
    assertTrue(
        overAWeek.contains("<div class=\"view off-paper\" id=\"view-movement-profit_tier-1\">"));
  }

  /** Two checks: one warned, the other is of use on a screen only. */
  @Test
  void whatIsForAScreenIsNotPrinted() {
    String checks = english.substring(english.indexOf("id=\"view-quality-checks\""));

    assertTrue(english.contains("<div class=\"view\" id=\"view-movement-profit_tier-1\">"));
    assertEquals(
        List.of(" warned", " class=\"off-paper\" passed"),
        Pattern.compile("<tr( class=\"off-paper\")?><td data-head=\"Result\">(.*?)</td>")
            .matcher(checks)
            .results()
            .map(it -> Objects.requireNonNullElse(it.group(1), "") + " " + it.group(2))
            .toList());
  }

  @Test
  void limitsOfAmountsHaveTheirCurrency() {
    assertTrue(english.contains("\"Monetary bin (net sales), GBP\""), english);
    assertTrue(english.contains("\"Recency bin (days since the last purchase)\""), english);
  }

  /**
   * An amount of 200 GBP is worth a look: a tenth of 10,000 GBP by 5 customers. That the customer
   * who fell from Gold is slowing down, with the same 741 GBP, is no finding of its own.
   */
  @Test
  void thePageOpensWithFindingsRankedByMoney() throws IOException {
    assertEquals(
        """
        Profit pyramid: Gold gained 1 customer from lower levels since the night of 2026-02-28: net sales of those who rose are 8,800 GBP in the 365 days up to this night, and were 8,300 GBP in those up to that one.
        Profit pyramid: Gold lost 1 of 1 customer to lower levels since the night of 2026-02-28: net sales of those who fell were 741 GBP in the 365 days up to that night, and are 650 GBP in those up to this one.
        Net sales of 1 customer, 200 GBP or more (last 365 days), fall each month by at least 10 % of their own monthly mean; they come to 650 GBP.
        Net sales of the last 365 days are 10,000 GBP, which is 410 GBP more than on the night of 2026-02-28 (4.3 %).
        1 customer with an expected churn of at least 20 % has 260 GBP at risk: that churn times net sales (last 365 days), 200 GBP or more.
        """
            .strip(),
        found("<p class=\"finding\">(.*?)</p>", ""));
    assertEquals(
        """
        Compared with the night of 2026-02-28, 1 day before. Customer: ann. List
        Compared with the night of 2026-02-28, 1 day before. Customer: bob. List
        As it is on 2026-03-01; not compared with an earlier night. Customer: bob. List
        Compared with the night of 2026-02-28, 1 day before. List
        As it is on 2026-03-01; not compared with an earlier night. Customer: bob. List
        """
            .strip(),
        found("<p class=\"compared\">(.*?)</p>", ""));
    String chinese = release.report(Language.ZH);
    assertEquals(
        "较 2026-02-28 批次，利润金字塔“金”层级的 1 位客户中有 1 位降级，降级客户截至该批次的近 365 天净销售额为 741 GBP，截至本批次为 650 GBP。",
        found(chinese, "<p class=\"finding\">(.*?)</p>", "").lines().toList().get(1));
    assertEquals(
        "与 2026-02-28 的批次比较，相隔 1 天。客户：bob。 名单",
        found(chinese, "<p class=\"compared\">(.*?)</p>", "").lines().toList().get(1));
  }

  @Test
  void aDayInATableStaysOnOneLine() {
    assertTrue(english.contains("<td class=\"date\" data-head=\"Known since\">2026-01-01</td>"));
  }

  @Test
  void accountsToLookAtComeWithReasons() {
    assertEquals(
        """
        dan | 7,000.00 GBP | One-off big ticket: 7,000.00 GBP in all, and no purchase for longer than is usual.
        bob | 900.00 GBP | Lifecycle: from Active to Slowing down since the night of 2026-02-28. Profit pyramid: from Gold down to Basic since the night of 2026-02-28. Net sales fall by 20.0 % of their monthly mean each month. With an expected churn of 40.0 %, 260.10 GBP is at risk.
        &lt;script&gt;alert(1)&lt;/script&gt; | 384.83 GBP | May not come back: the probability of a purchase in the next 365 days is 30.0 %.
        """
            .strip(),
        section("accounts"));
  }

  /**
   * Gold and Basic are 1 and 3 among Platinum, Gold, Silver and Basic. Of ann one state has
   * changed, from Silver, which is 2; of bob two have.
   */
  @Test
  void thePageCarriesTheCustomersWithTheLargestNetSales() throws IOException {
    JsonNode list = list(english);

    assertEquals(
        "All 5 customers, those with the largest net sales first. Amounts are rounded to whole units.",
        found("<section id=\"customers\">.*?<p class=\"says\">(.*?)</p>", ""));
    assertEquals(
        List.of("Id", "Profit pyramid", "Scorecard quadrant", "Lifecycle"),
        list.get("fields").findValuesAsText("label").subList(0, 4));
    assertEquals(
        "[\"Platinum\",\"Gold\",\"Silver\",\"Basic\"]", list.at("/fields/1/words").toString());
    assertEquals(
        "ann 1 2,bob 3 4," + HandMadeRelease.WICKED + " 3 0,dan 3 0,eve 3 0,",
        said(
            list,
            row ->
                "%s %s %s,"
                    .formatted(row.get(0).asText(), row.get(1), row.get(row.size() - 1).size())));
    assertEquals("[1,2]", list.at("/rows/0").get(list.at("/rows/0").size() - 1).toString());
    assertEquals(
        "Profit pyramid: from Gold down to Basic since the night of 2026-02-28.",
        said(
            list,
            row ->
                row.get(0).asText().equals("bob")
                    ? list.at("/sentences")
                        .get(row.get(row.size() - 2).get(1).get(0).asInt())
                        .asText()
                    : ""));
    JsonNode churn = list.at("/rows/1").get(list.at("/rows/1").size() - 2).get(3);
    assertEquals(
        "With an expected churn of # %, # GBP is at risk.",
        list.at("/sentences").get(churn.get(0).asInt()).asText().replace('\u00a0', ' '));
    assertEquals("40.0 260.10", churn.get(1).asText() + " " + churn.get(2).asText());
  }

  @Test
  void theListIsCutOrLeftOutAsConfigured() throws IOException {
    String two = release.report(Language.EN, "output.report.rows=2");

    assertEquals("ann,bob,", said(list(two), row -> row.get(0).asText() + ","));
    assertTrue(two.contains("The 2 customers with the largest net sales, out of 5;"));
    assertTrue(two.contains("<a href=\"customers.csv\" download>"));
    assertFalse(english.contains("customers.csv"));
    assertFalse(
        release.report(Language.EN, "output.report.rows=0").contains("id=\"customer-data\""));
    assertFalse(
        release.report(Language.EN, "output.report.ids=false").contains("id=\"customer-data\""));
  }

  /** A finding whose customers have a reason opens the table of customers, filtered by it. */
  @Test
  void aFindingLinksToItsList() throws IOException {
    Pattern links =
        Pattern.compile(
            "<p class=\"compared\">.*?<a href=\"#(\\w+)\"(?: data-reason=\"([^\"]+)\")?>");

    assertEquals(
        List.of(
            "movement null",
            "customers Moved down",
            "customers Falling sales",
            "movement null",
            "customers At risk of leaving"),
        links.matcher(english).results().map(link -> link.group(1) + " " + link.group(2)).toList());
    assertFalse(
        release.report(Language.EN, "output.report.rows=0").contains("data-reason=\"Moved down"));
  }

  private static JsonNode list(String page) throws IOException {
    Matcher data =
        Pattern.compile("id=\"customer-data\"[^>]*>(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertTrue(data.find());
    return Json.TREES.readTree(data.group(1));
  }

  private static String said(JsonNode list, Function<JsonNode, String> words) {
    StringBuilder said = new StringBuilder();
    list.get("rows").forEach(row -> said.append(words.apply(row)));
    return said.toString();
  }

  @Test
  void rulesOfSegmentsAreInWords() {
    assertEquals(
        """
        Net sales (last 365 days) at least 600 GBP, recency below 100 days
        Net sales (last 365 days) below 600 GBP, recency from 100 days to below 400 days; Recency at least 400 days
        Unknown: recency
        """
            .strip(),
        found("<ul class=\"rules\">(.*?)</ul>", ""));
    assertEquals(
        """
        These rules find 95.0 % of its customers:
        Only roughly right: these rules find no more than 80.0 % of its customers:
        """
            .strip(),
        found("<p class=\"fidelity\">(.*?)</p>", "").strip());
  }

  @Test
  void whatComesFromDataStaysText() {
    assertFalse(english.contains(HandMadeRelease.WICKED));
    assertFalse(english.contains("<i>North"));
    assertFalse(english.contains("<b>GmbH"));
    assertTrue(english.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assertTrue(english.contains("R&amp;D &lt;b&gt;GmbH&lt;/b&gt;"));
  }

  @Test
  void idsCanBeLeftOut() throws IOException {
    String without = release.report(Language.EN, "output.report.ids=false");

    assertFalse(without.contains("alert(1)"));
    assertFalse(without.contains(">bob<"));
    assertTrue(without.contains("Customers are not shown (output.report.ids)"));
  }

  @Test
  void theSameReleaseGivesTheSameBytes() throws IOException {
    assertEquals(english, release.report(Language.EN));
  }

  @Test
  void thePageIsSmallAndAsksForNothing() {
    assertTrue(english.getBytes(StandardCharsets.UTF_8).length < MOST_BYTES);
    assertFalse(Pattern.compile("(src|href)=\"(https?:)?//").matcher(english).find());
  }

  private static String found(String pattern, String between) {
    return found(english, pattern, between);
  }

  private static String found(String page, String pattern, String between) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(it -> it.groupCount() > 1 ? it.group(1) + between + it.group(2) : it.group(1))
        .map(
            it -> it.replace("\u00a0", " ").replaceAll("</li><li>", "; ").replaceAll("<[^>]*>", ""))
        .collect(joining("\n"));
  }

  /** The table of a section, one line per row. */
  private static String section(String id) {
    String section = found(english, "<section id=\"%s\">(.*?)</section>".formatted(id), "").strip();
    assertFalse(section.isEmpty());
    String rows =
        english.substring(
            english.indexOf("<section id=\"%s\">".formatted(id)),
            english.indexOf("</section>", english.indexOf("<section id=\"%s\">".formatted(id))));
    return found(rows.replace("</td><td", " | </td><td"), "<tr>(<td.*?)</tr>", "");
  }

  private static String duck(String query) throws SQLException {
    StringBuilder lines = new StringBuilder();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(view("i", "customer_indicators"));
      statement.execute(view("v", "customer_value"));
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          lines.append(rows.getString(1)).append('\n');
        }
      }
    }
    return lines.toString().strip();
  }

  private static String view(String name, String table) {
    return "CREATE VIEW %s AS SELECT * FROM read_parquet('%s/*.parquet')"
        .formatted(name, release.tables().resolve(table));
  }

  /** Listener that counts the queries of Spark. */
  private static final class Questions implements QueryExecutionListener {
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

    @Override
    public void onSuccess(String function, QueryExecution execution, long nanoseconds) {
      asked.add(function);
    }

    @Override
    public void onFailure(String function, QueryExecution execution, Exception failure) {
      asked.add(function);
    }
  }
}
