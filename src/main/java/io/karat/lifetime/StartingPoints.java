package io.karat.lifetime;

import java.util.ArrayList;
import java.util.List;

/**
 * Starting points for the parameters of a purchase model. The shape of the purchase rates is 0.5 or
 * 2, about as in the published fits, with the observed mean rate: {@code r / alpha = sum(x) /
 * sum(T)}, and twice that, as customers who dropped out buy nothing.
 */
final class StartingPoints {
  private static final double[] SHAPES = {0.5, 2};

  private StartingPoints() {}

  /**
   * All starting points, as logarithms.
   *
   * @param leaving starting values of the two parameters of dropout
   */
  static List<double[]> of(PurchaseHistories histories, double[][] leaving) {
    double repeats = histories.totalRepeats();
    double ages = histories.totalAge();
    List<double[]> starts = new ArrayList<>();
    for (double shape : SHAPES) {
      for (double[] pair : leaving) {
        for (int times = 1; times <= 2; times++) {
          double alpha = shape * ages / (repeats * times);
          starts.add(
              new double[] {
                Math.log(shape), Math.log(alpha), Math.log(pair[0]), Math.log(pair[1])
              });
        }
      }
    }
    return starts;
  }

  static double meanAge(PurchaseHistories histories) {
    return histories.totalAge() / histories.total();
  }
}
