package io.karat.segments;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.indicators.IndicatorScale;
import io.karat.scores.ScorePlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureFittingTest {
  /** Six of ten have 1, so that tenths 1 to 6 begin at the least value and have no cut. */
  @Test
  void equalTenthsAreOne() {
    Feature feature = fit(IndicatorScale.LINEAR, OptionalInt.empty(), 1, 1, 1, 1, 1, 1, 2, 3, 4, 5);

    assertEquals("2 3 4", cuts(feature));
    assertEquals(List.of(6L, 1L, 1L, 2L), feature.counts());
  }

  /** Nine weeks are 63 days, and 62.5 lies between 62 and 63. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 1 2 3 4         | LINEAR     | 62.5             | [5, 0]",
        "0 1 2 3 4         | SIGNED_LOG | 4.151039906      | [5, 0]",
        "10 62 63 100 130  | LINEAR     | 62.5 125.5 188.5 | [2, 2, 1, 0]",
        "62 62 62 62 63    | SIGNED_LOG | 4.151039906 4.840242308 | [4, 1, 0]",
        "0 0 700 700 700   | LINEAR     | 62.5 755.5       | [2, 3, 0]",
      })
  void daysSinceTheLatestEventAreCountedInNineWeeks(
      String days, IndicatorScale scale, String cuts, String counts) {
    double[] values = Arrays.stream(days.split(" ")).mapToDouble(Double::parseDouble).toArray();

    Feature feature = fit(scale, OptionalInt.of(9), values);

    assertEquals(cuts, cuts(feature));
    assertEquals(counts, feature.counts().toString());
  }

  /** Of 20 customers, one or two buy less often than every two months; one does not count. */
  @ParameterizedTest
  @CsvSource({"62, 63, 9", "63, 63, 14"})
  void aFirmWithQuarterlyCustomersIsCountedInQuarters(double one, double other, int weeks) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(RowFactory.create("C" + i, 0L, 0.0, i == 0 ? one : i == 1 ? other : 30.0));
    }

    assertEquals(
        weeks,
        new TrainingSample(List.of(ScorePlan.OWN_INTERVAL), rows, rows.size()).calendarWeeks());
    assertEquals(9, new TrainingSample(List.of(), rows, rows.size()).calendarWeeks());
  }

  @Test
  void coordinatesAreThoseOfTheDays() {
    Feature days = fit(IndicatorScale.LINEAR, OptionalInt.of(9), 10, 62, 63, 100, 130);
    Feature numbers = fit(IndicatorScale.LINEAR, OptionalInt.empty(), 10, 62, 63, 100, 130);

    assertEquals(numbers.coordinate(100), days.coordinate(100));
  }

  private static Feature fit(IndicatorScale scale, OptionalInt weeks, double... values) {
    return FeatureFitting.of("feature", BigDecimal.ONE, scale, weeks, values).orElseThrow();
  }

  private static String cuts(Feature feature) {
    return feature.cuts().stream()
        .map(cut -> cut.stripTrailingZeros().toPlainString())
        .collect(joining(" "));
  }
}
