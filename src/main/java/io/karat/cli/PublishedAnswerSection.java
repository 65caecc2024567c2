package io.karat.cli;

import static io.karat.settings.Translations.text;

import io.karat.explain.PublishedAnswer;
import io.karat.indicators.IndicatorColumn;
import io.karat.night.NightPlan;
import io.karat.settings.BilingualText;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Section on what was published of a customer, before it is derived from the customer's rows. */
record PublishedAnswerSection(Language language, NightPlan plan) {
  private static final String GAP = "  ";

  List<String> lines(PublishedAnswer answer) {
    List<String> lines = new ArrayList<>();
    String customer =
        answer
            .name()
            .map(name -> text(language, "explain.answer_name", answer.customer(), name))
            .orElse(answer.customer());
    lines.add(text(language, "explain.answer", customer, answer.asOf(), answer.runId()));
    Map<String, String> values = new LinkedHashMap<>();
    answer
        .states()
        .forEach(
            (column, code) ->
                values.put(in(plan.scores().model(column)), in(plan.scores().name(code))));
    answer.figures().forEach((column, value) -> put(values, column, value));
    int width = values.keySet().stream().mapToInt(DisplayWidth::width).max().orElse(0);
    values.forEach(
        (label, value) -> lines.add(GAP + DisplayWidth.left(label, width) + GAP + value));
    lines.add(text(language, "explain.answer_ends"));
    return lines;
  }

  private void put(Map<String, String> values, String column, Object value) {
    Optional<IndicatorColumn> indicator = plan.indicators().column(column);
    if (indicator.isEmpty()) {
      return;
    }

    CustomerFigures figures = new CustomerFigures(language, plan.settings().currency());
    String plain = figures.plain(Optional.of(value));
    boolean isMoney = indicator.get().indicator().unit() == Unit.MONEY;
    values.put(
        in(indicator.get().label()), isMoney ? plain + " " + figures.unit(Unit.MONEY) : plain);
  }

  private String in(BilingualText text) {
    return text.in(language);
  }
}
