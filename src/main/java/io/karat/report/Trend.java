package io.karat.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * Line of a figure over nights, each at its distance in days.
 *
 * @param points corners in a box of {@value #WIDTH} by {@value #HEIGHT}, for SVG
 * @param says the line in words
 */
record Trend(String points, String says) {
  static final int WIDTH = 100;
  static final int HEIGHT = 24;

  /** So that the line is not cut at the border. */
  private static final int MARGIN = 2;

  private static final int PLACES = 2;

  /**
   * The line of some values; empty for fewer than two nights.
   *
   * @param text formats a value
   */
  static Optional<Trend> of(
      SortedMap<LocalDate, BigDecimal> values, Messages voice, Function<BigDecimal, String> text) {
    if (values.size() < 2) {
      return Optional.empty();
    }

    BigDecimal least = values.values().stream().reduce(BigDecimal::min).orElseThrow();
    BigDecimal most = values.values().stream().reduce(BigDecimal::max).orElseThrow();
    LocalDate first = values.firstKey();
    BigDecimal days = BigDecimal.valueOf(ChronoUnit.DAYS.between(first, values.lastKey()));
    StringJoiner points = new StringJoiner(" ");
    for (Map.Entry<LocalDate, BigDecimal> night : values.entrySet()) {
      BigDecimal x = BigDecimal.valueOf(ChronoUnit.DAYS.between(first, night.getKey()));
      points.add(
          part(x, days, WIDTH)
              + ","
              + height(night.getValue().subtract(least), most.subtract(least)));
    }
    return Optional.of(
        new Trend(
            points.toString(),
            voice.say(
                "trend.says",
                first,
                values.lastKey(),
                text.apply(least),
                text.apply(most),
                voice.counted("nights", values.size()))));
  }

  private static BigDecimal height(BigDecimal above, BigDecimal range) {
    int space = HEIGHT - 2 * MARGIN;
    return range.signum() == 0
        ? BigDecimal.valueOf(HEIGHT / 2)
        : BigDecimal.valueOf(HEIGHT - MARGIN).subtract(part(above, range, space));
  }

  private static BigDecimal part(BigDecimal of, BigDecimal all, int size) {
    return of.multiply(BigDecimal.valueOf(size)).divide(all, PLACES, RoundingMode.HALF_UP);
  }
}
