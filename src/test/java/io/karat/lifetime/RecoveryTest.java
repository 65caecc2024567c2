package io.karat.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.MaximumLikelihood.Maximum;
import io.karat.lifetime.SpendLikelihood.Spend;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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
    return PurchaseFamily.AT_RANDOM.stream()
        .flatMap(family -> Stream.of(42, 7, 2026).map(seed -> Arguments.of(family, seed)));
  }

  @ParameterizedTest
  @MethodSource("familiesAndSeeds")
  void parametersComeBack(PurchaseFamily family, int seed) {
    List<Double> drawn =
        family == PurchaseFamily.PARETONBD ? List.of(0.8, 40.0, 0.7, 150.0) : DRAWN;
    Maximum fit =
        MaximumLikelihood.of(
            family.likelihood(
                SimulatedCustomers.histories(
                    SimulatedCustomers.of(family, drawn).draw(CUSTOMERS, seed, 0))));

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
}
