package io.karat.report;

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

/**
 * Figures of a hundred customers with net sales of 1,000 EUR, of whom ten large ones bring 800, to
 * check every sentence on classes, tiers and criteria by hand.
 */
final class HandMadeFigures {
  private static final String CONFIGURATION =
      """
      currency: EUR
      inputs:
        transactions:
          path: data
          columns: {customer_id: c, transaction_time: t, amount: a}
      """;

  static final String TIERS =
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

  static final String CHURN =
      """
      satisfaction_level | stated_rate | used_rate | period_days | night_pair_count | observed_count | left_count | observed_rate | observed_rate_low | observed_rate_high | verdict   | verdict_name     | verdict_name_zh | customer_count | net_sales_amount_365d
      1                  | 0.8         | 0.8       | 90          | 2                | 40             | 10         | 0.25          | 0.142             | 0.402              | TOO_HIGH  | Stated too high  | 配置值偏高      | 8              | 300
      5                  | 0.015       | 0.015     | 90          | 2                | 100            | 2          | 0.02          | 0.0055            | 0.07               | CONFIRMED | Confirmed        | 得到证实        | 30             | 500
      """;

  private static final String QUADRANTS =
      """
      quadrant | quadrant_name | quadrant_name_zh | current_cut | potential_cut | customer_count | customer_share | net_sales_amount_365d | net_sales_share
      BASIC    | Basic         | 基础             | 60          | 55            | 1              | 0.0002         | 10                    | 0.01
      KEY      | Key account   | 重点             | 60          | 55            | 6040           | 0.9998         | 990                   | 0.99
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

  static final String BUYERS =
      """
      customer_id | display_name | buyer_type | buyer_type_margin | net_sales_amount_365d | profit_365d | place | all | all sales | all profit
      c1          |              | EXTRINSIC  | 12.5              | 300                   | 20          | 1     | 3   | 500       | 30
      c7          |              | EXTRINSIC  | 6                 | 150                   | 5           | 2     | 3   | 500       | 30
      c4          | Miller       | INTRINSIC  | 20                | 80                    | 45          | 1     | 1   | 80        | 45
      c9          |              | UNDECIDED  | 1                 | 90                    | 12          | 1     | 6   | 220       | 5
      """;

  /** The rows of all tables, by name. */
  static final Map<String, String> ALL =
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
          CHANGES,
          BuyerTypeSection.LARGEST,
          BUYERS,
          "scorecard_quadrants",
          QUADRANTS);

  private HandMadeFigures() {}

  /** The rows of all tables, some of them with others. */
  static Map<String, String> with(Map<String, String> others) {
    Map<String, String> all = new LinkedHashMap<>(ALL);
    all.putAll(others);
    return all;
  }

  /** The data of a report with these tables, by a configuration with these keys. */
  static ReportData brief(Language language, Map<String, String> tables, String... sets) {
    Settings settings =
        ConfigurationReader.read(
            "karat.yaml", CONFIGURATION, Map.of(), List.of(sets), new Problems());
    Map<String, List<TableRow>> rows = new LinkedHashMap<>();
    tables.forEach((name, text) -> rows.put(name, rows(text)));
    return new ReportData(
        settings,
        ScorePlan.builtIn(),
        new Messages(language, new NumberFormats(language, settings.currency(), 2)),
        rows,
        List.of(
            cell(95, 100, 6_000),
            cell(95, 95, 40),
            cell(40, 20, 1),
            new TableRow(
                Map.of(
                    "is_total",
                    true,
                    CustomerAggregates.CUSTOMERS,
                    100,
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

  /** The number of customers with scores of two steps. */
  private static TableRow cell(int current, int potential, long customers) {
    return new TableRow(
        Map.of(
            "current_value_score",
            current,
            "potential_value_score",
            potential,
            "scorecard_quadrant",
            "KEY",
            CustomerAggregates.CUSTOMERS,
            customers));
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
