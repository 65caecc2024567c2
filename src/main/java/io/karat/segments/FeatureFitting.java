package io.karat.segments;

import io.karat.indicators.IndicatorScale;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Fitting of a feature: limits, mean, deviation and bins of an indicator. */
final class FeatureFitting {
  private static final int PLACES = 9;
  private static final double LOW = 0.01;
  private static final double HIGH = 0.99;
  private static final int TENTHS = 10;
  private static final int DAYS_OF_A_WEEK = 7;
  private static final double HALF_A_DAY = 0.5;

  private FeatureFitting() {}

  /**
   * Fits a feature: limits at the 1st and 99th percentile, then mean and standard deviation (n - 1)
   * of the limited values.
   *
   * @param weeks whole weeks to which bins are raised, for days since the latest event, see {@link
   *     TrainingSample#calendarWeeks}
   * @param values of customers, all known, in a fixed order
   * @return empty if all values are the same between those percentiles
   */
  static Optional<Feature> of(
      String name, BigDecimal weight, IndicatorScale scale, OptionalInt weeks, double[] values) {
    double[] scaled = Arrays.stream(values).map(scale::of).toArray();
    double[] sorted = scaled.clone();
    Arrays.sort(sorted);
    BigDecimal low = decimal(quantile(sorted, LOW));
    BigDecimal high = decimal(quantile(sorted, HIGH));
    double[] limited =
        Arrays.stream(scaled)
            .map(value -> Math.min(Math.max(value, low.doubleValue()), high.doubleValue()))
            .toArray();
    double mean = sum(limited) / limited.length;
    double squares = sum(Arrays.stream(limited).map(it -> (it - mean) * (it - mean)).toArray());
    BigDecimal deviation =
        decimal(limited.length < 2 ? 0 : Math.sqrt(squares / (limited.length - 1)));
    if (deviation.signum() == 0) {
      return Optional.empty();
    }

    List<BigDecimal> cuts =
        weeks.isPresent()
            ? cutsInDays(sorted, scale, weeks.getAsInt() * DAYS_OF_A_WEEK)
            : cuts(sorted);
    return Optional.of(
        new Feature(
            name, weight, scale, low, high, decimal(mean), deviation, cuts, counts(sorted, cuts)));
  }

  /** The least value that is not exceeded by a share of all. */
  static double quantile(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }

  /** The sum in the given order; a parallel or compensated sum could give other last digits. */
  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** The deciles; one that is equal to the least value is left out. */
  private static List<BigDecimal> cuts(double[] sorted) {
    List<BigDecimal> cuts = new ArrayList<>();
    BigDecimal last = decimal(sorted[0]);
    for (int tenth = 1; tenth < TENTHS; tenth++) {
      BigDecimal cut = decimal(quantile(sorted, (double) tenth / TENTHS));
      if (cut.compareTo(last) > 0) {
        cuts.add(cut);
        last = cut;
      }
    }
    return cuts;
  }

  /**
   * The deciles, each raised to the next multiple of some days: those since the latest event move
   * with the calendar. The cuts lie between whole days, so that rounding on the scale moves nobody.
   */
  private static List<BigDecimal> cutsInDays(double[] sorted, IndicatorScale scale, int step) {
    return IntStream.range(1, TENTHS)
        .mapToDouble(tenth -> scale.undone(quantile(sorted, (double) tenth / TENTHS)) + HALF_A_DAY)
        .map(days -> (Math.floor(days / step) + 1) * step - HALF_A_DAY)
        .distinct()
        .mapToObj(cut -> decimal(scale.of(cut)))
        .toList();
  }

  private static List<Long> counts(double[] sorted, List<BigDecimal> cuts) {
    long[] counts = new long[cuts.size() + 1];
    for (double value : sorted) {
      counts[(int) cuts.stream().filter(cut -> value >= cut.doubleValue()).count()]++;
    }
    return Arrays.stream(counts).boxed().toList();
  }

  private static BigDecimal decimal(double value) {
    return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
  }
}
