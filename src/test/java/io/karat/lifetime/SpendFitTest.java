package io.karat.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.SpendLikelihood.Spend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Spend with hardly any spread: the mean is known, and named as such. */
class SpendFitTest {
  static Stream<Arguments> amounts() {
    SplittableRandom chance = new SplittableRandom(4);
    return Stream.of(
        Arguments.of("one price of 10.00", prices(day -> 10.0), 10.0),
        Arguments.of("10.00, and once 10.01", prices(day -> day == 7 ? 10.01 : 10.0), 10.0),
        Arguments.of("9.90 to 10.10", prices(day -> 9.9 + 0.2 * chance.nextDouble()), 10.0),
        Arguments.of("5 to 15, by the day", prices(day -> 5 + 10 * chance.nextDouble()), 10.0));
  }

  @ParameterizedTest
  @MethodSource("amounts")
  void whereCustomersHardlyDifferTheMeanOfAllIsExpected(
      String which, List<Spend> spends, double mean) {
    SpendFit fit = SpendFit.of(spends).orElseThrow();

    assertEquals(SpendFamily.EQUAL_MEANS, fit.family(), which);
    assertEquals(mean, fit.model().expectedMean(0, 0), 0.3, which);
    assertEquals(mean, fit.model().expectedMean(1, 14), 0.3, which);
  }

  /** Each customer has a price of its own, whose reciprocal is gamma distributed: 10 on average. */
  @Test
  void whoAlwaysSpendsTheSameIsExpectedToDoSo() {
    GammaDistribution reciprocals = new GammaDistribution(3, 1 / 20.0);
    List<Spend> spends =
        IntStream.range(0, 420)
            .mapToObj(
                i -> {
                  int days = 1 + i % 7;
                  int place = i / 7;
                  double share = (place + 0.5) / 60;
                  return new Spend(days, days / reciprocals.inverseCumulativeProbability(share), 1);
                })
            .toList();
    SpendFit fit = SpendFit.of(spends).orElseThrow();

    assertEquals(SpendFamily.OWN_MEANS, fit.family());
    assertEquals(24, fit.model().expectedMean(3, 72));
    assertEquals(10, fit.model().expectedMean(0, 0), 0.5);
  }

  /** Amounts from 1 to a billion, a tenth as many customers for each tenfold: no finite mean. */
  @Test
  void withoutAFiniteMeanThereIsNoModel() {
    SplittableRandom chance = new SplittableRandom(2);
    List<Spend> spends =
        IntStream.range(0, 500)
            .mapToObj(i -> new Spend(1 + i % 3, (1 + i % 3) / Math.pow(chance.nextDouble(), 2), 1))
            .toList();

    assertEquals(Optional.empty(), SpendFit.of(spends));
  }

  @Test
  void theOrderOfCustomersChangesNothing() {
    SplittableRandom chance = new SplittableRandom(6);
    List<Spend> spends = prices(day -> 9 + chance.nextDouble());
    List<Spend> shuffled = new ArrayList<>(spends);
    Collections.shuffle(shuffled, new Random(1));

    assertEquals(SpendFit.of(spends), SpendFit.of(shuffled));
    assertTrue(SpendFit.of(spends).isPresent());
  }

  /** 300 customers with one to nine days. */
  private static List<Spend> prices(IntFunction<Double> price) {
    return IntStream.range(0, 300)
        .mapToObj(
            i -> {
              int days = 1 + i % 9;
              double total = IntStream.range(0, days).mapToDouble(d -> price.apply(i + d)).sum();
              return new Spend(days, total, 1);
            })
        .toList();
  }
}
