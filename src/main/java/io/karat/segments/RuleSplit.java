package io.karat.segments;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;

/**
 * A split of customers by one indicator, into those below a number and those from it on.
 *
 * @param gain the impurity that it takes away
 */
record RuleSplit(int indicator, BigDecimal cut, double gain) {
  private static final double LEAST_LEAF = 0.002;
  private static final int MOST_DECIMALS = 9;
  private static final int MOST_ZEROS = 12;

  /**
   * The split of some customers by an indicator that takes away most impurity; empty if none does.
   */
  static Optional<RuleSplit> best(LabelledCustomers all, int[] customers, int indicator) {
    Integer[] sorted = Arrays.stream(customers).boxed().toArray(Integer[]::new);
    Arrays.sort(sorted, (a, b) -> Double.compare(all.value(indicator, a), all.value(indicator, b)));
    long least = Math.max(1, (long) (LEAST_LEAF * all.size()));
    long[] left = new long[all.k()];
    long[] right = all.counts(customers);
    double own = all.impurity(right);
    double most = 0;
    int place = 0;
    for (int i = 1; i < sorted.length; i++) {
      left[all.segment(sorted[i - 1])]++;
      right[all.segment(sorted[i - 1])]--;
      boolean isPossible =
          all.value(indicator, sorted[i - 1]) < all.value(indicator, sorted[i])
              && i >= least
              && sorted.length - i >= least;
      if (isPossible) {
        double gain = own - all.impurity(left) - all.impurity(right);
        if (gain > most) {
          most = gain;
          place = i;
        }
      }
    }
    return place == 0
        ? Optional.empty()
        : Optional.of(
            new RuleSplit(
                indicator,
                cut(all.value(indicator, sorted[place - 1]), all.value(indicator, sorted[place])),
                most));
  }

  /** Of some customers, those on one side. */
  int[] side(LabelledCustomers all, int[] customers, boolean isBelow) {
    double number = cut.doubleValue();
    return Arrays.stream(customers)
        .filter(customer -> all.value(indicator, customer) < number == isBelow)
        .toArray();
  }

  /**
   * The number with the fewest digits that is above {@code below} and at most {@code from}, near
   * the middle.
   */
  static BigDecimal cut(double below, double from) {
    BigDecimal low = BigDecimal.valueOf(below);
    BigDecimal high = BigDecimal.valueOf(from);
    BigDecimal middle = low.add(high).divide(BigDecimal.valueOf(2));
    for (int scale = -MOST_ZEROS; scale <= MOST_DECIMALS; scale++) {
      BigDecimal near = middle.setScale(scale, RoundingMode.HALF_UP);
      BigDecimal cut = near.compareTo(low) > 0 ? near : high.setScale(scale, RoundingMode.FLOOR);
      if (cut.compareTo(low) > 0 && cut.compareTo(high) <= 0) {
        return cut.setScale(Math.max(scale, 0), RoundingMode.UNNECESSARY);
      }
    }
    return high;
  }
}
