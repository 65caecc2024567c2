package io.karat.ranks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Spearman's rank correlation (1904): the correlation of the ranks of two values among the
 * customers for whom both are known, equal values sharing the mean of their ranks. Sums are exact
 * up to a million customers, so their order changes nothing.
 *
 * @param customers the number of customers for whom both are known
 * @param value from -1 to 1, six decimals; empty if one of them is the same for all customers
 */
public record RankCorrelation(long customers, Optional<BigDecimal> value) {
  private static final int DECIMALS = 6;

  /** The correlation of the values of the same customers. */
  public static RankCorrelation of(MeanRanks first, MeanRanks second) {
    boolean[] counted = new boolean[first.size()];
    long customers = 0;
    for (int i = 0; i < counted.length; i++) {
      counted[i] = first.isKnown(i) && second.isKnown(i);
      customers += counted[i] ? 1 : 0;
    }
    long[] ofFirst = first.twiceAmong(counted);
    long[] ofSecond = second.twiceAmong(counted);
    long both = 0;
    long firsts = 0;
    long seconds = 0;
    for (int i = 0; i < counted.length; i++) {
      if (counted[i]) {
        // Twice the distance from the mean rank, which is half of the number of customers and one.
        long a = ofFirst[i] - (customers + 1);
        long b = ofSecond[i] - (customers + 1);
        both += a * b;
        firsts += a * a;
        seconds += b * b;
      }
    }
    return new RankCorrelation(
        customers,
        firsts == 0 || seconds == 0
            ? Optional.empty()
            : Optional.of(
                BigDecimal.valueOf(
                        both / (Math.sqrt((double) firsts) * Math.sqrt((double) seconds)))
                    .setScale(DECIMALS, RoundingMode.HALF_UP)));
  }
}
