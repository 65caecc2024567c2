package io.karat.report;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.report.Section.View;
import io.karat.run.Json;
import io.karat.scores.ScorePlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Language;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Tests of the sections on classes, tiers and criteria: a hundred customers with net sales of 1,000
 * EUR, of whom ten large ones bring 800.
 */
class RankedSectionsTest {
  private static final String CONFIGURATION =
      """
      currency: EUR
      inputs:
        transactions:
          path: data
          columns: {customer_id: c, transaction_time: t, amount: a}
      """;

  private static final String TIERS =
      """
      model          | tier     | tier_name | tier_name_zh | position | customer_count | customer_share | net_sales_amount_365d | net_sales_share | profit | profit_share | service_cost | contribution | open_complaint_count | complaint_resolution_days | won_back_count
      customer_class | SMALL    | Small     | 小客户       | 2        | 90             | 0.9            | 200                   | 0.2             | 80     | 0.5          | 10           | 70           | 3                    | 4.25                      | 6
      customer_class | LARGE    | Large     | 大客户       | 1        | 10             | 0.1            | 800                   | 0.8             | 80     | 0.5          | 60           | 20           | 1                    | 2                         | 1
      profit_tier    | PLATINUM | Platinum  | 铂金         | 1        | 1              | 0.01           | 50                    | 0.05            |        |              |              |              |                      |                           |
      """;

  private static final String FUNNEL =
      """
      screening    | position | criterion    | by_column           | bound | bound_value | customer_count | passed_count | failed_count | unknown_count | failed_alone_count | failed_alone_net_sales_amount_365d | remaining_count | net_sales_amount_365d
      key_customer | 2        | credit       | payment_index_365d  | min   | 70          | 20             | 12           | 8            | 0             | 1                  | 90                                 | 4               | 250
      key_customer | 1        | satisfaction | satisfaction_365d   | min   | 4           | 20             | 5            | 9            | 6             | 0                  | 0                                  | 5               | 340
      """;

  private static final String CHURN =
      """
      satisfaction_level | stated_rate | used_rate | period_days | night_pair_count | observed_count | left_count | observed_rate | observed_rate_low | observed_rate_high | verdict   | verdict_name     | verdict_name_zh | customer_count | net_sales_amount_365d
      1                  | 0.8         | 0.8       | 90          | 2                | 40             | 10         | 0.25          | 0.142             | 0.402              | TOO_HIGH  | Stated too high  | 配置值偏高      | 8              | 300
      5                  | 0.015       | 0.015     | 90          | 2                | 100            | 2          | 0.02          | 0.0055            | 0.07               | CONFIRMED | Confirmed        | 得到证实        | 30             | 500
      """;

  private static final String DISAGREEMENTS =
      """
      model       | level    | other_model    | other_level | is_disagreement | customer_count | net_sales_amount_365d | profit
      profit_tier | PLATINUM | customer_class | SMALL       | true            | 1              | 50                    | 9
      profit_tier | GOLD     | customer_class | LARGE       | true            | 6              | 500                   | 40
      profit_tier | BASIC    | customer_class | LARGE       | true            | 4              | 300                   | 40
      profit_tier | BASIC    | customer_class | SMALL       | false           | 89             | 150                   | 71
      """;

  private static final String CHANGES =
      """
      customer_id | display_name | model          | period_days | from_date  | change | from_state_name | from_state_name_zh | to_state_name | to_state_name_zh | net_sales_amount_365d_before | net_sales_amount_365d_now | contribution | crossings                            | all | all before | all now
      c9          |              | customer_class | 30          | 2026-01-30 | GAINED | Small           | 小客户             | Large         | 大客户           | 20                           | 90                        | 12           | net_sales_amount_365d, recency_days  | 2   | 30         | 150
      c4          | Miller       | customer_class | 30          | 2026-01-30 | LOST   | Large           | 大客户             | Small         | 小客户           | 80                           | 10                        | 1            |                                      | 1   | 80         | 10
      c4          | Miller       | customer_class | 1           | 2026-02-28 | LOST   | Large           | 大客户             | Small         | 小客户           | 80                           | 10                        | 1            |                                      | 1   | 80         | 10
      """;

