package io.karat.lifetime;

import io.karat.lifetime.PurchaseHistories.Counted;
import io.karat.lifetime.SpendLikelihood.Spend;
import io.karat.testing.RealData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/**
 * The CDNOW customers, of a music shop, as of 1997-09-30, whose fits are published, with their
 * purchases of the 39 weeks after.
 *
 * @param bought the number of days with a purchase in those weeks
 * @param repeatSpend on the days after the first
 * @param spend on all days
 * @param next the spend in those weeks
 */
record Cdnow(
    String id,
    PurchaseHistory history,
    long bought,
    double repeatSpend,
    double spend,
    double next) {
  static final double WEEK = 7;

  /** All 2,357 customers, in days. */
  static List<Cdnow> customers() {
    try {
      return Files.readAllLines(RealData.folder("cdnow").resolve("expected/cbs_sample_39wk.csv"))
          .stream()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(
              it ->
                  new Cdnow(
                      it[1],
                      new PurchaseHistory(
                          Long.parseLong(it[3]),
                          Double.parseDouble(it[6]),
                          Double.parseDouble(it[7])),
                      Long.parseLong(it[8]),
                      Double.parseDouble(it[10]),
                      Double.parseDouble(it[11]),
                      Double.parseDouble(it[12])))
          .toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** The histories of all customers, with times divided by the length of a unit in days. */
  static PurchaseHistories histories(double unit) {
    return PurchaseHistories.of(
        customers().stream().map(it -> new Counted(in(unit, it.history()), 1)).toList());
  }

  static PurchaseHistory in(double unit, PurchaseHistory days) {
    return new PurchaseHistory(days.repeats(), days.last() / unit, days.age() / unit);
  }

  /** The spend of the 946 customers with a repeat, on the days after the first. */
  static List<Spend> repeatSpends() {
    return customers().stream()
        .filter(it -> it.history().repeats() > 0)
        .map(it -> new Spend(it.history().repeats(), it.repeatSpend(), 1))
        .toList();
  }

  /** The customer of a back-test; a day of amount 0 is an occasion, but has no spend. */
  HoldoutCustomer judged() {
    double first = spend - repeatSpend;
    return new HoldoutCustomer(
        new CustomerPurchases(
            history,
            history.repeats() + (first > 0.001 ? 1 : 0),
            spend,
            history.repeats(),
            repeatSpend),
        bought,
        next);
  }
}
