package io.karat.lifetime;

import static io.karat.settings.Translations.text;

import io.karat.lifetime.HoldoutEvaluation.Errors;
import io.karat.settings.BilingualText;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Naive rules that do better than the published model in a back-test, said plainly. */
record NaiveRules(BackTest test, String published, Money money) {
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
                compared(
                    "fit.naive_ranking",
                    rule,
                    decimal("%.3f", rule.gini()),
                    decimal("%.3f", model.gini())));
  }

  private Optional<BilingualText> error(Errors model) {
    return test.best(BackTest.Measure.ERROR, Baselines.NAMES)
        .filter(rule -> errors(rule).absolute() < model.absolute())
        .map(
            rule ->
                compared(
                    "fit.naive_error",
                    rule,
                    amount(errors(rule).absolute()),
                    amount(model.absolute())));
  }

  private Optional<BilingualText> total(Errors model) {
    return test.best(BackTest.Measure.BIAS, Baselines.NAMES)
        .filter(rule -> Math.abs(errors(rule).bias()) < Math.abs(model.bias()))
        .map(
            rule ->
                compared(
                    "fit.naive_total",
                    rule,
                    decimal("%+.1f %%", 100 * errors(rule).bias()),
                    decimal("%+.1f %%", 100 * model.bias())));
  }

  /** The sentence of two figures; another one where they are equal as they are shown. */
  private BilingualText compared(String key, HoldoutEvaluation rule, String other, String own) {
    return text(
        other.equals(own) ? key + ".equal" : key,
        name(rule),
        text("judged." + published),
        other,
        own);
  }

  private String amount(double value) {
    return money.text(BigDecimal.valueOf(value));
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
