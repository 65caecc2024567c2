package io.karat.prediction;

import io.karat.lifetime.HoldoutEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The judgement of a predictor on days that it has not seen.
 *
 * @param auc the area under the ROC curve: how well it ranks who buys
 * @param brier the mean squared error of chances; empty if it gives none
 * @param gini the normalised Gini coefficient: how well it ranks net sales
 * @param errors of amounts; empty if it gives none
 * @param aucDifference to the published regression; empty of itself
 * @param errorDifference likewise, of the mean absolute error
 * @param tenths of customers by chance, the lowest first; empty without chances
 */
record PredictorJudgement(
    String name,
    double auc,
    Optional<Double> brier,
    double gini,
    Optional<HoldoutEvaluation.Errors> errors,
    Optional<PairedDifference> aucDifference,
    Optional<PairedDifference> errorDifference,
    List<Tenth> tenths) {
  private static final int TENTHS = 10;

  PredictorJudgement {
    tenths = List.copyOf(tenths);
  }

  /**
   * A tenth of the customers.
   *
   * @param expected the mean chance
   * @param actual the share who bought
   */
  record Tenth(int customers, double expected, double actual) {}

  static PredictorJudgement of(
      Predictor predictor, Predictor published, double[] labels, double[] sales) {
    boolean isOther = !predictor.name().equals(published.name());
    HoldoutEvaluation evaluation =
        predictor
            .amounts()
            .map(amounts -> HoldoutEvaluation.ofAmounts(predictor.name(), amounts, sales))
            .orElseGet(
                () -> HoldoutEvaluation.ofRanks(predictor.name(), predictor.scores(), sales));
    return new PredictorJudgement(
        predictor.name(),
        Discrimination.auc(predictor.scores(), labels),
        predictor.isChance() ? Optional.of(brier(predictor.scores(), labels)) : Optional.empty(),
        evaluation.gini(),
        evaluation.errors(),
        isOther
            ? Optional.of(PairedDifference.ofAuc(predictor.scores(), published.scores(), labels))
            : Optional.empty(),
        predictor
            .amounts()
            .filter(it -> isOther && published.amounts().isPresent())
            .map(it -> PairedDifference.ofError(it, published.amounts().orElseThrow(), sales)),
        predictor.isChance() ? tenths(predictor.scores(), labels) : List.of());
  }

  private static double brier(double[] chances, double[] labels) {
    double squares = 0;
    for (int i = 0; i < labels.length; i++) {
      squares += (chances[i] - labels[i]) * (chances[i] - labels[i]);
    }
    return squares / labels.length;
  }

  private static List<Tenth> tenths(double[] chances, double[] labels) {
    int[] order = Discrimination.order(chances);
    List<Tenth> tenths = new ArrayList<>();
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      int start = (int) ((long) order.length * tenth / TENTHS);
      int end = (int) ((long) order.length * (tenth + 1) / TENTHS);
      double expected = 0;
      double actual = 0;
      for (int i = start; i < end; i++) {
        expected += chances[order[i]];
        actual += labels[order[i]];
      }
      if (end > start) {
        tenths.add(new Tenth(end - start, expected / (end - start), actual / (end - start)));
      }
    }
    return tenths;
  }
}
