package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedFirm;
import io.karat.explain.PublishedAnswer;
import io.karat.explain.PublishedCustomer;
import io.karat.night.CustomerIds;
import io.karat.night.NightPlan;
import io.karat.night.NightResult;
import io.karat.run.UsageException;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.Language;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the output of {@code explain}. */
@ExtendWith(LocalSpark.class)
class ExplainTest {
  private static final Path EXPECTED = Path.of("src/test/resources/io/karat/cli");

  private static final Map<String, CustomerExplanation> EXPLAINED = new TreeMap<>();

  @TempDir private static Path folder;
  private static ExplainedFirm firm;
  private static NightResult night;

  @BeforeAll
  static void publishANight(SparkSession spark) throws IOException {
    firm = ExplainedFirm.at(spark, folder);
    night = firm.firm().run(ExplainedFirm.NIGHT, firm.settings());
  }

  /**
   * Receivables: ann owes 100 for 38 days from 11-02, 300 for 36 from 12-10, 600 for 5 from 01-15,
   * 350 for 21 from 01-20, 200 for 10 from 02-10, 900 for 1 on 02-20, 850 for 4 from 02-21 and 870
   * for 5 from 02-25: 120 days, and 3,800 + 10,800 + 3,000 + 7,350 + 2,000 + 900 + 3,400 + 4,350.
   */
  @Test
  void everyValueIsWhatAHandComputes() throws IOException {
    String values =
        """
        transaction_count_120d                 | 3                     | s2, s3, s4
        sales_amount_120d                      | 1,200.00              | 200 + 300 + 700
        net_sales_amount_120d                  | 1,150.00              | 1,200 - 50
        average_transaction_amount_120d        | 400.000000            | 1,200 / 3
        maximum_transaction_amount_120d        | 700.00                | s4
        largest_two_transactions_amount        | 1,000.00              | 300 + 700
        return_amount_120d                     | 50.00                 | r1
        return_count_120d                      | 1                     | r1
        return_rate_120d                       | 0.041667 = 4.1667 %   | 50 / 1,200
        transaction_day_count_120d             | 3                     | 12-10, 01-15, 02-20
        tenure_days                            | 147                   | 26 in October, 30, 31, 31, 28, 1
        first_sale_date                        | 2025-10-05            | s1, before the window
        last_sale_date                         | 2026-02-20            | s4
        average_transaction_interval_days_120d | 36.000000             | 12-10 to 02-20 are 21 + 31 + 20 days / 2
        recency_days                           | 9                     | 02-20 to 03-01
        lateness                               | 1.000000              | 9 days, late after 1.5 * 46
        sales_trend_120d                       | 0.586957 = 58.6957 %  | months 200, 300, 650: slope 225 / mean 383.33
        active_month_share_120d                | 1.000000 = 100 %      | December, January, February
        receipt_amount_120d                    | 400.00                | 250 + 150
        maximum_receipt_amount_120d            | 250.00                | p1
        average_receipt_amount_120d            | 200.000000            | 400 / 2
        average_collection_period_days_120d    | 30.956522             | 35,600 / 1,150
        average_arrears_amount_120d            | 296.666667            | 35,600 / 120
        average_arrears_rate_120d              | 1.000000 = 100 %      | all of it is due at once
        arrears_amount                         | 870.00                | 1,300 - 50 - 400 + 20
        days_beyond_terms_120d                 | 30.956522             | 35,600 / 1,150
        days_paid_early_120d                   | 0.000000              | nothing is
        payment_index_120d                     | 49.681159             | 50 - 10 * 0.956522 / 30
        task_count_120d                        | 1                     | one of three
        process_count_120d                     | 0                     | none
        contact_count_120d                     | 3                     | all
        praise_ratio_120d                      | 0.333333 = 33.3333 %  | 1 / 3
        complaint_ratio_120d                   | 0.333333 = 33.3333 %  | 1 / 3
        won_back_count_120d                    | 1                     | 01-05, and s4 on 02-20
        suggestion_ratio_120d                  | 0.000000 = 0 %        | 0 / 3
        satisfaction_120d                      | 3.000000              | (2 + 4) / 2
        service_cost_120d                      | 8.00                  | 5 + 3
        service_cost_since_sale                | 0.00                  | none since s4 on 02-20
        days_since_last_contact                | 23                    | 02-06 to 03-01
        created_date                           | 2025-09-01            | as delivered
        parent_customer_id                     | (another customer)    | another customer's id is not shown
        display_name                           | Ann's shop            | as delivered
        is_listed                              | yes                   | true
        region                                 | NORTH                 | as delivered
        region_value                           | 2                     | what NORTH is worth
        big_share_120d                         | 0.833333 = 83.3333 %  | (300 + 700) / 1,200
        transaction_count_365d                 | 4                     | s1 too
        net_sales_amount_365d                  | 1,250.00              | s1 too
        net_sales_amount_lifetime              | 1,250.00              | the same
        won_back_count_365d                    | 1                     | the same
        service_cost_365d                      | 8.00                  | the same
        """;
    CustomerFigures figures = new CustomerFigures(Language.EN, Optional.empty());

    String shown =
        explained("ann-1999").indicators().stream()
            .map(
                indicator ->
                    indicator.column().name()
                        + " | "
                        + figures.value(indicator.value(), indicator.column().indicator().unit()))
            .collect(Collectors.joining("\n"));

    assertEquals(
        values
            .lines()
            .map(line -> line.split(" *\\| *"))
            .map(cells -> cells[0] + " | " + cells[1])
            .collect(Collectors.joining("\n")),
        shown);
  }

