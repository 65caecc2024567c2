package io.karat.report;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.KeyAccountSelection.Selected;
import io.karat.run.Json;
import io.karat.scores.ScorePlan;
import io.karat.settings.BilingualText;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Language;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the sentences with which the page and the console open. */
class FindingSearchTest {
  private static final String CONFIGURATION =
      """
      name: toy
      currency: EUR
      inputs:
        transactions:
          path: none
          columns: {customer_id: c, transaction_time: t, amount: a, transaction_id: i, cost: k}
      """;
  private static final BigDecimal LEAST = new BigDecimal("100");

  /** Of 20 platinum customers of a week ago 6 are gold now, 13 stayed and 1 is no longer there. */
  private static final List<TableRow> MOVES =
      List.of(
          move("PLATINUM", "GOLD", 6, "206790.40", "150000"),
          move("PLATINUM", "PLATINUM", 13, "500000", "510000"),
          move("PLATINUM", "left", 1, "30000", "0"),
          move("GOLD", "PLATINUM", 1, "9000", "20000"),
          move("never_seen", "GOLD", 2, "0", "700"));

  private static final List<TableRow> CURVE =
      List.of(share(1, 1, "400", "0.4"), share(50, 2, "700", "0.7"), share(100, 4, "1000", "1"));

  @Test
  void eachFindingComparesWithTheNightThatItNames() {
    List<TableRow> accounts =
        List.of(
            fallen("c1", "Ann Ltd", "GOLD"),
            fallen("c2", "", "GOLD"),
            fallen("c3", "Cy", "SILVER"));

    assertEquals(
        """
        Profit pyramid: Platinum lost 6 of 20 customers to lower levels since the night of 2026-02-22: net sales of those who fell were 206,790 EUR in the 365 days up to that night, and are 150,000 EUR in those up to this one. Compared with the night of 2026-02-22, 7 days before. Ann Ltd, c2, Cy
        Net sales of the last 365 days are 680,700 EUR, which is 65,090 EUR less than on the night of 2026-02-22 (8.7 %). Compared with the night of 2026-02-22, 7 days before.
        Profit pyramid: Platinum gained 1 customer from lower levels since the night of 2026-02-22: net sales of those who rose are 20,000 EUR in the 365 days up to this night, and were 9,000 EUR in those up to that one. Compared with the night of 2026-02-22, 7 days before.
        2 customers are new since the night of 2026-02-22, with net sales of 700 EUR in the last 365 days. Compared with the night of 2026-02-22, 7 days before.
        """,
        english(found(Map.of("transitions", MOVES), accounts, List.of())));
  }

  /** Of the largest customer the finding about platinum tells already, so two are told of. */
  @Test
  void aFirstNightSaysThatThereIsNothingToCompareWith() {
    Map<String, List<TableRow>> tables =
        Map.of(
            "concentration",
            CURVE,
            "tiers",
            List.of(
                row(
                    Map.of(
                        "model",
                        "profit_tier",
                        "tier",
                        "PLATINUM",
                        "position",
                        1L,
                        "customer_count",
                        1L,
                        "customer_share",
                        new BigDecimal("0.25"),
                        "net_sales_amount_365d",
                        new BigDecimal("400"),
                        "net_sales_share",
                        new BigDecimal("0.4")))));

    assertEquals(
        """
        Net sales (last 365 days) are 1,000 EUR. There is no earlier night to compare with.
        The largest 2 of 4 customers who bought or returned something make 70.0 % of net sales (last 365 days): 700 EUR. There is no earlier night to compare with.
        Profit pyramid: Platinum has 1 customer, 25.0 % of those ranked, and 40.0 % of their net sales of the last 365 days: 400 EUR. There is no earlier night to compare with.
        """,
        english(found(tables, List.of(), List.of())));
  }

  @Test
  void whatIsAtStakeSaysFromWhichAmountOnItCounts() {
    List<Finding> findings =
        found(
            Map.of(), List.of(), List.of(total("OVERDUE", 3, "900"), total("CHURN", 1, "250.50")));

    assertEquals(
        """
        3 customers owe 900 EUR that is past due: 100 EUR or more each, and at least 1 % of their net sales (last 365 days). There is no earlier night to compare with.
        1 customer with an expected churn of at least 20 % has 251 EUR at risk: that churn times net sales (last 365 days), 100 EUR or more. There is no earlier night to compare with.
        """,
        english(findings));
    assertEquals(
        List.of(
            "3 位客户逾期欠款合计 900 EUR；每位不低于 100 EUR，且不低于其净销售额（最近 365 天）的 1%。",
            "1 位客户的预期流失率不低于 20%，流失风险金额为 251 EUR（预期流失率 × 净销售额（最近 365 天））；不低于 100 EUR。"),
        findings.stream().map(it -> it.message().zh().replace('\u00a0', ' ')).toList());
    assertEquals(
        List.of(
            "SELECT * FROM key_accounts WHERE reason = 'OVERDUE' ORDER BY position",
            "SELECT * FROM key_accounts WHERE reason = 'CHURN' ORDER BY position"),
        findings.stream().map(Finding::list).toList());
  }

