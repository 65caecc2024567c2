package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Levels in order, such as GOLD before SILVER; a customer has the first level whose condition is
 * true.
 *
 * @param levels in order; the last has no condition
 */
public record LevelSettings(List<Level> levels) {
  public LevelSettings {
    levels = List.copyOf(levels);
  }

  /**
   * Level of a class or tier.
   *
   * @param condition empty if all remaining customers have this level
   */
  public record Level(String name, Optional<Condition> condition, Location at) {}

  /** Condition on a value for a level. */
  public sealed interface Condition {
    /** Condition that a customer is in the top share of all customers, 0 to 1. */
    record TopShare(BigDecimal share) implements Condition {}

    /**
     * Condition that a customer is among those who, counted from the best, together make a share of
     * the sum of all positive values.
     *
     * @param of the column that is summed; the value itself if absent
     */
    record TopValueShare(BigDecimal share, Optional<String> of) implements Condition {}

    /**
     * Condition that a value is at or beyond a bound.
     *
     * @param isLeast true if the value must be at or above the bound, as if higher is better; false
     *     if at or below it
     */
    record Bound(BigDecimal value, boolean isLeast) implements Condition {
      /** A bound that values must reach or exceed. */
      public Bound(BigDecimal least) {
        this(least, true);
      }
    }
  }
}
