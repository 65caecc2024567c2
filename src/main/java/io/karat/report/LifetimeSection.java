package io.karat.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Section on lifetime value: what customers are worth, and how well the model did in its back-test,
 * by expected against actual sales in the holdout period.
 */
record LifetimeSection(ReportData brief) {
  private static final int HEIGHT = 380;

  Section section() {
    List<View> views = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    if (brief.settings().lifetimeValue().isEmpty()) {
      lacks.add(brief.say("lifetime.off"));
    } else if (brief.lifetime().isEmpty()) {
      lacks.add(brief.say("lifetime.lacks"));
    } else {
      JsonNode model = brief.lifetime().get();
      views.addAll(new LifetimeWorth(brief, model, bias(model)).views());
      JsonNode rows = calibration(model);
      if (rows.isEmpty()) {
        lacks.add(brief.say("lifetime.lacks_test"));
      } else {
        views.add(view(model, rows));
        views.add(judgements(model));
      }
      lacks.addAll(notes(model));
    }
    return new Section(
        "lifetime", brief.say("lifetime.title"), brief.say("lifetime.about"), views, lacks);
  }

  private static JsonNode calibration(JsonNode model) {
    return model.path("back_test").path("calibration").path(family(model));
  }

  /** What readers should know of the model, such as that a naive rule does better. */
  private List<String> notes(JsonNode model) {
    JsonNode english = model.path("notes");
    JsonNode own =
        switch (brief.voice().language()) {
          case EN -> english;
          case ZH -> model.path("notes_zh");
        };
    List<String> notes = new ArrayList<>();
    (own.isEmpty() ? english : own)
        .forEach(note -> notes.add(brief.numbers().typeset(note.asText())));
    return notes;
  }

  /** The family that was chosen, also if a model nested in it was fitted. */
  private static String family(JsonNode model) {
    JsonNode purchase = model.path("purchase");
    return purchase.path("nested_in").asText(purchase.path("model").asText());
  }

  /** The name of the judgement on the model whose values are published. */
  static String published(JsonNode model) {
    String named = family(model) + "_" + model.path("spend").path("days").asText("all");
    return model.path("back_test").path("published").asText(named);
  }

