package io.karat.ranks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankCorrelationTest {
  private static final double UNKNOWN = Double.NaN;

  /** R 4: {@code cor(mtcars$mpg, mtcars[[x]], method = "spearman")}, with many ties. */
  private static final double[] MILES = {
    21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
    14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4
  };

  private static final double[] CYLINDERS = {
    6, 6, 4, 6, 8, 6, 8, 4, 4, 6, 6, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 8, 6, 8, 4
  };

  private static final double[] WEIGHTS = {
    2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25,
    5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17,
        2.77,
    3.57, 2.78
  };

  @Test
  void equalValuesShareTheMeanOfTheirRanks() {
    assertArrayEquals(
        new double[] {2.5, 1, 2.5, UNKNOWN, 4},
        MeanRanks.of(new double[] {7, -3, 7, UNKNOWN, 9}).all());
    assertArrayEquals(new double[] {1.5, 1.5}, MeanRanks.of(new double[] {-0.0, 0.0}).all());
  }

  /**
   * Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: products of distances from 2.5 add up to 2.25 + 0 + 0 +
   * 2.25 = 4.5, squares to 4.5 and 5. Without the unknown one 1, 2.5, 2.5 and 1, 2, 3: 1.5, over
   * the root of 1.5 x 2.
   */
  @ParameterizedTest
  @CsvSource({
    "10 20 20 40, 1 2 3 4,   4, 0.948683", // 4.5 / sqrt(22.5)
    "10 20 20 40, 1 2 3 NaN, 3, 0.866025",
    "10 20 20 40, 4 3 2 1,   4, -0.948683",
    "10 20 20 40, 7 7 7 9,   4, 0.816497",
    "1 2 3 4,     1 8 27 64, 4, 1.000000",
    "10 20 20 40, 7 7 7 7,   4,",
    "1 NaN 2 NaN, NaN 1 NaN 2, 0,",
    // Of intelligence and hours before television, an example without ties: -29 / 165.
    "86 97 99 100 101 103 106 110 112 113, 2 20 28 27 50 29 7 17 6 12, 10, -0.175758",
  })
  void itIsTheCorrelationOfRanks(
      String first, String second, long customers, BigDecimal correlation) {
    assertEquals(
        new RankCorrelation(customers, Optional.ofNullable(correlation)),
        RankCorrelation.of(ranks(first), ranks(second)));
  }

  @Test
  void itIsThatOfRWithManyTies() {
    assertEquals("-0.886422", value(MILES, WEIGHTS));
    assertEquals("-0.910801", value(MILES, CYLINDERS));
  }

  @Test
  void theOrderOfCustomersChangesNothing() {
    int[] turned = IntStream.range(0, MILES.length).map(i -> i * 7 % MILES.length).toArray();

    assertEquals(
        value(MILES, WEIGHTS),
        value(
            Arrays.stream(turned).mapToDouble(i -> MILES[i]).toArray(),
            Arrays.stream(turned).mapToDouble(i -> WEIGHTS[i]).toArray()));
  }

  private static String value(double[] first, double[] second) {
    return RankCorrelation.of(MeanRanks.of(first), MeanRanks.of(second))
        .value()
        .orElseThrow()
        .toPlainString();
  }

  private static MeanRanks ranks(String values) {
    return MeanRanks.of(
        Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray());
  }
}
