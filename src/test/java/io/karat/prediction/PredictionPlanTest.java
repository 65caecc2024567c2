package io.karat.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans of predictions over indicators that can be computed, or not. */
class PredictionPlanTest {
  private static final String SALES =
      """
      inputs:
        transactions:
          path: data/transactions
          columns: {customer_id: c, transaction_time: t, amount: a, transaction_id: i}
      """;
  private static final String CONTACTS =
      """
      inputs:
        contacts:
          path: data/contacts
          columns: {customer_id: c, contact_time: t, type: k}
      """;

  @Test
  void defaultFeaturesWithoutTheirInputAreLeftOut() {
    PredictionPlan.Planned planned = planned(SALES + "prediction: {}\n", new Problems());

    assertEquals(
        List.of(
            "recency_days", "tenure_days", "transaction_day_count_365d", "net_sales_amount_365d"),
        planned.plan().orElseThrow().features().stream().map(IndicatorColumn::name).toList());
    assertEquals(
        "prediction.features.average_arrears_rate_365d,prediction.features.complaint_ratio_365d,"
            + "prediction.features.satisfaction_365d",
        planned.off().keySet().stream().sorted().collect(Collectors.joining(",")));
  }

  @Test
  void withoutSalesNothingIsPredicted() {
    PredictionPlan.Planned planned =
        planned(
            CONTACTS
                + "prediction: {features: [satisfaction_365d], among: 'contact_count_365d > 0'}\n",
            new Problems());

    assertTrue(planned.plan().isEmpty());
    assertEquals(
        Map.of("prediction", "transactions is not mapped"),
        planned.off().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().en())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{features: [recency_day]} | 'prediction.features[0]' uses 'recency_day', which is not an"
            + " indicator. Did you mean 'recency_days'?",
        "{features: [net_sales_amount]} | 'prediction.features[0]' uses 'net_sales_amount' without"
            + " its window. Did you mean 'net_sales_amount_365d'?",
        "{features: [first_sale_date]} | 'prediction.features[0]' uses 'first_sale_date', which is"
            + " a day, expected a number. Convert it to a number under 'indicators.custom'.",
        "{among: recency < 30} | 'prediction.among' uses 'recency', which is not an indicator. Did"
            + " you mean 'recency_days'?",
        "{among: 'recency_days <'} | 'prediction.among': 'recency_days <' is not Spark SQL: Syntax"
            + " error at or near end of input. (line 1, pos 14).",
        "{horizon_days: 365} | 'prediction.horizon_days' is 365, a horizon of 'lifetime_value' too:"
            + " both give the column 'purchase_probability_next_365d'. Choose another horizon in"
            + " one of them."
      })
  void mistakesAreNamed(String written, String message) {
    Problems problems = new Problems();
    planned(SALES + "prediction: " + written + "\n", problems);

    assertEquals(
        List.of(message),
        problems.messages().stream().map(it -> it.replaceFirst("^karat.yaml:\\d+: ", "")).toList());
  }

  private static PredictionPlan.Planned planned(String yaml, Problems problems) {
    Settings settings =
        ConfigurationReader.read("karat.yaml", yaml, Map.of(), List.of(), new Problems());
    return PredictionPlan.of(settings, IndicatorPlan.of(settings, problems), problems);
  }
}
