package io.karat.cli;

import static io.karat.settings.Translations.text;

import io.karat.explain.PublishedAnswer;
import io.karat.indicators.IndicatorColumn;
import io.karat.night.NightPlan;
import io.karat.settings.BilingualText;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.Language;
import java.math.BigDecimal;
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
                values.put(in(plan.scores().model(column)), state(answer, column, code)));
    answer.figures().forEach((column, value) -> put(values, column, value));
    int width = values.keySet().stream().mapToInt(DisplayWidth::width).max().orElse(0);
    values.forEach(
        (label, value) -> lines.add(GAP + DisplayWidth.left(label, width) + GAP + value));
    lines.add(text(language, "explain.answer_ends"));
    return lines;
  }

  /** The name of a state; of a tier also the points that made it. */
  private String state(PublishedAnswer answer, String column, String code) {
    String name = in(plan.scores().name(code));
    PublishedAnswer.Points points = answer.points().get(column);
    if (points == null) {
      return name;
    }

    List<String> parts = new ArrayList<>();
    points
        .parts()
        .forEach(
            (indicator, part) ->
                parts.add(text(language, "explain.answer_part", plain(part), label(indicator))));
    String all = String.join(text(language, "explain.and"), parts);
    return points
        .missing()
        .map(
            missing ->
                text(
                    language,
                    "explain.answer_below",
                    name,
                    plain(points.score()),
                    all,
                    plain(missing)))
        .orElseGet(() -> text(language, "explain.answer_tier", name, plain(points.score()), all));
  }

  private String label(String indicator) {
    return plan.indicators().column(indicator).map(it -> in(it.label())).orElse(indicator);
  }

  private static String plain(BigDecimal points) {
    return points.stripTrailingZeros().toPlainString();
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
