package io.karat.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The population stability index of a feature: the sum of (now - then) x ln(now / then) over the
 * shares of customers in the same bins. An empty bin counts as half a customer, but at least as
 * 0.0001 of all.
 *
 * @param bins the number of bins
 * @param then the number of customers at the fit
 * @param now the number of customers of the night
 */
public record PopulationStabilityIndex(BigDecimal value, int bins, long then, long now) {
  private static final double LEAST_SHARE = 1e-4;
  private static final double HALF_A_CUSTOMER = 0.5;
  private static final double CHANCE = 0.999;
  private static final int PLACES = 6;
  private static final int LIMIT_PLACES = 3;

  /** The index of the customers in each bin; empty if there were none then or are none now. */
  public static Optional<PopulationStabilityIndex> of(long[] then, long[] now) {
    long allThen = Arrays.stream(then).sum();
    long allNow = Arrays.stream(now).sum();
    if (allThen == 0 || allNow == 0) {
      return Optional.empty();
    }

    double index = 0;
    for (int i = 0; i < then.length; i++) {
      double before = share(then[i], allThen);
      double after = share(now[i], allNow);
      index += (after - before) * StrictMath.log(after / before);
    }
    BigDecimal value = BigDecimal.valueOf(index).setScale(PLACES, RoundingMode.HALF_UP);
    return Optional.of(new PopulationStabilityIndex(value, then.length, allThen, allNow));
  }

  private static double share(long customers, long all) {
    return Math.max(LEAST_SHARE, Math.max(HALF_A_CUSTOMER, (double) customers) / all);
  }

  /**
   * The index that two random samples of the same customers exceed once in 1,000 times: (1 / then +
   * 1 / now) x the quantile of the chi-squared distribution with one degree of freedom less than
   * bins, rounded up. See B. Yurdakul, Statistical Properties of Population Stability Index,
   * Western Michigan University, 2018.
   */
  BigDecimal limitOfChance() {
    double quantile =
        bins < 2 ? 0 : new ChiSquaredDistribution(bins - 1.0).inverseCumulativeProbability(CHANCE);
    return BigDecimal.valueOf(quantile * (1.0 / then + 1.0 / now))
        .setScale(LIMIT_PLACES, RoundingMode.CEILING);
  }
}
