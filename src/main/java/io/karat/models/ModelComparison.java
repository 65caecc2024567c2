package io.karat.models;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A comparison of a model with the live one: their numbers, and the customers who would change
 * level.
 *
 * @param cuts the numbers of both, in the order of display
 * @param moves the numbers of customers whose level would change
 */
public record ModelComparison(List<Cut> cuts, List<Move> moves) {
  public ModelComparison {
    cuts = List.copyOf(cuts);
    moves = List.copyOf(moves);
  }

  /** A comparison of numbers only, of models that assign no levels, so that no customer moves. */
  public static ModelComparison ofNumbers(
      Map<String, BigDecimal> live, Map<String, BigDecimal> other) {
    Set<String> names = new LinkedHashSet<>(live.keySet());
    names.addAll(other.keySet());
    return new ModelComparison(
        names.stream()
            .map(
                name ->
                    new Cut(
                        name,
                        Optional.ofNullable(live.get(name)),
                        Optional.ofNullable(other.get(name))))
            .toList(),
        List.of());
  }

  /** A named number of two models; empty for a model without it. */
  public record Cut(String name, Optional<BigDecimal> live, Optional<BigDecimal> other) {}

  /**
   * Customers who would change from one level to another.
   *
   * @param column the column of customer_value, such as {@code profit_tier}
   * @param customers their number
   */
  public record Move(String column, String from, String to, long customers) {}
}
