package io.karat.segments;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * The share of a number's variance between groups of customers (eta squared), and the same less
 * what so many groups explain by chance (epsilon squared, Kelley 1935).
 *
 * @param groups the number of groups
 * @param share 0 to 1, with four decimals, half up
 * @param adjustedShare at most 1; below 0 if chance would explain more
 * @param isOfNothing whether the number is the same for all customers
 */
public record ExplainedVariance(
    int groups, BigDecimal share, BigDecimal adjustedShare, boolean isOfNothing) {
  private static final MathContext DIGITS = MathContext.DECIMAL128;
  private static final int PLACES = 4;

  /** The number of customers, the sum of their values, and the sum of the squares. */
  public record Group(long customers, BigDecimal sum, BigDecimal squares) {}

  /** Computes the shares; no group is empty. */
  public static ExplainedVariance of(List<Group> groups) {
    BigDecimal customers = BigDecimal.valueOf(groups.stream().mapToLong(Group::customers).sum());
    BigDecimal sum = groups.stream().map(Group::sum).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal squares =
        groups.stream().map(Group::squares).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal mean =
        customers.signum() == 0 ? BigDecimal.ZERO : sum.multiply(sum).divide(customers, DIGITS);
    BigDecimal all = squares.subtract(mean);
    long free = customers.longValue() - groups.size();
    if (all.signum() <= 0 || free <= 0) {
      return new ExplainedVariance(
          groups.size(), BigDecimal.ZERO, BigDecimal.ZERO, all.signum() <= 0);
    }

    BigDecimal between = mean.negate();
    for (Group group : groups) {
      between =
          between.add(
              group
                  .sum()
                  .multiply(group.sum())
                  .divide(BigDecimal.valueOf(group.customers()), DIGITS));
    }
    BigDecimal share = between.divide(all, DIGITS);
    BigDecimal within =
        BigDecimal.ONE
            .subtract(share)
            .multiply(customers.subtract(BigDecimal.ONE))
            .divide(BigDecimal.valueOf(free), DIGITS);
    return new ExplainedVariance(
        groups.size(),
        share.setScale(PLACES, RoundingMode.HALF_UP),
        BigDecimal.ONE.subtract(within).setScale(PLACES, RoundingMode.HALF_UP),
        false);
  }
}