  /** There are more customers with less at stake, of whom no finding speaks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FALLING | 2 | Net sales of 2 customers, 100 EUR or more each (last 365 days), fall each month by at least 10 % of their own monthly mean; they come to 900 EUR.",
        "FALLING | 1 | Net sales of 1 customer, 100 EUR or more (last 365 days), fall each month by at least 10 % of their own monthly mean; they come to 900 EUR.",
        "LEAVING | 2 | 2 customers will each buy within 365 days with a probability below 50 %: 900 EUR of net sales (last 365 days), times the probability of no purchase, is at stake, 100 EUR or more each.",
        "LAPSING | 2 | 2 customers with net sales of 100 EUR or more each in all became Slowing down, Lapsed or Lost since the previous night; their net sales (last 365 days) were 800 EUR on that night.",
        "OVERDUE | 1 | 1 customer owes 900 EUR that is past due: 100 EUR or more, and at least 1 % of its net sales (last 365 days).",
      })
  void everyAmountAtStakeSaysFromWhichAmountOnItCounts(
      String reason, long customers, String message) {
    TableRow total =
        row(
            Map.of(
                "reason",
                reason,
                "customers",
                customers,
                "stake",
                new BigDecimal("900"),
                "sales then",
                new BigDecimal("800")));

    assertEquals(
        message,
        found(Map.of(), List.of(), List.of(total)).get(0).message().en().replace('\u00a0', ' '));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the same customers and money,             c1 c2, 10000, LOST",
    "nearly as much money,                     c1 c2, 9100,  LOST",
    "less money,                               c1 c2, 8900,  LOST LAPSING",
    "other customers with the same money,      c3 c4, 10000, LAPSING LOST",
    "half of them are others,                  c1 c3, 10000, LAPSING LOST",
    "one of them,                              c1,    10000, LAPSING LOST",
  })
  void ofTwoFindingsOnTheSameCustomersAndMoneyOneStands(
      String what, String customers, String amount, String expected) {
    List<TableRow> accounts = new ArrayList<>();
    List.of("c1", "c2").forEach(id -> accounts.add(fallen(id, "", "GOLD")));
    List<String> lapsing = List.of(customers.split(" "));
    lapsing.forEach(id -> accounts.add(row(Map.of("customer_id", id, "reason", "LAPSING"))));
    TableRow total =
        row(
            Map.of(
                "reason",
                "LAPSING",
                "customers",
                (long) lapsing.size(),
                "sales then",
                new BigDecimal(amount)));
    List<TableRow> moves = List.of(move("PLATINUM", "GOLD", 2, "10000", "10000"));

    assertEquals(
        expected, codes(found(Map.of("transitions", moves), accounts, List.of(total))), what);
  }

  /** What customers owe is other money than what they bought, also if it is as much. */
  @Test
  void whatIsOverdueStandsBesideSalesOfTheSameCustomers() {
    List<TableRow> accounts =
        List.of(
            row(Map.of("customer_id", "c1", "reason", "OVERDUE")),
            row(Map.of("customer_id", "c1", "reason", "FALLING")));

    assertEquals(
        "FALLING OVERDUE",
        codes(
            found(
                Map.of(),
                accounts,
                List.of(total("OVERDUE", 1, "900"), total("FALLING", 1, "900")))));
  }

