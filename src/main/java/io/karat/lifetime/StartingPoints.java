package io.karat.lifetime;

import static java.util.Arrays.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

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
   * @param hasEqualRates whether there is one purchase rate in place of shape and rate
   * @param leaving starting values of the parameters of dropout
   */
  static List<double[]> of(PurchaseHistories histories, boolean hasEqualRates, double[][] leaving) {
    double rate = histories.totalRepeats() / histories.totalAge();
    List<double[]> rates = new ArrayList<>();
    for (int times = 1; times <= 2; times++) {
      if (hasEqualRates) {
        rates.add(new double[] {rate * times});
      }
      for (double shape : hasEqualRates ? new double[0] : SHAPES) {
        rates.add(new double[] {shape, shape / (rate * times)});
      }
    }
    return rates.stream()
        .flatMap(
            some ->
                Arrays.stream(leaving)
                    .map(others -> DoubleStream.concat(stream(some), stream(others))))
        .map(values -> values.map(Math::log).toArray())
        .toList();
  }

  static double meanAge(PurchaseHistories histories) {
    return histories.totalAge() / histories.total();
  }
}
