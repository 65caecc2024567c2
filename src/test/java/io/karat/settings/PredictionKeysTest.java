package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.LifetimeSettings.Accept;
import io.karat.settings.PredictionSettings.Challenger;
import io.karat.settings.PredictionSettings.Season;
import io.karat.settings.yaml.Problems;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the keys under {@code prediction}. */
class PredictionKeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "prediction: false\n"})
  void nothingIsPredictedUnlessTheKeyIsThere(String yaml) {
    assertEquals(Optional.empty(), read(yaml).prediction());
    assertEquals(read("").canonical(), read(yaml).canonical());
  }

  @Test
  void anEmptyBlockTakesTheDefaults() {
    PredictionSettings prediction = read("prediction: {}\n").prediction().orElseThrow();

    assertEquals(90, prediction.horizonDays());
    assertEquals("recency_days < 730", prediction.among().sql());
    assertEquals(Optional.empty(), prediction.penalty());
    assertEquals(List.of(Challenger.GBT), prediction.challengers());
    assertEquals(Season.AUTO, prediction.season());
    assertEquals(30, prediction.refitAfterDays());
    assertEquals(Accept.MANUAL, prediction.accept());
    assertTrue(prediction.isDefault());
    assertEquals(
        List.of(
            "recency_days",
            "tenure_days",
            "transaction_day_count_365d",
            "net_sales_amount_365d",
            "satisfaction_365d",
            "complaint_ratio_365d",
            "average_arrears_rate_365d"),
        prediction.features().stream().map(PredictionSettings.Feature::indicator).toList());
  }

  @Test
  void everyKeyIsRead() {
    PredictionSettings prediction =
        read("""
                prediction:
                  horizon_days: 30
                  features: [recency_days, profit_365d]
                  among: transaction_count_365d > 0
                  penalty: 0.01
                  challengers: []
                  season: off
                  refit_after_days: 7
                  accept: auto
                """)
            .prediction()
            .orElseThrow();

    assertEquals(30, prediction.horizonDays());
    assertEquals(2, prediction.features().size());
    assertEquals("transaction_count_365d > 0", prediction.among().sql());
    assertEquals(Optional.of(new BigDecimal("0.01")), prediction.penalty());
    assertEquals(List.of(), prediction.challengers());
    assertEquals(Season.OFF, prediction.season());
    assertEquals(7, prediction.refitAfterDays());
    assertEquals(Accept.AUTO, prediction.accept());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{horizon: 30}          | unknown key 'prediction.horizon'. Did you mean"
            + " 'prediction.horizon_days'?",
        "{horizon_days: 3}      | 'prediction.horizon_days' is '3', expected a whole number from 7"
            + " to 365.",
        "{features: []}         | 'prediction.features' is an empty list, expected a list of"
            + " indicators such as [recency_days].",
        "{features: [a, a]}     | 'prediction.features' has 'a' twice. Keep one.",
        "{penalty: strong}      | 'prediction.penalty' is 'strong', expected auto or a number from"
            + " 0 to 10.",
        "{challengers: [svm]}   | 'prediction.challengers[0]' is 'svm', expected gbt.",
        "{season: on}           | 'prediction.season' is 'on', expected auto or off.",
        "true                   | 'prediction' is 'true', expected a mapping with keys such as"
            + " 'horizon_days', or false to switch it off."
      })
  void mistakesAreNamed(String written, String message) {
    Problems problems = new Problems();
    ConfigurationReader.read(
        "karat.yaml",
        Configurations.LEAST + "prediction: " + written + "\n",
        Map.of(),
        List.of(),
        problems);

    assertEquals(List.of("karat.yaml:8: " + message), problems.messages());
  }

  private static Settings read(String yaml) {
    return Configurations.read(Configurations.LEAST + yaml);
  }
}
