package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.report.Section.View;
import io.karat.run.Json;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.settings.BilingualText;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Language;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Section of the report on a prediction, of numbers that can be computed by hand. */
class PredictionSectionTest {
  private static final String CONFIGURATION =
      """
      currency: EUR
      inputs:
        transactions:
          path: data
          columns: {customer_id: c, transaction_time: t, amount: a}
      prediction: {}
      """;

  /** 0.9 x 2,000 is at stake. The dispersion is 4, so half an interval is 1.96 x 2 x 500. */
  @Test
  void leaversForecastsAndWinnersAreSaid() {
    Section section = section(Language.EN, backTest());

    assertEquals("Who will buy in the next 90 days", section.title());
    assertEquals(
        List.of("Likely to leave", "Forecast by level", "Expected and actual", "All predictors"),
        section.views().stream().map(View::label).toList());
    assertEquals(
        "1 customer with the most at stake: 1,800.00 EUR of their net sales, if those who are"
            + " expected not to buy in 90 days stay away.",
        plain(section.views().get(0).says()));
    assertEquals(
        "[c7, 90.0 %, 2,000.00 EUR, 1,800.00 EUR, Recency: above average]",
        cells(section.views().get(0)));
    assertEquals(
        "[Customer class, Large, 3, 3,000 EUR, 1,040 EUR to 4,960 EUR]",
        cells(section.views().get(1)));
    assertEquals("[1, 40, 10.0 %, 12.5 %]", cells(section.views().get(2)));
    assertEquals(
        "On days that no predictor had seen: Recency (baseline) ranked buyers best, Regression"
            + " (published) had the smallest error of net sales.",
        section.views().get(3).says());
    assertEquals(
        List.of(
            "A simple rule ranked buyers better than the published prediction: Recency (baseline)."),
        section.lacks());
  }

  @Test
  void chineseSaysTheSame() {
    Section section = section(Language.ZH, backTest());

    assertEquals("未来 90 天谁会购买", section.title());
    assertEquals(List.of("简单规则对购买者的排序优于所采用的预测：最近一次消费（基准）。"), section.lacks());
    assertTrue(cells(section.views().get(0)).contains("最近一次消费：高于平均"));
  }

  @Test
  void withoutAModelTheSectionSaysSo() {
    Section section = section(Language.EN, List.of());

    assertEquals(List.of(), section.views());
    assertEquals(
        List.of(
            "No prediction: no model could be fitted, or its inputs are not mapped. The remarks of"
                + " the night say why."),
        section.lacks());
  }

  @Test
  void levelsComeTheBestFirstAndSegmentsLast() {
    BilingualText meaning = new BilingualText("", "");
    List<State> states =
        List.of(
            new State("margin_tier", List.of("HIGH_MARGIN", "LOW_MARGIN"), meaning),
            new State("customer_class", List.of("LARGE", "SMALL"), meaning));

    assertEquals(0, LevelForecasts.place(states, "margin_tier", "HIGH_MARGIN"));
    assertEquals(1, LevelForecasts.place(states, "margin_tier", "LOW_MARGIN"));
    assertEquals(2, LevelForecasts.place(states, "customer_class", "LARGE"));
    assertEquals(4, LevelForecasts.place(states, "segment_id", "S1"));
  }

  private static String cells(View view) {
    return plain(
        view.grid().orElseThrow().rows().get(0).cells().stream()
            .map(HtmlTable.Cell::text)
            .toList()
            .toString());
  }

  private static String plain(String text) {
    return text.replace('\u00a0', ' ');
  }

  private static List<TableRow> backTest() {
    return List.of(
        measure("regression", "auc", "0.800000"),
        measure("regression", "brier", "0.100000"),
        measure("regression", "mean_error", "5.000000"),
        measure("regression", "calibration_slope", "0.950000"),
        measure("regression", "dispersion", "4.000000"),
        tenth(),
        measure("recency", "auc", "0.810000"));
  }

  private static TableRow measure(String predictor, String measure, String value) {
    boolean isOwn = predictor.equals("regression");
    return row(
        "predictor",
        predictor,
        "predictor_name",
        isOwn ? "Regression (published)" : "Recency (baseline)",
        "predictor_name_zh",
        isOwn ? "回归（采用）" : "最近一次消费（基准）",
        "measure",
        measure,
        "customer_count",
        40L,
        "value",
        new BigDecimal(value));
  }

  private static TableRow tenth() {
    return row(
        "predictor",
        "regression",
        "measure",
        "calibration",
        "tenth",
        1,
        "customer_count",
        40L,
        "value",
        new BigDecimal("0.125000"),
        "expected_value",
        new BigDecimal("0.100000"));
  }

  private static TableRow row(Object... pairs) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put((String) pairs[i], pairs[i + 1]);
    }
    return new TableRow(values);
  }

  private static Section section(Language language, List<TableRow> backTest) {
    Settings settings =
        ConfigurationReader.read("karat.yaml", CONFIGURATION, Map.of(), List.of(), new Problems());
    ReportData brief =
        new ReportData(
            settings,
            ScorePlan.builtIn(),
            new Messages(language, new NumberFormats(language, settings.currency(), 2)),
            Map.of("prediction_back_test", backTest),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(
                row(
                    "customer_id",
                    "c7",
                    "churn",
                    new BigDecimal("0.900000"),
                    "net_sales_amount_365d",
                    new BigDecimal("2000.00"),
                    "at_risk",
                    new BigDecimal("1800.000000"),
                    "churn_main_reason_name",
                    "Recency: above average",
                    "churn_main_reason_name_zh",
                    "最近一次消费：高于平均")),
            List.of(
                row(
                    "state",
                    "customer_class",
                    "level",
                    "LARGE",
                    "customers",
                    3L,
                    "forecast",
                    new BigDecimal("3000.00"),
                    "squares",
                    new BigDecimal("250000.0000"))),
            Json.TREES.createObjectNode(),
            Optional.empty());
    return new PredictionSection(brief, true).section();
  }
}
