package io.karat.settings;

import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of expected churn by satisfaction, interpolated linearly between levels, and of the
 * value at risk.
 *
 * @param by the column of satisfaction
 * @param of the column of the amount at risk
 * @param left a condition on customers who have left already
 * @param periodDays the days over which churn is observed
 * @param levels the share of customers expected to leave, 0 to 1, by level of satisfaction
 * @param isLearned whether rates that were observed take the place of these
 * @param isDefault whether the settings are the built-in ones
 */
public record ChurnSettings(
    String by,
    String of,
    Optional<Expression> left,
    int periodDays,
    SortedMap<BigDecimal, BigDecimal> levels,
    boolean isLearned,
    boolean isDefault,
    Location at) {
  public ChurnSettings {
    levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
  }

  /** Whether the condition on customers who have left is the built-in one. */
  public boolean isLeftDefault() {
    return left.filter(it -> !it.at().isDefault()).isEmpty();
  }

  /** The same settings for models that do not know who has left. */
  public ChurnSettings withoutLeft() {
    return new ChurnSettings(
        by, of, Optional.empty(), periodDays, levels, isLearned, isDefault, at);
  }

  /** The same settings with other rates. */
  public ChurnSettings with(SortedMap<BigDecimal, BigDecimal> rates) {
    return new ChurnSettings(by, of, left, periodDays, rates, isLearned, isDefault, at);
  }
}
