package io.karat.ranks;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The concentration of a value over customers. Ratios are empty if the total is not positive.
 *
 * @param gini sum((2i - n - 1) x_i) / (n sum x), x from the least value up
 * @param curve for 0 to 100 percent of customers, the best first
 * @param mostCustomers the number of customers, the best first, who make {@link #MOST} of the total
 */
public record Concentration(
    long customers,
    BigDecimal total,
    Optional<ExactRatio> gini,
    List<Top> curve,
    Optional<Long> mostCustomers) {
  /** The share of the total that {@code mostCustomers} make. */
  public static final BigDecimal MOST = new BigDecimal("0.8");

  public Concentration {
    curve = List.copyOf(curve);
  }

  /** The best {@code percent} percent of customers, 0 to 100. */
  public Top top(int percent) {
    return curve.get(percent);
  }

  /**
   * The best customers, up to a percentage of all.
   *
   * @param customers their number, rounded up
   * @param amount the sum of their values
   * @param share their share of the total
   */
  public record Top(int percent, long customers, BigDecimal amount, Optional<ExactRatio> share) {}
}
