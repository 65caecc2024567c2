package io.karat.ranks;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How unevenly a value is spread over customers. Ratios are unknown where the total is not above 0.
 *
 * @param gini sum((2i - n - 1) x_i) / (n sum x), x from the least value up
 * @param curve for 0 to 100 percent of customers, the best first
 * @param mostCustomers how many customers, the best first, make {@link #MOST} of the total
 */
public record Concentration(
    long customers,
    BigDecimal total,
    Optional<ExactRatio> gini,
    List<Top> curve,
    Optional<Long> mostCustomers) {
  /** The share of the total that counts as most of it. */
  public static final BigDecimal MOST = new BigDecimal("0.8");

  public Concentration {
    curve = List.copyOf(curve);
  }

  /** The best so many percent of customers, 0 to 100. */
  public Top top(int percent) {
    return curve.get(percent);
  }

  /**
   * The best customers.
   *
   * @param customers their number, a fraction rounded up
   * @param amount what they have together
   * @param share of the total
   */
  public record Top(int percent, long customers, BigDecimal amount, Optional<ExactRatio> share) {}
}
