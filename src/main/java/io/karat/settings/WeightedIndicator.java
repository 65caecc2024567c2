package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An indicator's part in a score.
 *
 * @param indicator a column of {@code customer_indicators}
 * @param weight above 0; weights of a score need not add up to anything
 * @param target what is aimed at, where the score asks for one
 * @param cap the most that is counted, as a multiple of the target, above 0
 */
public record WeightedIndicator(
    String indicator, BigDecimal weight, Optional<Target> target, BigDecimal cap, Location at) {

  /** What an indicator is measured against. */
  public sealed interface Target {
    /** A number above 0. */
    record Fixed(BigDecimal value) implements Target {}

    /** What the best share of customers reach, 0 to 1; a cut point like others. */
    record Reached(BigDecimal topShare) implements Target {}
  }
}