  /** The numbers are those of {@link #everyValueIsWhatAHandComputes}. */
  @Test
  void aTranscriptInEnglish() throws IOException {
    assertTranscript("explain.txt", shown("ann-1999", Language.EN));
  }

  @Test
  void aTranscriptInChinese() throws IOException {
    assertTranscript("explain.zh.txt", shown("ann-1999", Language.ZH));
  }

  @Test
  void noIdOfAnotherCustomerIsShown() throws IOException {
    String shown = shown("ann-1999", Language.EN);

    assertFalse(shown.contains("bob"), shown);
    assertFalse(shown.contains("hq-secret"), shown);
  }

  @Test
  void whatIsUnknownIsSaidToBe() throws IOException {
    assertTrue(
        shown("bob", Language.EN)
            .contains(
                """
                = datediff(last_sale_day, first_sale_day) / (transaction_day_count - 1)
                    = datediff(2026-02-22, 2026-02-22) / (1 - 1)
                """),
        () -> "bob");
    assertEquals(
        List.of("unknown", "未知", "1,234.50", "0.1 = 10 %", "是", "a b"),
        List.of(
            figures(Language.EN).plain(Optional.empty()),
            figures(Language.ZH).plain(Optional.empty()),
            figures(Language.EN).plain(Optional.of(new BigDecimal("1234.50"))),
            figures(Language.EN).value(Optional.of(new BigDecimal("0.1")), Unit.SHARE),
            figures(Language.ZH).value(Optional.of(true), Unit.FLAG),
            figures(Language.EN).value(Optional.of("a\nb"), Unit.TEXT)));
  }

  @Test
  void aCustomerOfNoUsedRowHasNoIndicators() throws IOException {
    assertEquals(
        """
        Customer cid.
        Night 2026-03-01: run RUN is live.
        Amounts without a unit are in GBP.

        Rows of the customer
          transactions: 1 read, 1 after the as-of day.

        The customer has no used row, so customer_indicators has no row for this customer.

        Published by run RUN: no row for this customer either.
        """
            .replace("RUN", night.run().id()),
        shown("cid", Language.EN));
  }

  @Test
  void aCustomerOfNoRowIsAWrongId() {
    UsageException unknown = assertThrows(UsageException.class, () -> explained("Ann"));

    assertEquals(
        "Customer 'Ann' has no row on night 2026-03-01: looked in transactions, payments, contacts,"
            + " customers. Check the id; --as-of explains another night.",
        unknown.getMessage());
  }

  @Test
  void everyCustomerEqualsThePublishedRow() throws IOException {
    for (String customer : List.of("ann-1999", "bob")) {
      PublishedCustomer published = explained(customer).published().orElseThrow();
      assertEquals(PublishedCustomer.State.EQUAL, published.state(), customer);
      assertEquals(51, published.columns());
    }
  }

  @Test
  void aNightThatIsNotPublishedIsComputedAllTheSame() throws IOException {
    String shown = shown(explained("bob", "2026-02-22"), Language.EN);

    assertTrue(
        shown.startsWith(
            """
            Customer bob. All aliases: bob-1999.
            Night 2026-02-22: no run is published.
            """),
        shown);
    assertFalse(shown.contains("Published by"), shown);
  }

