package io.karat.lifetime;

import static io.karat.settings.Translations.text;

import io.karat.lifetime.HoldoutEvaluation.Errors;
import io.karat.settings.BilingualText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Naive rules that do better than the published model in a back-test, said plainly. */
record NaiveRules(BackTest test, String published) {
  /** A note on each of ranking, error and total in which a naive rule does better. */
  List<BilingualText> notes() {
    Optional<HoldoutEvaluation> own = test.named(published);
    List<BilingualText> notes = new ArrayList<>();
    own.ifPresent(
        model -> {
          ranking(model).ifPresent(notes::add);
          model.errors().flatMap(this::error).ifPresent(notes::add);
          model.errors().flatMap(this::total).ifPresent(notes::add);
        });
    return notes;
  }

  private Optional<BilingualText> ranking(HoldoutEvaluation model) {
    return test.best(BackTest.Measure.RANKING, Baselines.NAMES)
        .filter(rule -> rule.gini() > model.gini())
        .map(
            rule ->
                text(
                    "fit.naive_ranking",
                    name(rule),
                    text("judged." + published),
                    decimal("%.3f", rule.gini()),
                    decimal("%.3f", model.gini())));
  }

  private Optional<BilingualText> error(Errors model) {
    return test.best(BackTest.Measure.ERROR, Baselines.NAMES)
        .filter(rule -> errors(rule).absolute() < model.absolute())
        .map(
            rule ->
                text(
                    "fit.naive_error",
                    name(rule),
                    text("judged." + published),
                    decimal("%,.2f", errors(rule).absolute()),
                    decimal("%,.2f", model.absolute())));
  }

  private Optional<BilingualText> total(Errors model) {
    return test.best(BackTest.Measure.BIAS, Baselines.NAMES)
        .filter(rule -> Math.abs(errors(rule).bias()) < Math.abs(model.bias()))
        .map(
            rule ->
                text(
                    "fit.naive_total",
                    name(rule),
                    text("judged." + published),
                    decimal("%+.1f %%", 100 * errors(rule).bias()),
                    decimal("%+.1f %%", 100 * model.bias())));
  }

  private static BilingualText name(HoldoutEvaluation rule) {
    return text("judged." + rule.name());
  }

  private static Errors errors(HoldoutEvaluation rule) {
    return rule.errors().orElseThrow();
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