  @ParameterizedTest
  @CsvSource({
    "1, EN, Customer: Ann.",
    "1, ZH, 客户：Ann。",
    "2, EN, 'Largest: Ann, Bo.'",
    "2, ZH, '金额最大：Ann, Bo。'"
  })
  void aSingleCustomerIsNotCalledTheLargest(int customers, Language language, String sentence) {
    String names = String.join(", ", List.of("Ann", "Bo").subList(0, customers));

    assertEquals(sentence, Finding.largest(customers, names, language));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EN | Ann, Bo         | Ann, Bo",
        "ZH | Ann, Bo         | Ann、Bo",
        "ZH | Ann             | Ann",
        "ZH | Smith, Ann, Bo  | Smith, Ann, Bo",
      })
  void namesAreListedAsALanguageDoesIt(Language language, String names, String listed) {
    String ids = names.equals("Ann") ? "c1" : "c1, c2";

    assertEquals(listed, Finding.listed(names, ids, language));
  }

  /** The query of a finding may list more customers than the finding speaks of. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | ''                    | ''",
        "1 | Customer: Ann.        | 客户：Ann。",
        "2 | 'Largest: Ann, Bo.'   | '金额最大：Ann、Bo。'",
        "3 | 'Largest: Ann, Bo, C.' | '金额最大：Ann、Bo、C。'",
        "9 | 'Largest: Ann, Bo, C.' | '金额最大：Ann、Bo、C。'"
      })
  void aFindingNamesNobodyBeyondItsCustomers(int customers, String english, String chinese) {
    List<String> listed = List.of("Ann", "Bo", "C", "D");
    BilingualText text = new BilingualText("", "");
    Finding finding =
        new Finding(
                "CONCENTRATION",
                "",
                customers,
                BigDecimal.ONE,
                false,
                "SELECT 1",
                List.of(),
                List.of(),
                text,
                text)
            .naming(listed, listed);

    assertEquals(english, finding.largest(Optional.empty(), Language.EN).orElse(""));
    assertEquals(chinese, finding.largest(Optional.empty(), Language.ZH).orElse(""));
  }

  /** The 365 days up to the night of 2026-02-22 begin on 2025-02-23. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''         | ''   | ''",
        "2024-06-01 | ''   | ''",
        "2025-02-23 | ''   | ''",
        "2025-02-24 | ' Data begin on 2025-02-24: of the 365 days up to 2026-02-22 they cover 364.'"
            + " | 数据始于 2025-02-24：截至 2026-02-22 的 365 天中仅覆盖 364 天。",
        "2026-02-22 | ' Data begin on 2026-02-22: of the 365 days up to 2026-02-22 they cover 1.'"
            + " | 数据始于 2026-02-22：截至 2026-02-22 的 365 天中仅覆盖 1 天。"
      })
  void whatIsComparedWithAYearThatDataDoNotCoverSaysSo(
      String firstDay, String english, String chinese) {
    ObjectNode run = run();
    if (!firstDay.isEmpty()) {
      run.withObject(ComparedYear.SALES).put("first_day", firstDay);
    }
    Map<String, String> comparisons = new TreeMap<>();
    Map<String, String> inChinese = new TreeMap<>();
    found(Map.of("transitions", MOVES), List.of(), List.of(), run)
        .forEach(
            it -> {
              comparisons.put(it.code(), it.comparison().en());
              inChinese.put(it.code(), it.comparison().zh());
            });

    String compared = "Compared with the night of 2026-02-22, 7 days before.";
    assertEquals(
        Map.of(
            "APPEARED", compared,
            "GAINED", compared + english,
            "LOST", compared + english,
            "NET_SALES", compared + english),
        comparisons);
    assertTrue(
        inChinese.getOrDefault("LOST", "").endsWith("相隔 7 天。" + chinese), inChinese::toString);
  }

  private static String codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).collect(joining(" "));
  }

  private static String english(List<Finding> findings) {
    StringBuilder lines = new StringBuilder();
    for (Finding it : findings) {
      String line =
          "%s %s %s"
              .formatted(
                  it.message().en(), it.comparison().en(), String.join(", ", it.largestNames()));
      lines.append(line.replace('\u00a0', ' ').strip()).append('\n');
    }
    return lines.toString();
  }

  private static List<Finding> found(
      Map<String, List<TableRow>> tables, List<TableRow> accounts, List<TableRow> totals) {
    return found(tables, accounts, totals, run());
  }

  private static ObjectNode run() {
    ObjectNode run = Json.TREES.createObjectNode();
    run.put("as_of_date", "2026-03-01");
    return run;
  }

  private static List<Finding> found(
      Map<String, List<TableRow>> tables,
      List<TableRow> accounts,
      List<TableRow> totals,
      ObjectNode run) {
    Map<String, List<TableRow>> all = new LinkedHashMap<>(tables);
    all.putIfAbsent("tiers", List.of(row(Map.of("model", "profit_tier"))));
    return new FindingSearch(
            brief(Language.EN, all, run),
            brief(Language.ZH, all, run),
            new Selected(accounts, totals),
            LEAST)
        .findings();
  }

  private static ReportData brief(
      Language language, Map<String, List<TableRow>> tables, ObjectNode run) {
    Settings settings =
        ConfigurationReader.read("karat.yaml", CONFIGURATION, Map.of(), List.of(), new Problems());
    return new ReportData(
        settings,
        ScorePlan.builtIn(),
        new Messages(language, new NumberFormats(language, settings.currency(), 2)),
        tables,
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        run,
        Optional.empty());
  }

  private static TableRow move(String from, String to, long customers, String before, String now) {
    return row(
        Map.of(
            "model",
            "profit_tier",
            "period_days",
            1L,
            "from_date",
            LocalDate.parse("2026-02-22"),
            "from_state",
            from,
            "to_state",
            to,
            "customer_count",
            customers,
            "net_sales_amount_365d_before",
            new BigDecimal(before),
            "net_sales_amount_365d_now",
            new BigDecimal(now)));
  }

  private static TableRow share(long percent, long customers, String amount, String share) {
    return row(
        Map.of(
            "indicator",
            "net_sales_amount_365d",
            "percent",
            percent,
            "customer_count",
            customers,
            "amount",
            new BigDecimal(amount),
            "amount_share",
            new BigDecimal(share)));
  }

  private static TableRow fallen(String id, String name, String now) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("customer_id", id);
    values.put("reason", "MOVED_DOWN");
    values.put("previous_profit_tier", "PLATINUM");
    values.put("profit_tier", now);
    if (!name.isEmpty()) {
      values.put("display_name", name);
    }
    return row(values);
  }

  private static TableRow total(String reason, long customers, String stake) {
    return row(Map.of("reason", reason, "customers", customers, "stake", new BigDecimal(stake)));
  }

  private static TableRow row(Map<String, ?> values) {
    return new TableRow(new LinkedHashMap<>(values));
  }
}
