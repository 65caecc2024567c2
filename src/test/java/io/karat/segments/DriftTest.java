package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftTest {
  /** (0.75 - 0.5) ln 1.5 + (0.25 - 0.5) ln 0.5 = 0.101366 + 0.173287. */
  @Test
  void theIndexAddsUpShifts() {
    assertEquals(
        Optional.of(new BigDecimal("0.274653")),
        Drift.index(new long[] {50, 50}, new long[] {75, 25}));
  }

  /** An empty share counts as 0.0001: each of both is 0.9999 x ln 10000. */
  @Test
  void anEmptyTenthIsNotInfinite() {
    assertEquals(
        Optional.of(new BigDecimal("9.2094195")),
        Drift.index(new long[] {100, 0}, new long[] {0, 100})
            .map(it -> it.divide(BigDecimal.valueOf(2))));
  }

  @Test
  void nobodyCannotDrift() {
    assertEquals(Optional.empty(), Drift.index(new long[] {1, 1}, new long[] {0, 0}));
  }

  /** Six of ten have 1, so that tenths 1 to 6 begin at the least value and have no cut. */
  @Test
  void equalTenthsAreOne() {
    Feature feature =
        FeatureFitting.of(
                "count",
                BigDecimal.ONE,
                Feature.Scale.LINEAR,
                new double[] {1, 1, 1, 1, 1, 1, 2, 3, 4, 5})
            .orElseThrow();

    assertEquals(
        List.of(
            new BigDecimal("2.000000000"),
            new BigDecimal("3.000000000"),
            new BigDecimal("4.000000000")),
        feature.cuts());
    assertEquals(List.of(6L, 1L, 1L, 2L), feature.counts());
  }
}
