package io.karat.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.MaximumLikelihood.Maximum;
import io.karat.lifetime.PurchaseHistories.Counted;
import io.karat.lifetime.SpendLikelihood.Spend;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fits to simulated customers, equal to the parameters they were drawn from, up to standard errors.
 */
class RecoveryTest {
  private static final List<Double> DRAWN = List.of(0.8, 40.0, 0.9, 3.5);
  private static final int CUSTOMERS = 20_000;

  static Stream<Arguments> familiesAndSeeds() {
    return Stream.of(PurchaseFamily.values())
        .flatMap(family -> Stream.of(42, 7, 2026).map(seed -> Arguments.of(family, seed)));
  }

  @ParameterizedTest
  @MethodSource("familiesAndSeeds")
  void parametersComeBack(PurchaseFamily family, int seed) {
    List<Double> drawn =
        family == PurchaseFamily.PARETONBD ? List.of(0.8, 40.0, 0.7, 150.0) : DRAWN;
    Maximum fit = MaximumLikelihood.of(family.likelihood(simulated(family, drawn, seed)));

    assertTrue(fit.isFound());
    for (int i = 0; i < drawn.size(); i++) {
      double off = (fit.parameters().get(i) - drawn.get(i)) / fit.standardErrors().get(i);
      assertTrue(Math.abs(off) < 3.5, "%s, errors %s".formatted(fit, fit.standardErrors()));
    }
  }

  @Test
  void spendComesBack() {
    SplittableRandom sizes = new SplittableRandom(5);
    RandomGenerator chance = new Well19937c(7);
    GammaDistribution rates = new GammaDistribution(chance, 4, 1 / 20.0);
    List<Spend> spends = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      int days = 1 + sizes.nextInt(6);
      double scale = 1 / rates.sample();
      spends.add(new Spend(days, new GammaDistribution(chance, 6.0 * days, scale).sample(), 1));
    }
    Maximum fit = MaximumLikelihood.of(new SpendLikelihood(spends));

    assertTrue(fit.isFound());
    assertEquals(6, fit.parameters().get(0), 0.3);
    assertEquals(4, fit.parameters().get(1), 0.2);
    assertEquals(20, fit.parameters().get(2), 2);
  }

  /** Customers who began within two years, by whole days; purchases are at any moment. */
  private static PurchaseHistories simulated(PurchaseFamily family, List<Double> it, int seed) {
    RandomGenerator chance = new Well19937c(seed);
    GammaDistribution rates = new GammaDistribution(chance, it.get(0), 1 / it.get(1));
    List<Counted> customers = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      double age = 1 + chance.nextInt(730);
      double rate = rates.sample();
      customers.add(
          new Counted(
              family == PurchaseFamily.PARETONBD
                  ? untilADay(chance, rate, age, it)
                  : untilAPurchase(family, chance, rate, age, it),
              1));
    }
    return PurchaseHistories.of(customers);
  }

  private static PurchaseHistory untilADay(
      RandomGenerator chance, double rate, double age, List<Double> it) {
    double leaving = new GammaDistribution(chance, it.get(2), 1 / it.get(3)).sample();
    double end = Math.min(age, exponential(chance, leaving));
    long repeats = 0;
    double last = 0;
    double next = exponential(chance, rate);
    while (next <= end) {
      repeats++;
      last = next;
      next += exponential(chance, rate);
    }
    return new PurchaseHistory(repeats, last, age);
  }

  private static PurchaseHistory untilAPurchase(
      PurchaseFamily family, RandomGenerator chance, double rate, double age, List<Double> it) {
    double leaving = new BetaDistribution(chance, it.get(2), it.get(3)).sample();
    boolean isHere = family == PurchaseFamily.BGNBD || chance.nextDouble() >= leaving;
    long repeats = 0;
    double last = 0;
    double next = exponential(chance, rate);
    while (isHere && next <= age) {
      repeats++;
      last = next;
      isHere = chance.nextDouble() >= leaving;
      next += exponential(chance, rate);
    }
    return new PurchaseHistory(repeats, last, age);
  }

  private static double exponential(RandomGenerator chance, double rate) {
    return -Math.log1p(-chance.nextDouble()) / rate;
  }
}
