package io.karat.night;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Generator of the purchases of customers who differ in their rates of purchase and of dropout, up
 * to a day; the same at every call.
 *
 * @param spendsByRate true if frequent customers also spend more per day, false if spend is
 *     independent of frequency
 * @param returnEvery of this many purchases, half of one and all of another are returned on the
 *     same day; 0 for no returns
 */
record RepeatBuyers(int customers, LocalDate until, boolean spendsByRate, int returnEvery) {

  /** Purchase, or a return of one. */
  record Event(String customer, LocalDate day, BigDecimal amount, String type) {}

  List<Event> events() {
    List<Event> events = new ArrayList<>();
    SplittableRandom chance = new SplittableRandom(11);
    for (int i = 0; i < customers; i++) {
      LocalDate day = until.minusDays(1 + chance.nextInt(400));
      double interval = 10 + 80 * chance.nextDouble() * chance.nextDouble() / 0.3;
      double leaving = 0.5 * chance.nextDouble();
      double usual = 5 + 60 * chance.nextDouble() * chance.nextDouble();
      double spend = spendsByRate ? 3_000 / interval : usual;
      boolean isHere = true;
      while (isHere && !day.isAfter(until)) {
        BigDecimal amount = money(spend * (0.5 + chance.nextDouble()));
        events.add(new Event("c" + i, day, amount, "SALE"));
        returned(events.size(), amount).ifPresent(back -> add(events, back));
        isHere = chance.nextDouble() > leaving;
        day = day.plusDays(1 + (long) (-Math.log(1 - chance.nextDouble()) * interval));
      }
    }
    return events;
  }

  private Optional<BigDecimal> returned(int purchase, BigDecimal amount) {
    if (returnEvery == 0 || purchase % returnEvery > 1) {
      return Optional.empty();
    }
    return Optional.of(purchase % returnEvery == 0 ? amount : money(amount.doubleValue() / 2));
  }

  private static void add(List<Event> events, BigDecimal back) {
    Event purchase = events.get(events.size() - 1);
    events.add(new Event(purchase.customer(), purchase.day(), back, "RETURN"));
  }

  /** The events as rows of {@link ToyFirm#COLUMNS}. */
  static String rows(List<Event> events) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      rows.append(
          "s%d | %s | %s 09:00:00 | %s | %s%n"
              .formatted(i, event.customer(), event.day(), event.amount(), event.type()));
    }
    return rows.toString();
  }

  private static BigDecimal money(double amount) {
    return new BigDecimal(amount).setScale(2, RoundingMode.DOWN);
  }
}
