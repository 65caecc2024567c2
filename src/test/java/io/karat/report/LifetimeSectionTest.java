package io.karat.report;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.karat.run.Json;
import io.karat.scores.ScorePlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Language;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifetimeSectionTest {
  private static final String CONFIGURATION =
      """
      inputs:
        transactions:
          path: data
          columns: {customer_id: c, transaction_time: t, amount: a}
      """;

  /** Nobody seems to leave, so that three families are one model, which has one row. */
  private static final String MODEL =
      """
      {"purchase": {"model": "nbd", "nested_in": "mbgnbd"}, "spend": {"days": "all"},
       "back_test": {"holdout_days": 100, "customers": 4, "winner": "rate", "published": "mbgnbd_all",
         "judgements": [
           {"name": "bgnbd_all", "fitted_as": "nbd", "normalised_gini": 0.7, "top_20_percent_capture": 0.7},
           {"name": "mbgnbd_all", "fitted_as": "nbd", "rmse": 1, "bias": -0.12, "normalised_gini": 0.7, "top_20_percent_capture": 0.7},
           {"name": "paretonbd_all", "fitted_as": "nbd", "normalised_gini": 0.7, "top_20_percent_capture": 0.7},
           {"name": "bgnbd_repeats", "fitted_as": "nbd", "normalised_gini": 0.65, "top_20_percent_capture": 0.7},
           {"name": "paretonbd_repeats", "normalised_gini": 0.64, "top_20_percent_capture": 0.7},
           {"name": "rfm_rank_sum", "normalised_gini": 0.6, "top_20_percent_capture": 0.6}],
         "calibration": {"mbgnbd": [{"repeats": 0, "customers": 4, "actual": 0.5, "expected": 0.4}]}}}
      """;

  private static final Map<String, List<TableRow>> WORTH =
      Map.of(
          "lifetime_levels",
          List.of(level("all", "all", 2, 140, 10_000), level("segment_id", "S1", 1, 80, 6_400)),
          "lifetime_customers",
          List.of(
              new TableRow(
                  Map.of(
                      "customer_id",
                      "c1",
                      "lifetime_value_next_365d",
                      80,
                      "purchase_probability_next_365d",
                      "0.99"))));

  @Test
  void familiesThatAreOneModelHaveOneRow() throws JsonProcessingException {
    assertEquals(
        List.of(
            "BG/NBD, spend of all days; fitted as NBD, by which nobody leaves, the same for MBG/NBD, Pareto/NBD",
            "BG/NBD, spend of repeat purchases; fitted as NBD, by which nobody leaves",
            "Pareto/NBD, spend of repeat purchases",
            "sum of RFM ranks (baseline)"),
        judged(Language.EN));
    assertEquals(
        "BG/NBD（全部购买日的消费）；实际拟合为无人流失的 NBD，MBG/NBD、Pareto/NBD亦同", judged(Language.ZH).get(0));
  }

  /**
   * An error of 1 in 100 days is 3.65 in 365; of two customers with the squares of 60 and 80 the
   * dispersion is 3.65 x 3.65 x 2 / 10,000. Half of an interval is 1.96 x 3.65 x 1.414 x 100 / 100
   * for both, and 60 or 80 hundredths of that for one.
   */
  @Test
  void whoAndWhichSegmentIsWorthWhatIsSaid() throws JsonProcessingException {
    Section english = section(Language.EN, WORTH);

    assertEquals(
        "Over the next 365 days, the lifetime value of 2 customers is 140, discounted to this night."
            + " The interval by the errors of the back-test is 130 to 150; it takes them to"
            + " be independent, and does not count that the total was 12.0 % too low there. Worth"
            + " most: S1, with 80, 57.1 % of all, by 1 customer.",
        english.views().get(0).says().replace('\u00a0', ' '));
    assertEquals(
        List.of("All customers, , 2, 140, 130 to 150", "Segment, S1, 1, 80, 72 to 88"),
        rows(english.views().get(0)));
    assertEquals(
        "Worth most: 1 customer with 80, 57.1 % of the value of all.",
        english.views().get(1).says().replace('\u00a0', ' '));
    assertEquals(List.of("c1, 80, 72 to 88, 99.0 %"), rows(english.views().get(1)));
    assertEquals(
        "未来 365 天，2 位客户的生命周期价值合计 140（折现到本批次）。按回测误差的区间为 130 至 150；区间假定误差相互独立，未计入回测中总额偏低 12.0% 这一偏差。价值最高的是“S1”：80，占全部的 57.1%，共 1 位客户。",
        section(Language.ZH, WORTH).views().get(0).says());
  }

  private static TableRow level(String state, String level, int customers, int sum, int squares) {
    return new TableRow(
        Map.of(
            "state",
            state,
            "level",
            level,
            "customers",
            customers,
            "forecast",
            sum,
            "squares",
            squares));
  }

  private static List<String> rows(Section.View view) {
    return view.grid().orElseThrow().rows().stream()
        .map(
            row ->
                row.cells().stream()
                    .map(HtmlTable.Cell::text)
                    .collect(joining(", "))
                    .replace('\u00a0', ' '))
        .toList();
  }

  private static List<String> judged(Language language) throws JsonProcessingException {
    return section(language, Map.of()).views().get(1).grid().orElseThrow().rows().stream()
        .map(row -> row.cells().get(0).text())
        .toList();
  }

  private static Section section(Language language, Map<String, List<TableRow>> tables)
      throws JsonProcessingException {
    Settings settings =
        ConfigurationReader.read("karat.yaml", CONFIGURATION, Map.of(), List.of(), new Problems());
    ReportData brief =
        new ReportData(
            settings,
            ScorePlan.builtIn(),
            new Messages(language, new NumberFormats(language, settings.currency(), 2)),
            tables,
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Json.TREES.createObjectNode(),
            Optional.of(Json.TREES.readTree(MODEL)));
    return new LifetimeSection(brief).section();
  }
}
