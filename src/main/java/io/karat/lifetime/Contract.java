package io.karat.lifetime;

/**
 * The state of a contract, told from the charges of a customer, one at its start and one at each
 * renewal. It runs as long as the next charge is not late by more than half a period, at most 30
 * days.
 *
 * @param renewals the number of renewals up to the last charge
 * @param decided the number of them whose charge, had it not come, would be late by now; who
 *     renewed is known at once, who did not only then, so that younger renewals would say too much
 * @param isRunning whether the next charge may still come
 * @param daysToNext the days to the next charge; 0 if it is late
 */
record Contract(long renewals, long decided, boolean isRunning, double daysToNext) {
  private static final double LATEST = 0.5;
  private static final double LATEST_DAYS = 30;

  static Contract of(PurchaseHistory history, double periodDays) {
    double grace = Math.min(LATEST * periodDays, LATEST_DAYS);
    long renewals = Math.round(history.last() / periodDays);
    double toNext = history.last() + periodDays - history.age();
    long dueLongAgo = (long) Math.floor((history.age() - grace) / periodDays);
    return new Contract(
        renewals,
        Math.max(0, Math.min(renewals, dueLongAgo)),
        toNext >= -grace,
        Math.max(0, toNext));
  }
}
