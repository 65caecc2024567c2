package io.karat.report;

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
           {"name": "mbgnbd_all", "fitted_as": "nbd", "normalised_gini": 0.7, "top_20_percent_capture": 0.7},
           {"name": "paretonbd_all", "fitted_as": "nbd", "normalised_gini": 0.7, "top_20_percent_capture": 0.7},
           {"name": "bgnbd_repeats", "fitted_as": "nbd", "normalised_gini": 0.65, "top_20_percent_capture": 0.7},
           {"name": "paretonbd_repeats", "normalised_gini": 0.64, "top_20_percent_capture": 0.7},
           {"name": "rfm_rank_sum", "normalised_gini": 0.6, "top_20_percent_capture": 0.6}],
         "calibration": {"mbgnbd": [{"repeats": 0, "customers": 4, "actual": 0.5, "expected": 0.4}]}}}
      """;

  @Test
  void familiesThatAreOneModelHaveOneRow() throws JsonProcessingException {
    assertEquals(
        List.of(
            "BG/NBD, spend of all days; fitted as its nested model nbd, the same for MBG/NBD, Pareto/NBD",
            "BG/NBD, spend of repeat purchases; fitted as its nested model nbd",
            "Pareto/NBD, spend of repeat purchases",
            "sum of RFM ranks (baseline)"),
        judged(Language.EN));
    assertEquals("BG/NBD（全部购买日的消费）；实际拟合为 nbd，MBG/NBD、Pareto/NBD亦同", judged(Language.ZH).get(0));
  }

  private static List<String> judged(Language language) throws JsonProcessingException {
    Settings settings =
        ConfigurationReader.read("karat.yaml", CONFIGURATION, Map.of(), List.of(), new Problems());
    ReportData brief =
        new ReportData(
            settings,
            ScorePlan.builtIn(),
            new Messages(language, new NumberFormats(language, settings.currency(), 2)),
            Map.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Json.TREES.createObjectNode(),
            Optional.of(Json.TREES.readTree(MODEL)));
    return new LifetimeSection(brief)
        .section().views().get(1).grid().orElseThrow().rows().stream()
            .map(row -> row.get(0).text())
            .toList();
  }
}
