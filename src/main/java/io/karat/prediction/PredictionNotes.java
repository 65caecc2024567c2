package io.karat.prediction;

import static io.karat.settings.Translations.text;

import io.karat.lifetime.HoldoutEvaluation.Errors;
import io.karat.settings.BilingualText;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Notes on a back-test, to read before anybody relies on the model: above all who does better. */
record PredictionNotes(PredictionBackTest test, Money money) {
  List<BilingualText> all() {
    PredictorJudgement own = test.of(Predictor.REGRESSION).orElseThrow();
    List<BilingualText> notes = new ArrayList<>();
    ranking(own).ifPresent(notes::add);
    own.errors().flatMap(this::error).ifPresent(notes::add);
    own.errors().flatMap(this::total).ifPresent(notes::add);
    test.of(Predictor.TREES)
        .filter(PredictionNotes::isBetter)
        .map(PredictionNotes::better)
        .ifPresent(notes::add);
    test.biasBeyondUse()
        .map(it -> text("prediction.amounts_off", decimal("%+.1f %%", 100 * it)))
        .ifPresent(notes::add);
    if (own.errors().isEmpty()) {
      notes.add(text("prediction.no_amounts", PredictionFit.FEWEST));
    }
    return notes;
  }

  private Optional<BilingualText> ranking(PredictorJudgement own) {
    return naive()
        .max(Comparator.comparingDouble(PredictorJudgement::auc))
        .filter(rule -> rule.auc() > own.auc())
        .map(
            rule ->
                compared(
                    "prediction.naive_ranking",
                    rule,
                    decimal("%.3f", rule.auc()),
                    decimal("%.3f", own.auc())));
  }

  private Optional<BilingualText> error(Errors own) {
    return withErrors()
        .min(Comparator.comparingDouble(rule -> errors(rule).absolute()))
        .filter(rule -> errors(rule).absolute() < own.absolute())
        .map(
            rule ->
                compared(
                    "prediction.naive_error",
                    rule,
                    amount(errors(rule).absolute()),
                    amount(own.absolute())));
  }

  private Optional<BilingualText> total(Errors own) {
    return withErrors()
        .min(Comparator.comparingDouble(rule -> Math.abs(errors(rule).bias())))
        .filter(rule -> Math.abs(errors(rule).bias()) < Math.abs(own.bias()))
        .map(
            rule ->
                compared(
                    "prediction.naive_total",
                    rule,
                    decimal("%+.1f %%", 100 * errors(rule).bias()),
                    decimal("%+.1f %%", 100 * own.bias())));
  }

  /** The sentence of two figures; another one where they are equal as they are shown. */
  private static BilingualText compared(
      String key, PredictorJudgement rule, String other, String own) {
    return text(other.equals(own) ? key + ".equal" : key, name(rule), other, own);
  }

  private String amount(double value) {
    return money.text(BigDecimal.valueOf(value));
  }

  private Stream<PredictorJudgement> naive() {
    return test.judgements().stream().filter(it -> Predictor.isNaive(it.name()));
  }

  private Stream<PredictorJudgement> withErrors() {
    return naive().filter(it -> it.errors().isPresent());
  }

  private static Errors errors(PredictorJudgement judgement) {
    return judgement.errors().orElseThrow();
  }

  /** Whether a challenger ranks better by more than chance explains. */
  private static boolean isBetter(PredictorJudgement challenger) {
    return challenger.aucDifference().filter(it -> it.low() > 0).isPresent();
  }

  private static BilingualText better(PredictorJudgement challenger) {
    PairedDifference difference = challenger.aucDifference().orElseThrow();
    return text(
        "prediction.challenger",
        name(challenger),
        decimal("%.3f", difference.value()),
        decimal("%.3f", difference.low()),
        decimal("%.3f", difference.high()));
  }

  private static BilingualText name(PredictorJudgement judgement) {
    return text("predictor." + judgement.name());
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
