package io.karat.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.lifetime.SimulatedCustomers.Simulated;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The probability of a purchase, beside simulated customers and published probabilities. */
class PurchaseProbabilityTest {
  private static final PurchaseHistory NEW = new PurchaseHistory(0, 0, 0);

  /** Who came once is active for certain by BG/NBD, and yet only some of them come again. */
  @ParameterizedTest
  @CsvSource({"BGNBD, 3.5", "MBGNBD, 3.5", "PARETONBD, 150"})
  void itIsTheShareOfSimulatedCustomersWhoComeAgain(PurchaseFamily family, double last) {
    List<Double> parameters = List.of(0.8, 40.0, 0.9, last);
    PurchaseModel model = family.model(parameters);
    List<Simulated> all = SimulatedCustomers.of(family, parameters).draw(60_000, 8, 90);
    for (List<Integer> repeats : List.of(List.of(0, 0), List.of(1, 3), List.of(4, 1_000))) {
      List<Simulated> some =
          all.stream()
              .filter(it -> it.history().repeats() >= repeats.get(0))
              .filter(it -> it.history().repeats() <= repeats.get(1))
              .toList();
      double came = some.stream().filter(it -> it.later() > 0).count();
      double expected =
          some.stream().mapToDouble(it -> model.purchaseProbability(it.history(), 90)).sum();

      assertEquals(came / some.size(), expected / some.size(), 0.01, family + " " + repeats);
    }
  }

  /** P(X(t) = x) of Fader, Hardie and Lee (2005), equation 8, for x = 1 to 400. */
  @Test
  void itIsTheSumOfThePublishedProbabilitiesOfTheBgNbd() {
    double r = 0.243;
    double alpha = 4.414;
    double a = 0.793;
    double b = 2.426;
    for (double time : List.of(1.0, 13.0, 39.0)) {
      double sum = 0;
      double fewer = 0;
      for (int x = 0; x <= 400; x++) {
        double count =
            Math.exp(
                Gamma.logGamma(r + x)
                    - Gamma.logGamma(r)
                    - Gamma.logGamma(x + 1.0)
                    + r * Math.log(alpha / (alpha + time))
                    + x * Math.log(time / (alpha + time)));
        if (x > 0) {
          sum += Math.exp(Beta.logBeta(a, b + x) - Beta.logBeta(a, b)) * count;
          sum += Math.exp(Beta.logBeta(a + 1, b + x - 1) - Beta.logBeta(a, b)) * (1 - fewer);
        }
        fewer += count;
      }
      // The terms past 400 are those of the customers who have not left: at most 400^-a.
      assertEquals(
          PurchaseFamily.BGNBD.model(List.of(r, alpha, a, b)).purchaseProbability(NEW, time),
          sum,
          0.001,
          "t = " + time);
    }
  }

  /** P(X(t) = 0) of the Pareto/NBD: neither bought nor left, or left before a purchase. */
  @ParameterizedTest
  @CsvSource({"1", "13", "39", "400"})
  void itIsWhatTheParetoNbdLeavesOverForNone(double time) {
    double r = 0.553;
    double alpha = 10.578;
    double s = 0.606;
    double beta = 11.669;
    double stayed = Math.pow(alpha / (alpha + time), r) * Math.pow(beta / (beta + time), s);
    double left =
        integral(
            u -> s / beta * Math.pow(beta / (beta + u), s + 1) * Math.pow(alpha / (alpha + u), r),
            time);

    assertEquals(
        1 - stayed - left,
        PurchaseFamily.PARETONBD.model(List.of(r, alpha, s, beta)).purchaseProbability(NEW, time),
        1e-9);
  }

  /** With r + x = 4 and alpha + T = 120: 1 - (120 / 240)^4 = 0.9375. */
  @Test
  void withoutDropoutItIsThatOfTheNegativeBinomial() {
    PurchaseForm form = PurchaseForm.full(PurchaseFamily.BGNBD).named("nbd").orElseThrow();
    PurchaseModel model = form.model(List.of(1.0, 20.0));

    assertEquals(0.9375, model.purchaseProbability(new PurchaseHistory(3, 50, 100), 120), 1e-12);
    assertEquals(0, model.purchaseProbability(new PurchaseHistory(3, 50, 100), 0));
  }

  /** Simpson's rule. */
  private static double integral(DoubleUnaryOperator function, double end) {
    int steps = 20_000;
    double width = end / steps;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      double from = i * width;
      sum +=
          function.applyAsDouble(from)
              + 4 * function.applyAsDouble(from + width / 2)
              + function.applyAsDouble(from + width);
    }
    return sum * width / 6;
  }
}
