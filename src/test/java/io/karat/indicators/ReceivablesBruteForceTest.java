package io.karat.indicators;

import static io.karat.testing.TextTable.frame;
import static java.math.RoundingMode.HALF_UP;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of receivables against balances that are added up day by day, in whole cents. */
@ExtendWith(LocalSpark.class)
class ReceivablesBruteForceTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 4, 30);

  /** The number of days from the start of the histories to the as-of day. */
  private static final int DAYS = 500;

  private static final int CUSTOMERS = 150;
  private static final List<String> COLUMNS =
      List.of(
          "arrears_amount",
          "average_collection_period_days_30d",
          "average_arrears_amount_30d",
          "average_arrears_rate_30d",
          "days_beyond_terms_30d",
          "days_paid_early_30d",
          "average_collection_period_days_365d",
          "average_arrears_amount_365d",
          "average_arrears_rate_365d",
          "days_beyond_terms_365d",
          "days_paid_early_365d",
          "average_collection_period_days_lifetime",
          "average_arrears_amount_lifetime",
          "average_arrears_rate_lifetime",
          "days_beyond_terms_lifetime",
          "days_paid_early_lifetime");

  @Test
  void everyIndicatorOfReceivablesIsWhatDayByDayGives(SparkSession spark) {
    List<History> histories =
        LongStream.of(1, 2, 3).boxed().flatMap(ReceivablesBruteForceTest::histories).toList();
    Sources sources =
        Sources.of(
                frame(
                    spark,
                    "customer_id string, transaction_time date, type string,"
                        + " amount decimal(10,2), due_date date",
                    lines(histories, "")))
            .with(
                InputTable.PAYMENTS,
                frame(
                    spark,
                    "customer_id string, payment_time date, type string, amount decimal(10,2)",
                    lines(histories, "paid")))
            .with(
                InputTable.CUSTOMERS,
                frame(
                    spark,
                    "customer_id string, opening_balance decimal(10,2)",
                    histories.stream().map(History::customerLine).collect(joining("\n"))));

    assertEquals(
        histories.stream().map(History::expected).collect(joining("\n")),
        sources
            .indicators(AS_OF.toString(), "indicators.windows=[30d, 365d, lifetime]")
            .orderBy("customer_id")
            .collectAsList()
            .stream()
            .map(ReceivablesBruteForceTest::text)
            .collect(joining("\n")));
  }

  private static Stream<History> histories(long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, CUSTOMERS)
        .mapToObj(number -> History.of("c%d-%d".formatted(seed, 1000 + number), random));
  }

  private static String lines(List<History> histories, String kind) {
    return histories.stream()
        .flatMap(
            history ->
                history.events().stream()
                    .filter(event -> event.isPayment() == kind.equals("paid"))
                    .map(event -> history.customer() + "|" + event.line()))
        .collect(joining("\n"));
  }

  private static String text(Row row) {
    return row.getString(0)
        + COLUMNS.stream()
            .map(name -> Optional.ofNullable(row.<BigDecimal>getAs(name)))
            .map(value -> value.map(BigDecimal::toPlainString).orElse("unknown"))
            .toList();
  }

  /**
   * An event that was billed or paid.
   *
   * @param day counted from the first day of all histories
   * @param due the due day; empty if the source has none
   */
  private record Event(int day, String type, long cents, OptionalInt due) {
    static Event of(Random random, boolean isPayment) {
      int day = random.nextInt(DAYS + 5);
      // Few distinct days, so that several events share one.
      int often = random.nextBoolean() ? day : day / 40 * 40;
      boolean isUsual = random.nextInt(6) > 0;
      OptionalInt due =
          random.nextInt(3) == 0
              ? OptionalInt.empty()
              : OptionalInt.of(often - 20 + random.nextInt(90));
      return new Event(
          often,
          isPayment ? (isUsual ? "PAYMENT" : "REFUND") : (isUsual ? "SALE" : "RETURN"),
          random.nextInt(10) * 1_000L + random.nextInt(3),
          due);
    }

    boolean isPayment() {
      return type.equals("PAYMENT") || type.equals("REFUND");
    }

    /** The change of the customer's balance. */
    long signed() {
      return type.equals("SALE") || type.equals("REFUND") ? cents : -cents;
    }

    int dueDay() {
      return isPayment() ? day : Math.max(day, due.orElse(day));
    }

    String line() {
      return "%s|%s|%s|%s"
          .formatted(
              date(day),
              type,
              BigDecimal.valueOf(cents, 2),
              isPayment() || due.isEmpty() ? "" : date(due.getAsInt()))
          .replaceAll(isPayment() ? "\\|$" : "$^", "");
    }
  }

  private record History(String customer, List<Event> events, Optional<Long> opening) {
    static History of(String customer, Random random) {
      List<Event> events = new ArrayList<>();
      int sales = random.nextInt(9);
      int payments = random.nextInt(9);
      IntStream.range(0, sales).forEach(i -> events.add(Event.of(random, false)));
      IntStream.range(0, payments).forEach(i -> events.add(Event.of(random, true)));
      return new History(
          customer,
          events,
          random.nextInt(3) == 0
              ? Optional.of(random.nextInt(100_000) - 30_000L)
              : Optional.empty());
    }

    String customerLine() {
      return customer + "|" + opening.map(cents -> BigDecimal.valueOf(cents, 2) + "").orElse("");
    }

    /** The balance at the end of each day up to the as-of day, opening balance included. */
    long[] balance() {
      return IntStream.rangeClosed(0, DAYS)
          .mapToLong(
              day ->
                  opening.orElse(0L)
                      + events.stream()
                          .filter(event -> event.day() <= day)
                          .mapToLong(Event::signed)
                          .sum())
          .toArray();
    }

    long[] overdue() {
      return IntStream.rangeClosed(0, DAYS)
          .mapToLong(
              day ->
                  Math.max(
                      0,
                      events.stream()
                          .filter(event -> event.dueDay() <= day)
                          .mapToLong(Event::signed)
                          .sum()))
          .toArray();
    }

    String expected() {
      List<Optional<BigDecimal>> expected = new ArrayList<>();
      expected.add(Optional.of(BigDecimal.valueOf(overdue()[DAYS], 2)));
      OptionalInt first =
          events.stream()
              .filter(event -> !event.isPayment() && event.day() <= DAYS)
              .mapToInt(Event::day)
              .min();
      expected.addAll(averages(OptionalInt.of(DAYS - 29)));
      expected.addAll(averages(OptionalInt.of(DAYS - 364)));
      expected.addAll(averages(first));
      return customer
          + expected.stream()
              .map(value -> value.map(BigDecimal::toPlainString).orElse("unknown"))
              .toList();
    }

    private List<Optional<BigDecimal>> averages(OptionalInt first) {
      if (first.isEmpty()) {
        return Collections.nCopies(5, Optional.empty());
      }

      int from = first.getAsInt();
      long billed =
          events.stream()
              .filter(event -> !event.isPayment() && event.day() >= from && event.day() <= DAYS)
              .mapToLong(Event::signed)
              .sum();
      long[] balance = Arrays.copyOfRange(balance(), from, DAYS + 1);
      long overdueDays = Arrays.stream(overdue(), from, DAYS + 1).sum();
      return List.of(
          ratio(Arrays.stream(balance).sum(), billed),
          ratio(overdueDays, 100L * balance.length),
          ratio(overdueDays, Arrays.stream(balance).map(owed -> Math.max(0, owed)).sum()),
          ratio(overdueDays, fallingDue(from)),
          ratio(Arrays.stream(early(), from, DAYS + 1).sum(), fallingDue(from)));
    }

    private long fallingDue(int from) {
      return events.stream()
          .filter(event -> !event.isPayment() && event.dueDay() >= from && event.dueDay() <= DAYS)
          .mapToLong(Event::signed)
          .sum();
    }

    /** What is paid beyond all that is due, at most what is billed and not due yet. */
    private long[] early() {
      return IntStream.rangeClosed(0, DAYS)
          .mapToLong(
              day ->
                  Math.max(
                      0,
                      Math.min(
                          -events.stream()
                              .filter(event -> event.dueDay() <= day)
                              .mapToLong(Event::signed)
                              .sum(),
                          events.stream()
                              .filter(event -> event.day() <= day && event.dueDay() > day)
                              .mapToLong(Event::signed)
                              .sum())))
          .toArray();
    }
  }

  private static LocalDate date(int day) {
    return AS_OF.minus(DAYS - day, ChronoUnit.DAYS);
  }

  private static Optional<BigDecimal> ratio(long numerator, long denominator) {
    return denominator > 0
        ? Optional.of(
            BigDecimal.valueOf(numerator).divide(BigDecimal.valueOf(denominator), 6, HALF_UP))
        : Optional.empty();
  }
}
