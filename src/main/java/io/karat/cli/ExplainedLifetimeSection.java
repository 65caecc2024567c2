package io.karat.cli;

import static io.karat.settings.Translations.text;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedLifetime;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Section on lifetime value: the model's inputs for the customer and its expected values. */
record ExplainedLifetimeSection(Language language) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    return customer.lifetime().map(this::lines).orElse(List.of());
  }

  private List<String> lines(ExplainedLifetime lifetime) {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            language,
            "explain.lifetime",
            lifetime.model().model().id(),
            lifetime.model().trainedAsOf(),
            parameters(lifetime)));
    lines.add(
        "  "
            + text(
                language,
                "explain.purchases",
                lifetime.repeats(),
                lifetime.lastDays(),
                lifetime.ageDays()));
    ConsoleTable values =
        new ConsoleTable(text(language, "explain.column"), text(language, "explain.value"));
    lifetime.values().forEach((column, value) -> values.row(column, cell(value)));
    values.lines().forEach(line -> lines.add("  " + line));
    return lines;
  }

  private static String parameters(ExplainedLifetime lifetime) {
    List<String> names = lifetime.model().purchase().form().parameters();
    List<Double> values = lifetime.model().purchase().parameters();
    StringBuilder text = new StringBuilder(lifetime.model().purchase().form().word());
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? " " : ", ").append(names.get(i)).append(' ').append(values.get(i));
    }
    return text.toString();
  }

  private static Object cell(Optional<Object> value) {
    return value
        .<Object>map(it -> it instanceof BigDecimal number ? number.stripTrailingZeros() : it)
        .orElse("?");
  }
}