  @Test
  void whoBringsVolumeAndWhoBringsProfitIsSaid() {
    Section english = new ProfitSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Large has the largest net sales, and brings more volume than profit: 80.0 % of net sales,"
            + " 50.0 % of profit; 10.0 % of its net sales is profit. More profit than volume comes"
            + " from Small (20.0 % of net sales, 50.0 % of profit). After service cost there"
            + " remain: Large 20 EUR (2.5 % of its net sales); Small 70 EUR (35.0 % of its net"
            + " sales). Profit is known of 95 of 100 customers.",
        says(english));
    assertEquals(
        "Large, 10, 10.0 %, 800.00 EUR, 80.0 %, 80.00 EUR, 50.0 %, 10.0 %, 60.00 EUR, 20.00 EUR, 2.5 %",
        row(english, 0));
    assertEquals(
        "“大客户”净销售额最大，获量多于获利：占净销售额 80.0%，占利润 50.0%；利润为其净销售额的 10.0%。获利多于获量的有：小客户（占净销售额"
            + " 20.0%，占利润 50.0%）。扣除服务成本后剩余：大客户 20 EUR（为其净销售额的 2.5%）；小客户 70 EUR（为其净销售额的"
            + " 35.0%）。共 100 位客户，其中 95 位利润已知。",
        says(new ProfitSection(brief(Language.ZH)).section().orElseThrow()));
  }

  @Test
  void openComplaintsAndThoseWonBackAreSaid() {
    Section english = new RecoverySection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Open: 4 complaints of 3 customers with net sales of 120 EUR in the last 365 days; the"
            + " most, 3, at level Small. Resolved complaints of the last 365 days (8) took 3.3 days"
            + " on average. After 7 of 12 complaints in these days the customer bought again within"
            + " 90 days; after the newest, these days are not over.",
        says(english));
    assertEquals("Large, 10, 80.0 %, 1, 25.0 %, 2.0, 1", row(english, 0));
    assertEquals(
        "未解决：3 位客户的 4 次投诉，这些客户近 365 天净销售额 120 EUR；“小客户”最多，为 3 次。近 365 天已解决的 8 次投诉平均用时"
            + " 3.3 天。同期的 12 次投诉中，有 7 次客户在其后 90 天内再次购买；最近的投诉尚未满 90 天。",
        says(new RecoverySection(brief(Language.ZH)).section().orElseThrow()));
  }

  @Test
  void theFunnelSaysWhatEachCriterionCosts() {
    Section english = new ScreeningSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Of 20 customers screened, all criteria are met by 4, with net sales of 250 EUR in the last"
            + " 365 days: 25.0 % of those of all customers. The criterion that costs most is"
            + " Payment index (last 365 days) at least 70: without it, 1 customer with net sales of"
            + " 90 EUR would pass. Least is known of Satisfaction (last 365 days): it is unknown of"
            + " 6 customers.",
        says(english));
    assertEquals(
        "Satisfaction (last 365 days) at least 4, 25.0 %, 5, 9, 6, 0, 0.00 EUR, 25.0 %, 5, 340.00 EUR",
        row(english, 0));
    assertTrue(
        says(new ScreeningSection(brief(Language.ZH)).section().orElseThrow())
            .startsWith("参与筛选的 20 位客户中有 4 位满足全部标准，近 365 天净销售额 250 EUR，占全部客户的 25.0%。"));
  }

  /** 0.25 and 0.8 of net sales of 300 EUR. */
  @Test
  void aStatedRateThatIsRefutedIsSaidInMoney() {
    Section english = new ChurnSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Over 2 pairs of nights, 90 days apart, 12 of 140 customers with a known satisfaction left."
            + " The stated rate of satisfaction 1 is too high by the most money: 80.0 % stated,"
            + " 25.0 % observed (14.2 % to 40.2 %). Of the net sales of 8 customers now at this"
            + " level that is 75 EUR expected to go, where 240 EUR are stated.",
        says(english));
    assertEquals(
        "1, 80.0 %, 25.0 %, 14.2 % to 40.2 %, 40, 10, Stated too high, 8, 300.00 EUR",
        row(english, 0));
    assertTrue(
        says(new ChurnSection(brief(Language.ZH)).section().orElseThrow())
            .endsWith("该等级现有 8 位客户，按观察值其净销售额预期流失 75 EUR，按配置为 240 EUR。"));
    assertEquals(
        "No stated rate is refuted: 1 of 1 are confirmed, of the others too few customers were"
            + " observed.",
        says(new ChurnSection(
                    brief(Language.EN, "churn_levels", CHURN.replaceAll("1 .*TOO_HIGH.*\n", "")))
                .section()
                .orElseThrow())
            .replaceFirst(".*left\\. ", ""));
  }

  @Test
  void whatAClassByOneIndicatorMissesIsSaid() {
    Section english = new DisagreementSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Large (Customer class) leaves out 1 of 1 customer in Platinum (Profit pyramid), with net"
            + " sales of 50 EUR in the last 365 days. Platinum (Profit pyramid) leaves out 10 of 10"
            + " customers in Large (Customer class), with net sales of 800 EUR in the last 365"
            + " days.",
        says(english));
    assertEquals(
        "Large (Customer class), Platinum (Profit pyramid), 10, 800.00 EUR, 80.00 EUR",
        row(english, 0));
    assertEquals(
        "铂金（利润金字塔）共 1 位客户，其中 1 位不在大客户（客户分类）之列，近 365 天净销售额 50"
            + " EUR。大客户（客户分类）共 10 位客户，其中 10 位不在铂金（利润金字塔）之列，近 365 天净销售额 800 EUR。",
        says(new DisagreementSection(brief(Language.ZH)).section().orElseThrow()));
  }

  /** The longest period is shown, from 2026-01-30 to 2026-03-01. */
  @Test
  void accountsGainedAndLostAreNamed() {
    Section english = new AccountChangeSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Since the night of 2026-01-30 (30 days): 2 customers came into Large, with net sales of"
            + " 150 EUR in the last 365 days, and of 30 EUR in those up to that night. 1 customer"
            + " left Large, with net sales of 80 EUR in the 365 days up to that night, and of 10"
            + " EUR in the last 365 days.",
        says(english));
    assertEquals(
        "c9, Small, Large, 20.00 EUR, 90.00 EUR, 12.00 EUR, Net sales (last 365 days); Recency",
        row(english, 0));
    assertEquals("Miller (c4), Large, Small, 80.00 EUR, 10.00 EUR, 1.00 EUR, ", row(english, 1));
    assertEquals(
        "较 2026-01-30 批次（相隔 30 天）：2 位客户进入“大客户”，近 365 天净销售额 150 EUR，截至该批次为 30 EUR。1"
            + " 位客户离开“大客户”，截至该批次的近 365 天净销售额 80 EUR，现为 10 EUR。",
        says(new AccountChangeSection(brief(Language.ZH)).section().orElseThrow()));
  }

  /** A night of sales alone, the first one. */
  @Test
  void nothingIsSaidWhereThereIsNothingToCompare() {
    ReportData brief = brief(Language.EN, Map.of());

    assertEquals(Optional.empty(), new ProfitSection(brief).section());
    assertEquals(Optional.empty(), new RecoverySection(brief).section());
    assertEquals(Optional.empty(), new ScreeningSection(brief).section());
    assertEquals(Optional.empty(), new ChurnSection(brief).section());
    assertEquals(Optional.empty(), new DisagreementSection(brief).section());
    assertEquals(Optional.empty(), new AccountChangeSection(brief).section());
    assertEquals(
        Optional.empty(),
        new ChurnSection(
                brief(
                    Language.EN,
                    "churn_levels",
                    CHURN.replaceAll("\\| 2 +\\| 40 ", "| 0 | 0 ").replaceAll("\\| 100 ", "| 0 ")))
            .section());
  }

  private static String says(Section section) {
    return section.views().stream()
        .map(View::says)
        .filter(it -> !it.isEmpty())
        .findFirst()
        .orElseThrow()
        .replace('\u00a0', ' ');
  }

  private static String row(Section section, int number) {
    return section.views().get(0).grid().orElseThrow().rows().get(number).stream()
        .map(HtmlTable.Cell::text)
        .collect(joining(", "))
        .replace('\u00a0', ' ');
  }

  private static ReportData brief(Language language) {
    return brief(
        language,
        Map.of(
            "tiers",
            TIERS,
            "tier_profiles",
            """
            model          | tier  | indicator   | customer_count
            customer_class | LARGE | profit_365d | 10
            customer_class | SMALL | profit_365d | 85
            """,
            "screening_funnel",
            FUNNEL,
            "churn_levels",
            CHURN,
            "class_disagreements",
            DISAGREEMENTS,
            "key_account_changes",
            CHANGES));
  }

  private static ReportData brief(Language language, String table, String rows) {
    return brief(language, Map.of(table, rows));
  }

  private static ReportData brief(Language language, Map<String, String> tables) {
    Settings settings =
        ConfigurationReader.read("karat.yaml", CONFIGURATION, Map.of(), List.of(), new Problems());
    Map<String, List<TableRow>> rows = new LinkedHashMap<>();
    tables.forEach((name, text) -> rows.put(name, rows(text)));
    return new ReportData(
        settings,
        ScorePlan.builtIn(),
        new Messages(language, new NumberFormats(language, settings.currency(), 2)),
        rows,
        List.of(
            new TableRow(
                Map.of(
                    "is_total",
                    true,
                    "net_sales_amount_365d",
                    1000,
                    "complaints",
                    12,
                    "resolved_complaint_count_365d",
                    8,
                    "resolution days",
                    26,
                    "complaining",
                    3,
                    "complaining sales",
                    120))),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Json.TREES.createObjectNode().put("as_of_date", "2026-03-01"),
        Optional.empty());
  }

  /** The rows of a table of words under their columns; a cell without words is null. */
  private static List<TableRow> rows(String text) {
    List<List<String>> lines =
        text.lines()
            .map(line -> List.of(line.split("\\|", -1)).stream().map(String::strip).toList())
            .toList();
    List<TableRow> rows = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (int column = 0; column < line.size(); column++) {
        String value = line.get(column);
        if (!value.isEmpty()) {
          values.put(lines.get(0).get(column), value.equals("true") ? (Object) true : value);
        }
      }
      rows.add(new TableRow(values));
    }
    return rows;
  }
}