  /**
   * Without the return months are 200, 300 and 700: slope 250, mean 400. From 02-20 on ann owes 900
   * for 5 days, then 920 for 5: 36,050 in all, by 1,200 and by 120.
   */
  @Test
  void whatDiffersFromThePublishedRowIsNamed() throws IOException {
    String shown =
        shown(
            explained(
                "ann",
                ExplainedFirm.NIGHT,
                "inputs.transactions.where=kind NOT IN ('TEST', 'RETURN')",
                "indicators.custom={mine: {value: big_sales, unit: money}}"),
            Language.EN);

    String published = shown.substring(shown.indexOf("Published by"));
    assertEquals(
        """
        Published by run RUN: 12 of 50 indicators differ.
          column                               published   now
          -----------------------------------  ----------  ----------
          net_sales_amount_120d                1,150.00    1,200.00
          return_amount_120d                   50.00       0.00
          return_count_120d                    1           0
          return_rate_120d                     0.041667    0.000000
          sales_trend_120d                     0.586957    0.625000
          average_collection_period_days_120d  30.956522   30.041667
          average_arrears_amount_120d          296.666667  300.416667
          arrears_amount                       870.00      920.00
          days_beyond_terms_120d               30.956522   30.041667
          payment_index_120d                   49.681159   49.986111
          net_sales_amount_365d                1,250.00    1,300.00
          net_sales_amount_lifetime            1,250.00    1,300.00
          Only published: big_share_120d.
          Only computed now: mine_120d.
        Late rows or changed settings cause such a difference: 'karat run --as-of 2026-03-01' publishes the night again.
        """
            .replace("RUN", night.run().id()),
        published);
  }

  /** Explains a customer of the published night, once per customer. */
  private static CustomerExplanation explained(String customer) throws IOException {
    CustomerExplanation known = EXPLAINED.get(customer);
    if (known != null) {
      return known;
    }

    CustomerExplanation explanation = explained(customer, ExplainedFirm.NIGHT);
    EXPLAINED.put(customer, explanation);
    return explanation;
  }

  private static CustomerExplanation explained(String customer, String asOf, String... sets)
      throws IOException {
    NightPlan plan = firm.firm().plan(firm.settings(sets));
    return CustomerExplanation.of(
        plan, customer, LocalDate.parse(asOf), firm.firm().out(), firm.firm().spark());
  }

  private static String shown(String customer, Language language) throws IOException {
    return shown(explained(customer), language);
  }

  private static String shown(CustomerExplanation explanation, Language language) {
    Transcript transcript = new Transcript(false);
    NightPlan plan = firm.firm().plan(firm.settings());
    ExplainCommand.show(explanation, plan, language, transcript.console());
    return transcript.results();
  }

  /** What was published comes first, before Spark has started; of an alias nothing is known yet. */
  @Test
  void whatWasPublishedIsReadWithoutSpark() throws IOException {
    assertEquals(
        """
        Customer ann, Ann's shop, on night 2026-03-01, as run %s published:
          Net sales (last 365 days)  1,250.00 GBP
          Last sale                  2026-02-20
        Now the same, derived step by step from the rows of this customer."""
            .formatted(night.facts().run().orElseThrow().id()),
        published("ann", Optional.empty(), Language.EN));
    assertEquals(
        """
        客户 ann（Ann's shop），批次 2026-03-01 的发布结果（运行 %s）：
          净销售额（最近 365 天）  1,250.00 GBP
          最近交易日               2026-02-20
        下面由该客户的明细数据逐步推导。"""
            .formatted(night.facts().run().orElseThrow().id()),
        published("ann", Optional.of(LocalDate.parse(ExplainedFirm.NIGHT)), Language.ZH));
    assertEquals("", published("ann-web", Optional.empty(), Language.EN));
    assertEquals("", published("nobody", Optional.empty(), Language.EN));
    assertEquals("", published("ann", Optional.of(LocalDate.parse("2026-02-28")), Language.EN));
  }

  private static String published(String customer, Optional<LocalDate> asOf, Language language)
      throws IOException {
    NightPlan plan = firm.firm().plan(firm.settings());
    return PublishedAnswer.of(plan, customer, asOf, firm.firm().out(), new Configuration(false))
        .map(it -> String.join("\n", new PublishedAnswerSection(language, plan).lines(it)))
        .orElse("");
  }

