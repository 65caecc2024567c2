package io.karat.ranks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankPointTest {
  /** (below + equal / 2) x 100 / customers; 50 / 256 is 0.1953125, 150 / 256 is 0.5859375. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 50.000000",
    "0, 3, 3, 50.000000",
    "1, 2, 4, 50.000000",
    "2, 1, 3, 83.333333",
    "0, 1, 256, 0.195313",
    "1, 1, 256, 0.585938",
  })
  void aPercentileOnAHalfIsRoundedUp(
      long below, long equal, long customers, BigDecimal percentile) {
    assertEquals(percentile, RankPoint.percentile(below, equal, customers));
  }
}
