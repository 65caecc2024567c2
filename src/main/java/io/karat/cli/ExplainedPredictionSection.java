package io.karat.cli;

import static io.karat.settings.Translations.text;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedPrediction;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Section on the prediction: its columns, and what each indicator adds to the odds of a sale. */
record ExplainedPredictionSection(Language language) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    return customer.prediction().map(this::lines).orElse(List.of());
  }

  private List<String> lines(ExplainedPrediction prediction) {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            language,
            "explain.prediction",
            prediction.model().horizonDays(),
            prediction.model().model().id(),
            prediction.model().trainedAsOf()));
    ConsoleTable values =
        new ConsoleTable(text(language, "explain.column"), text(language, "explain.value"));
    prediction.values().forEach((column, value) -> values.row(column, cell(value)));
    values.lines().forEach(line -> lines.add("  " + line));
    ConsoleTable contributions =
        new ConsoleTable(
            text(language, "explain.indicator"),
            text(language, "explain.value"),
            text(language, "explain.log_odds"));
    prediction
        .contributions()
        .forEach(
            it ->
                contributions.row(it.indicator(), cell(it.value()), it.logOdds().toPlainString()));
    contributions.lines().forEach(line -> lines.add("  " + line));
    return lines;
  }

  private static Object cell(Optional<?> value) {
    return value
        .<Object>map(it -> it instanceof BigDecimal number ? plain(number) : it)
        .orElse("?");
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
