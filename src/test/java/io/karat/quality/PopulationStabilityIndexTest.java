package io.karat.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulationStabilityIndexTest {
  /** (0.75 - 0.5) ln 1.5 + (0.25 - 0.5) ln 0.5 = 0.101366 + 0.173287. */
  @Test
  void theIndexAddsUpShifts() {
    assertEquals(
        Optional.of(new BigDecimal("0.274653")), value(new long[] {50, 50}, new long[] {75, 25}));
  }

  /**
   * Of 100 an empty bin counts as 0.005, (1 - 0.005) ln 200 on both sides; of 100,000 it counts as
   * 0.0001, 0.9999 ln 10000 on both sides.
   */
  @ParameterizedTest
  @CsvSource({"100, 10.543652", "100000, 18.418839"})
  void anEmptyBinIsNotInfinite(long customers, BigDecimal index) {
    assertEquals(Optional.of(index), value(new long[] {customers, 0}, new long[] {0, customers}));
  }

  @Test
  void nobodyCannotDrift() {
    assertEquals(Optional.empty(), value(new long[] {1, 1}, new long[] {0, 0}));
    assertEquals(Optional.empty(), value(new long[] {0, 0}, new long[] {1, 1}));
  }

  /**
   * Tables of the chi-squared distribution have 10.828, 16.266 and 27.877 for 1, 3 and 9 degrees of
   * freedom at 0.001.
   */
  @ParameterizedTest
  @CsvSource({
    " 1,   100,  100, 0.000",
    " 2,   200,  200, 0.109",
    " 4,   200,  200, 0.163",
    "10,   200,  200, 0.279",
    "10,   200, 5000, 0.145",
    "10, 10000, 5000, 0.009",
  })
  void chanceMovesFewCustomersMore(int bins, long then, long now, BigDecimal limit) {
    assertEquals(
        limit, new PopulationStabilityIndex(BigDecimal.ZERO, bins, then, now).limitOfChance());
  }

  private static Optional<BigDecimal> value(long[] then, long[] now) {
    return PopulationStabilityIndex.of(then, now).map(PopulationStabilityIndex::value);
  }
}
