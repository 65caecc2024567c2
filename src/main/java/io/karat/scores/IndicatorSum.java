package io.karat.scores;

import io.karat.indicators.IndicatorColumn;
import io.karat.tables.DecimalTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Sum of an indicator over the customers with a value, and their number. */
public record IndicatorSum(long known, BigDecimal total) {
  /** The sum over nobody. */
  public static final IndicatorSum NOTHING = new IndicatorSum(0, BigDecimal.ZERO);

  /** The indicators that can be added up. */
  public static List<String> among(List<IndicatorColumn> columns) {
    return columns.stream()
        .filter(column -> IndicatorUse.NUMBERS.contains(column.indicator().unit()))
        .map(IndicatorColumn::name)
        .distinct()
        .toList();
  }

  /** The sum over both. */
  public IndicatorSum plus(IndicatorSum other) {
    return new IndicatorSum(known + other.known, total.add(other.total));
  }

  /** The mean; empty if the indicator is known of nobody. */
  public Optional<BigDecimal> mean() {
    return known == 0
        ? Optional.empty()
        : Optional.of(
            total.divide(
                BigDecimal.valueOf(known), DecimalTypes.NUMBER.scale(), RoundingMode.HALF_UP));
  }

  /** The mean divided by that of all; empty unless the latter is above 0. */
  public Optional<BigDecimal> lift(IndicatorSum all) {
    return mean()
        .flatMap(
            one ->
                all.mean()
                    .filter(whole -> whole.signum() > 0)
                    .map(
                        whole ->
                            one.divide(whole, DecimalTypes.RATIO.scale(), RoundingMode.HALF_UP)));
  }
}
