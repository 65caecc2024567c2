package io.karat.lifetime;

import static io.karat.settings.Translations.text;

import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The charges of customers who are said to have contracts: whether they come once a period, and how
 * many contracts have ended.
 */
record ContractCharges(PurchaseHistories histories, double periodDays) {
  /** The fewest contracts that have ended. */
  static final int FEWEST_ENDED = 20;

  /** A mean interval between charges that is this far from the period is not that of contracts. */
  private static final double TOLERANCE = 0.25;

  private static final double MOST = 0.5;

  /** The reason why a model of contracts does not fit; empty if it may. */
  Optional<BilingualText> refusal() {
    double ended = 0;
    double repeaters = 0;
    double regular = 0;
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < histories.size(); i++) {
      PurchaseHistory history = histories.history(i);
      double customers = histories.customers(i);
      ended += Contract.of(history, periodDays).isRunning() ? 0 : customers;
      if (history.repeats() > 0) {
        double days = history.last() / history.repeats();
        repeaters += customers;
        regular += Math.abs(days / periodDays - 1) <= TOLERANCE ? customers : 0;
        intervals.add(new Interval(days, customers));
      }
    }
    if (regular < MOST * repeaters) {
      return Optional.of(
          text(
              "fit.no_contracts",
              Math.round(100 * regular / repeaters),
              BigDecimal.valueOf(periodDays).stripTrailingZeros().toPlainString(),
              Math.round(median(intervals, repeaters))));
    }

    return ended < FEWEST_ENDED
        ? Optional.of(text("fit.few_ended", Math.round(ended), FEWEST_ENDED))
        : Optional.empty();
  }

  private record Interval(double days, double customers) {}

  private static double median(List<Interval> intervals, double customers) {
    double below = 0;
    for (Interval interval :
        intervals.stream().sorted(Comparator.comparingDouble(Interval::days)).toList()) {
      below += interval.customers();
      if (2 * below >= customers) {
        return interval.days();
      }
    }
    return Double.NaN;
  }
}
