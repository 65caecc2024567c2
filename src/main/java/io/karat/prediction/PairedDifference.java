package io.karat.prediction;

import io.karat.ranks.MeanRanks;
import java.util.stream.IntStream;

/**
 * The difference of two predictions of the same customers in a measure, with its 95 % interval.
 *
 * @param value the measure of the other prediction less that of the published one
 */
record PairedDifference(double value, double low, double high) {
  private static final double NORMAL_95 = 1.959963984540054;

  private static PairedDifference of(double value, double variance) {
    double half = NORMAL_95 * Math.sqrt(Math.max(variance, 0));
    return new PairedDifference(value, value - half, value + half);
  }

  /** The difference in the area under the ROC curve (DeLong, DeLong and Clarke-Pearson 1988). */
  static PairedDifference ofAuc(double[] other, double[] published, double[] labels) {
    Placements ofOther = Placements.of(other, labels);
    Placements ofPublished = Placements.of(published, labels);
    double variance =
        variance(minus(ofOther.buyers, ofPublished.buyers)) / ofOther.buyers.length
            + variance(minus(ofOther.others, ofPublished.others)) / ofOther.others.length;
    return of(mean(ofOther.buyers) - mean(ofPublished.buyers), variance);
  }

  /** The difference in the mean absolute error. */
  static PairedDifference ofError(double[] other, double[] published, double[] actuals) {
    double[] differences = new double[actuals.length];
    for (int i = 0; i < actuals.length; i++) {
      differences[i] = Math.abs(other[i] - actuals[i]) - Math.abs(published[i] - actuals[i]);
    }
    return of(mean(differences), variance(differences) / differences.length);
  }

  private static double[] minus(double[] one, double[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> one[i] - other[i]).toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return squares / (values.length - 1);
  }

  /**
   * Placements by a score: for each buyer the share of other customers with a lower score, for each
   * other customer the share of buyers with a higher one, equal scores counted half.
   */
  private static final class Placements {
    private final double[] buyers;
    private final double[] others;

    private Placements(double[] buyers, double[] others) {
      this.buyers = buyers;
      this.others = others;
    }

    static Placements of(double[] scores, double[] labels) {
      int[] buyers = IntStream.range(0, labels.length).filter(i -> labels[i] > 0).toArray();
      int[] others = IntStream.range(0, labels.length).filter(i -> !(labels[i] > 0)).toArray();
      double[] among = MeanRanks.of(scores).all();
      return new Placements(
          below(scores, among, buyers, others.length),
          complement(below(scores, among, others, buyers.length)));
    }

    /** The share of the other kind below each of some customers. */
    private static double[] below(double[] scores, double[] among, int[] some, int others) {
      double[] own = MeanRanks.of(IntStream.of(some).mapToDouble(i -> scores[i]).toArray()).all();
      return IntStream.range(0, some.length)
          .mapToDouble(i -> (among[some[i]] - own[i]) / others)
          .toArray();
    }

    private static double[] complement(double[] shares) {
      return IntStream.range(0, shares.length).mapToDouble(i -> 1 - shares[i]).toArray();
    }
  }
}