  private View view(JsonNode model, JsonNode rows) {
    ChartData drawn = ChartData.of("pairs").axes(brief.say("lifetime.x"), brief.say("lifetime.y"));
    ObjectNode actual = ChartData.node().put("name", brief.say("lifetime.actual"));
    ObjectNode expected = ChartData.node().put("name", brief.say("lifetime.expected"));
    HtmlTable.Builder grid =
        HtmlTable.of(
            "#" + brief.say("lifetime.x"),
            "#" + brief.say("head.customers"),
            "#" + brief.say("lifetime.actual"),
            "#" + brief.say("lifetime.expected"));
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      String repeats = repeats(row, i == rows.size() - 1);
      String came = brief.numbers().decimal(row.path("actual").decimalValue(), 2);
      String foreseen = brief.numbers().decimal(row.path("expected").decimalValue(), 2);
      long customers = row.path("customers").asLong();
      String tip =
          brief.say("lifetime.tip", repeats, brief.voice().customers(customers), came, foreseen);
      drawn.add("x", ChartData.node().textNode(repeats));
      ChartData.add(actual, ChartData.number(row.path("actual").decimalValue()), came, tip);
      ChartData.add(expected, ChartData.number(row.path("expected").decimalValue()), foreseen, tip);
      grid.row(repeats, brief.numbers().count(customers), came, foreseen);
    }
    drawn.add("series", actual).add("series", expected);
    String says = says(model);
    return View.of("lifetime", brief.say("lifetime.calibration"), says, ReleaseTables.VALUES)
        .with(drawn.drawing("lifetime", HEIGHT, says))
        .with(grid.closed());
  }

  private static String repeats(JsonNode row, boolean isLast) {
    int repeats = row.path("repeats").asInt();
    return isLast && repeats >= 7 ? "7+" : String.valueOf(repeats);
  }

  private String says(JsonNode model) {
    JsonNode test = model.path("back_test");
    boolean isGross = !model.path("occasion").asText().equals("positive_net");
    return brief.say(
        "lifetime.says",
        test.path("holdout_days").asInt(),
        brief.voice().customers(test.path("customers").asLong()),
        bias(model),
        judged(test.path("winner").asText()),
        brief.say(isGross ? "lifetime.gross" : "lifetime.net"));
  }

  /** The relative error of total expected sales, in words. */
  private String bias(JsonNode model) {
    String name = published(model);
    Optional<BigDecimal> bias = Optional.empty();
    for (JsonNode judgement : model.path("back_test").path("judgements")) {
      if (judgement.path("name").asText().equals(name) && judgement.has("bias")) {
        bias = Optional.of(judgement.path("bias").decimalValue());
      }
    }
    return bias.map(
            it ->
                brief.say(
                    it.signum() < 0 ? "lifetime.too_low" : "lifetime.too_high",
                    brief.numbers().percent(it.abs())))
        .orElse(brief.say("lifetime.no_amount"));
  }

  /**
   * The models and baselines by what was fitted: families that are the same nested model, such as
   * {@code nbd}, are one.
   */
  private static Collection<List<JsonNode>> fits(JsonNode judgements) {
    Map<String, List<JsonNode>> fits = new LinkedHashMap<>();
    for (JsonNode judgement : judgements) {
      String name = judgement.path("name").asText();
      String spend = name.substring(family(name).length());
      String fit = judgement.path("fitted_as").asText(family(name)) + spend;
      fits.computeIfAbsent(fit, key -> new ArrayList<>()).add(judgement);
    }
    return fits.values();
  }

  private static String family(String judged) {
    return judged.replaceFirst("_.*", "");
  }

  /** The name of a fit, with the other families that it is nested in. */
  private String fitted(List<JsonNode> judgements) {
    String name = judged(judgements.get(0).path("name").asText());
    String form = judgements.get(0).path("fitted_as").asText();
    List<String> others =
        judgements.stream()
            .skip(1)
            .map(it -> brief.voice().named("family", family(it.path("name").asText())))
            .toList();
    if (form.isEmpty()) {
      return name;
    }

    String words = brief.voice().named("form", form.substring(form.indexOf('_') + 1));
    return others.isEmpty()
        ? brief.say("lifetime.fitted_as", name, words)
        : brief.say("lifetime.fitted_alike", name, words, String.join(brief.say("comma"), others));
  }

  private String judged(String name) {
    return brief.voice().named("judged", name);
  }

  /** Compares all models and baselines. */
  private View judgements(JsonNode model) {
    JsonNode test = model.path("back_test");
    HtmlTable.Builder grid =
        HtmlTable.of(
            brief.say("head.forecast"),
            "#" + brief.say("head.gini"),
            "#" + brief.say("head.capture"),
            "#" + brief.say("head.bias"),
            "#" + brief.say("head.error"));
    for (List<JsonNode> fit : fits(test.path("judgements"))) {
      JsonNode judgement = fit.get(0);
      grid.row(
          fitted(fit),
          brief.numbers().decimal(judgement.path("normalised_gini").decimalValue(), 3),
          brief.numbers().percent(judgement.path("top_20_percent_capture").decimalValue()),
          judgement.has("bias")
              ? brief
                  .numbers()
                  .signed(
                      judgement.path("bias").decimalValue(),
                      brief.numbers().percent(judgement.path("bias").decimalValue()))
              : "",
          judgement.has("mae")
              ? brief.numbers().shortMoney(judgement.path("mae").decimalValue())
              : "");
    }
    String winner = brief.say("lifetime.says_judged", judged(test.path("winner").asText()));
    String others =
        test.has("winner_by_error")
            ? " "
                + brief.say(
                    "lifetime.says_model",
                    judged(published(model)),
                    judged(test.path("winner_by_error").asText()),
                    judged(test.path("winner_by_bias").asText()))
            : "";
    return View.of("lifetime-judged", brief.say("lifetime.judged"), winner + others)
        .with(grid.open());
  }
}
