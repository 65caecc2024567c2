package io.karat.models;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How a model differs from the live one, and what it would change.
 *
 * @param cuts the numbers of both, in the order in which people look for them
 * @param moves the customers whose level would be another one
 */
public record ModelComparison(List<Cut> cuts, List<Move> moves) {
  public ModelComparison {
    cuts = List.copyOf(cuts);
    moves = List.copyOf(moves);
  }

  /** A number by its name; none where a model has no such number. */
  public record Cut(String name, Optional<BigDecimal> live, Optional<BigDecimal> other) {}

  /**
   * Customers who would move.
   *
   * @param column of customer_value, such as {@code profit_tier}
   */
  public record Move(String column, String from, String to, long customers) {}
}
