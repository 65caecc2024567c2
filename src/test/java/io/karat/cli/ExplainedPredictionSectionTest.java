package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedPrediction;
import io.karat.explain.ExplainedPrediction.Contribution;
import io.karat.models.Model;
import io.karat.night.CustomerIds;
import io.karat.prediction.PredictionModel;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExplainedPredictionSectionTest {
  private static final Model MODEL =
      new Model(
          "prediction",
          """
          {"format": 1, "kind": "prediction", "trained_as_of": "2026-02-01", "horizon_days": 90,
           "features": [], "chance": {"intercept": 0.5, "coefficients": [], "standard_errors": []}}
          """);

  /** 0.5 - 1.25 = -0.75, odds of 0.47 to 1, a chance of 0.32. */
  @Test
  void contributionsStandBesideTheChanceThatTheyMake() {
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    values.put("purchase_probability_next_90d", Optional.of(new BigDecimal("0.320821")));
    values.put("predicted_net_sales_amount_next_90d", Optional.empty());
    ExplainedPrediction prediction =
        new ExplainedPrediction(
            PredictionModel.parse(MODEL),
            values,
            List.of(
                new Contribution("intercept", Optional.empty(), new BigDecimal("0.500000")),
                new Contribution(
                    "recency_days",
                    Optional.of(new BigDecimal("120.000000")),
                    new BigDecimal("-1.250000"))));

    assertEquals(
        """
        Prediction of the next 90 days, by model %s fitted on 2026-02-01; what each indicator adds to the log-odds of a sale
          column                               value
          -----------------------------------  --------
          purchase_probability_next_90d        0.320821
          predicted_net_sales_amount_next_90d  ?
          indicator     value  log-odds
          ------------  -----  ---------
          intercept     ?      0.500000
          recency_days  120    -1.250000
        """
            .formatted(MODEL.id())
            .lines()
            .toList(),
        new ExplainedPredictionSection(Language.EN).lines(explained(prediction)));
  }

  private static CustomerExplanation explained(ExplainedPrediction prediction) {
    return new CustomerExplanation(
        new CustomerIds("x", "x", new TreeSet<>(), false),
        LocalDate.of(2026, 3, 1),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(prediction),
        List.of(),
        Optional.empty());
  }
}
