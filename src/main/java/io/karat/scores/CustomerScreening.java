package io.karat.scores;

import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The screening of one customer, criterion by criterion.
 *
 * @param column the column of the result
 * @param result the name of the result
 * @param isScreened whether the customer is among those who are screened
 */
public record CustomerScreening(
    String column, BilingualText result, boolean isScreened, List<Criterion> criteria) {
  public CustomerScreening {
    criteria = List.copyOf(criteria);
  }

  /**
   * A criterion, and how the customer meets it.
   *
   * @param by the indicator
   * @param value the customer's value; empty if it is unknown
   * @param isLeast whether {@code bound} is the least value that is enough, not the greatest
   * @param bound empty if nobody's value could be ranked
   * @param isMet empty if it is open
   */
  public record Criterion(
      String name,
      String by,
      Optional<BigDecimal> value,
      boolean isLeast,
      Optional<BigDecimal> bound,
      Optional<Boolean> isMet) {}
}
