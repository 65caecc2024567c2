package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Levels in order, such as GOLD before SILVER: a customer is in the first whose condition holds.
 *
 * @param levels the last has no condition
 */
public record LevelSettings(List<Level> levels) {
  public LevelSettings {
    levels = List.copyOf(levels);
  }

  /**
   * One level.
   *
   * @param condition none where everybody else is in it
   */
  public record Level(String name, Optional<Condition> condition, Location at) {}

  /** What a value has to be for a level. */
  public sealed interface Condition {
    /** Among the best: shares of customers, 0 to 1. */
    record TopShare(BigDecimal share) implements Condition {}

    /**
     * Among those who, counted from the best, together make a share of all positive values.
     *
     * @param of the column that is added up; the value itself where absent
     */
    record TopValueShare(BigDecimal share, Optional<String> of) implements Condition {}

    /**
     * At least this good.
     *
     * @param isLeast whether values at or above it are, as where higher is better, or those at or
     *     below it
     */
    record Bound(BigDecimal value, boolean isLeast) implements Condition {
      /** At or above {@code least}. */
      public Bound(BigDecimal least) {
        this(least, true);
      }
    }
  }
}
