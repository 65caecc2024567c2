package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Value from four perspectives, each a weighted mean of indicators measured against targets.
 *
 * @param perspectives those that have indicators
 * @param current the least current value that is high, 0 to 100
 * @param potential the least potential value that is high, 0 to 100
 * @param isDefault whether it comes with Karat
 */
public record Scorecard(
    Map<Perspective, View> perspectives,
    BigDecimal current,
    BigDecimal potential,
    MissingValue missing,
    CutPolicy cuts,
    boolean isDefault,
    Location at) {
  /** Both values high, current only, potential only, neither. */
  public static final List<String> QUADRANTS = List.of("KEY", "MAINTAIN", "GROW", "BASIC");

  public Scorecard {
    Map<Perspective, View> inOrder = new EnumMap<>(Perspective.class);
    inOrder.putAll(perspectives);
    perspectives = Collections.unmodifiableMap(inOrder);
  }

  /** Where one looks from. */
  public enum Perspective {
    /** Current value: what the customer earns. */
    FINANCIAL,
    /** Current value: what the customer buys. */
    SALES,
    /** Potential value: where the customer is going. */
    CUSTOMER,
    /** Potential value: how the customer is served. */
    SERVICE;

    /** Whether it is part of the current value; the others are of the potential one. */
    public boolean isCurrent() {
      return this == FINANCIAL || this == SALES;
    }
  }

  /**
   * What is seen from a perspective.
   *
   * @param weight above 0
   */
  public record View(BigDecimal weight, List<WeightedIndicator> indicators, Location at) {
    public View {
      indicators = List.copyOf(indicators);
    }
  }
}
