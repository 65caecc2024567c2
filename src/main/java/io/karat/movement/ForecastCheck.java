package io.karat.movement;

import static io.karat.settings.Translations.counted;
import static io.karat.settings.Translations.text;

import io.karat.quality.CheckResult;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The check of what the models expected a period ago, in total, against net sales since.
 *
 * @param forecasts by model
 * @param names of models
 */
record ForecastCheck(
    SortedMap<String, PastForecast> forecasts, Money money, Function<String, BilingualText> names) {
  private static final String NAME = "state_value_forecast";

  /** One result, or none if no model had a forecast. */
  List<CheckResult> results() {
    if (forecasts.isEmpty()) {
      return List.of();
    }

    List<String> missed = new ArrayList<>();
    forecasts.forEach(
        (model, forecast) -> {
          if (forecast.all().isMissed()) {
            missed.add(model);
          }
        });
    PastForecast shown =
        Objects.requireNonNull(
            forecasts.get(missed.isEmpty() ? forecasts.firstKey() : missed.get(0)));
    return List.of(
        new CheckResult(
            NAME,
            MovementTables.STATE_VALUES.name(),
            "missed_model_count",
            Optional.of(BigDecimal.valueOf(missed.size())),
            Optional.of(BigDecimal.ZERO),
            missed.isEmpty(),
            Severity.WARN,
            missed.isEmpty()
                ? text("movement.forecast_met", shown.from(), counted("models", forecasts.size()))
                : text(
                    "movement.forecast_missed",
                    shown.from(),
                    amount(shown.all().actual()),
                    amount(shown.all().interval().low()),
                    amount(shown.all().interval().high()),
                    names.apply(missed.get(0)),
                    missed.size(),
                    counted("models", forecasts.size()))));
  }

  private String amount(double amount) {
    return amount(BigDecimal.valueOf(amount));
  }

  private String amount(BigDecimal amount) {
    return money.text(amount);
  }
}