  /** States have the names that people know, and money its currency. */
  @Test
  void aPublishedAnswerIsInWords() {
    Map<String, String> states = new LinkedHashMap<>();
    states.put("customer_class", "LARGE");
    states.put("profit_tier", "PLATINUM");
    states.put("potential_tier", "GOLD");
    Map<String, BigDecimal> parts = new LinkedHashMap<>();
    parts.put("transaction_day_count_365d", new BigDecimal("50.00"));
    parts.put("sales_trend_365d", new BigDecimal("6.39"));
    PublishedAnswer.Points below =
        new PublishedAnswer.Points(
            new BigDecimal("56.39"), Optional.of(new BigDecimal("8.50")), parts);
    PublishedAnswer.Points top =
        new PublishedAnswer.Points(
            new BigDecimal("100.00"),
            Optional.empty(),
            Map.of("net_sales_amount_365d", new BigDecimal("100.00")));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("net_sales_amount_365d", new BigDecimal("630742.80"));
    figures.put("last_sale_date", LocalDate.parse("2026-02-20"));
    PublishedAnswer answer =
        new PublishedAnswer(
            "ann",
            Optional.empty(),
            LocalDate.parse("2026-03-01"),
            "r1",
            states,
            Map.of("profit_tier", top, "potential_tier", below),
            figures);
    NightPlan plan = firm.firm().plan("currency=GBP", "indicators.windows=[365d]");

    assertEquals(
        """
        Customer ann on night 2026-03-01, as run r1 published:
          Customer class             Large
          Sales pyramid              Platinum, 100 points: 100 from Net sales (last 365 days)
          Potential pyramid          Gold, 56.39 points: 50 from Days with a sale (last 365 days), 6.39 from Sales trend (last 365 days); 8.5 more to the next tier
          Net sales (last 365 days)  630,742.80 GBP
          Last sale                  2026-02-20
        Now the same, derived step by step from the rows of this customer.""",
        String.join("\n", new PublishedAnswerSection(Language.EN, plan).lines(answer)));
  }

  /**
   * Expects that a line is quarantined because of its transaction: the lines of s6 add up to less
   * than zero.
   */
  @Test
  void aLineIsQuarantinedForWhatItsTransactionAddsUpTo() throws IOException {
    CustomerExplanation lines =
        explained("ann", ExplainedFirm.NIGHT, "inputs.transactions.grain=line");

    assertEquals(
        List.of(
            "Rows of the customer",
            "  transactions: 9 read, 6 used, 1 excluded by 'where', 1 after the as-of day,"
                + " 1 quarantined.",
            "    1 quarantined as negative_amount: the amount is negative; for lines, the sum of"
                + " the transaction is."),
        new RowsSection(Language.EN).lines(lines).subList(0, 3));
  }

  /** Expects a message for a row that is missing on one side, and for a night that is deleted. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ONLY_COMPUTED  | Published by run r1: no row for this customer.
          ONLY_PUBLISHED | Published by run r1: a row for this customer, which would not be published now.
          NEITHER        | Published by run r1: no row for this customer either.
          DELETED        | Published by run r1: nothing to compare, as retention has deleted its tables.
          """)
  void whatCannotBeComparedIsSaid(PublishedCustomer.State state, String headline) {
    PublishedCustomer published =
        new PublishedCustomer("r1", false, state, 0, List.of(), List.of(), List.of());
    CustomerExplanation explanation =
        new CustomerExplanation(
            new CustomerIds("x", "x", new TreeSet<>(), false),
            LocalDate.parse(ExplainedFirm.NIGHT),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(published),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    assertEquals(
        headline,
        new PublishedSection(Language.EN, figures(Language.EN)).lines(explanation).get(0));
    assertEquals(
        "Night 2026-03-01: run r1 is published; another night is live.",
        new ExplainedCustomerSection(Language.EN, Optional.empty()).lines(explanation).get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          top | Customer top, which is its whole group, as 'hierarchy.level' is 'group'. All other ids of the group: sub, sub-1999.
          sub | Customer top, the group to which sub belongs. It is explained as a whole, as 'hierarchy.level' is 'group'. All other ids of the group: sub, sub-1999.
          """,
      quoteCharacter = '`')
  void aMemberOfAGroupThatCountsAsOneCustomerIsSaid(String asked, String line) {
    CustomerExplanation explanation =
        new CustomerExplanation(
            new CustomerIds(asked, "top", new TreeSet<>(List.of("sub", "sub-1999")), true),
            LocalDate.parse(ExplainedFirm.NIGHT),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    assertEquals(
        line,
        new ExplainedCustomerSection(Language.EN, Optional.empty()).lines(explanation).get(0));
  }

  private static CustomerFigures figures(Language language) {
    return new CustomerFigures(language, Optional.empty());
  }

  private static void assertTranscript(String name, String shown) throws IOException {
    Path expected = EXPECTED.resolve(name);
    String transcript = shown.replace(night.run().id(), "RUN");
    if (Boolean.getBoolean("karat.update")) {
      Files.writeString(expected, transcript);
    }
    assertEquals(Files.readString(expected), transcript);
  }
}
