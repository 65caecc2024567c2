package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the scorecard: value from four perspectives, each a weighted mean of indicators
 * measured against targets.
 *
 * @param perspectives those that have indicators
 * @param current the least current value that counts as high, 0 to 100
 * @param potential the least potential value that counts as high, 0 to 100
 * @param hysteresis points by which a value must pass its cut before the customer changes its
 *     quadrant
 * @param missing how unknown indicators count; empty for each by its {@link MissingValue#of
 *     category}
 * @param isDefault whether the indicators are the built-in ones
 */
public record Scorecard(
    Map<Perspective, View> perspectives,
    BigDecimal current,
    BigDecimal potential,
    BigDecimal hysteresis,
    Optional<MissingValue> missing,
    CutPolicy cuts,
    boolean isDefault,
    Location at) {
  /** The quadrants in order: both values high, current only, potential only, neither. */
  public static final List<String> QUADRANTS = List.of("KEY", "MAINTAIN", "GROW", "BASIC");

  public Scorecard {
    Map<Perspective, View> inOrder = new EnumMap<>(Perspective.class);
    inOrder.putAll(perspectives);
    perspectives = Collections.unmodifiableMap(inOrder);
  }

  /** Perspective of the scorecard. */
  public enum Perspective {
    /** Current value: profit and payment behaviour. */
    FINANCIAL,
    /** Current value: purchases and returns. */
    SALES,
    /** Potential value: activity and growth of the customer. */
    CUSTOMER,
    /** Potential value: satisfaction and contacts. */
    SERVICE;

    /** Whether it belongs to the current value; the others belong to the potential value. */
    public boolean isCurrent() {
      return this == FINANCIAL || this == SALES;
    }
  }

  /**
   * Settings of one perspective.
   *
   * @param weight above 0
   */
  public record View(BigDecimal weight, List<WeightedIndicator> indicators, Location at) {
    public View {
      indicators = List.copyOf(indicators);
    }
  }
}
