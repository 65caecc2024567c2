package io.karat.movement;

/**
 * The Wilson interval of a share, with a confidence of 95 %. Unlike the textbook interval it stays
 * between 0 and 1, also for few trials.
 *
 * <p>Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
 * Journal of the American Statistical Association 22 (1927), 209 to 212, without correction for
 * continuity.
 */
record WilsonInterval(double low, double high) {
  /** The 97.5 % point of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * The interval of {@code successes} in {@code trials}.
   *
   * @param successes from 0 to all trials; another number is an error
   * @param trials above 0
   */
  static WilsonInterval of(long successes, long trials) {
    if (trials <= 0 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "Invalid share %d of %d: expected 0 to all of at least one".formatted(successes, trials));
    }

    double share = (double) successes / trials;
    double square = Z * Z / trials;
    double middle = share + square / 2;
    double half = Z * Math.sqrt(share * (1 - share) / trials + square / (4 * trials));
    // At the ends the two terms are equal, but floating point may not give exactly 0 or 1.
    return new WilsonInterval(
        successes == 0 ? 0 : (middle - half) / (1 + square),
        successes == trials ? 1 : (middle + half) / (1 + square));
  }
}
