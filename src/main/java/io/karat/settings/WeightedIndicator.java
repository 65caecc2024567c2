package io.karat.settings;

import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Indicator with its weight in a score.
 *
 * @param indicator a column of {@code customer_indicators}
 * @param weight above 0; the weights of a score need not have a fixed sum
 * @param target the target value, if the score is measured against one
 * @param cap the largest multiple of the target that counts, above 0
 * @param better the direction that counts here; empty for that of the indicator
 * @param aboveMedian an indicator whose median a customer has to reach for more than 0 points
 */
public record WeightedIndicator(
    String indicator,
    BigDecimal weight,
    Optional<Target> target,
    BigDecimal cap,
    Optional<Better> better,
    Optional<String> aboveMedian,
    Location at) {

  /** Target of an indicator. */
  public sealed interface Target {
    /** Target that is a number above 0. */
    record Fixed(BigDecimal value) implements Target {}

    /** Target that the top share of customers reach, 0 to 1; it is fitted like a cut point. */
    record Reached(BigDecimal topShare) implements Target {}
  }
}
