package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedLifetime;
import io.karat.settings.BilingualText;
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
        new BilingualText("Lifetime value, by model %s of %s: %s", "终身价值（模型 %s，%s）：%s")
            .in(language)
            .formatted(
                lifetime.model().model().id(),
                lifetime.model().trainedAsOf(),
                parameters(lifetime)));
    lines.add(
        new BilingualText(
                "  came again on x = %d days, the last t_x = %d days after the first, which was T ="
                    + " %d days ago",
                "  x = %d 个复购日，末次距首次 t_x = %d 天，首次距今 T = %d 天")
            .in(language)
            .formatted(lifetime.repeats(), lifetime.lastDays(), lifetime.ageDays()));
    ConsoleTable values = new ConsoleTable(new BilingualText("column", "列").in(language), value());
    lifetime.values().forEach((column, value) -> values.row(column, cell(value)));
    values.lines().forEach(line -> lines.add("  " + line));
    return lines;
  }

  private String value() {
    return new BilingualText("value", "值").in(language);
  }

  private static String parameters(ExplainedLifetime lifetime) {
    List<String> names = lifetime.model().purchase().family().parameters();
    List<Double> values = lifetime.model().purchase().parameters();
    StringBuilder text = new StringBuilder(lifetime.model().purchase().family().word());
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
