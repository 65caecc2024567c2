package io.karat.ledger;

import static io.karat.ledger.AccountChanges.NEVER;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.ledger.AccountChanges.Stretch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of a customer's account, with days as plain numbers. */
class AccountChangesTest {
  private static final int BEGINNING = Integer.MIN_VALUE;
  private static final int AS_OF = 30;

  @Test
  void aStretchEndsWhereTheBalanceOrWhatIsDueChanges() {
    List<Event> account =
        List.of(
            new Event(10, 20, 100), // an invoice over 100, due on day 20
            new Event(15, 15, -40), // 40 are paid before the due day
            new Event(25, 25, -60), // the rest is paid five days late
            new Event(28, 40, 7), // not due yet
            new Event(31, 31, 5)); // after the as-of day

    assertEquals(
        """
        10 to 14: balance 100, overdue 0
        15 to 19: balance 60, overdue 0
        20 to 24: balance 60, overdue 60
        25 to 27: balance 0, overdue 0
        28 to 30, now: balance 7, overdue 0\
        """,
        text(of(account)));
  }

  @Test
  void stretchesThatEndBeforeTheFirstDayAskedAboutAreLeftOut() {
    AccountChanges account =
        of(List.of(new Event(10, 20, 100), new Event(15, 15, -40), new Event(25, 25, -60)));

    String lastTwo =
        """
        20 to 24: balance 60, overdue 60
        25 to 30, now: balance 0, overdue 0\
        """;
    assertEquals(lastTwo, text(account.stretches(20, AS_OF)));
    assertEquals(lastTwo, text(account.stretches(24, AS_OF)));
    assertEquals("25 to 30, now: balance 0, overdue 0", text(account.stretches(AS_OF, AS_OF)));
  }

  @Test
  void whatWasOwedBeforeIsNeverDue() {
    AccountChanges account = of(List.of(new Event(0, NEVER, 50), new Event(12, 14, 8)));

    assertEquals(
        """
        0 to 11: balance 50, overdue 0
        12 to 13: balance 58, overdue 0
        14 to 30, now: balance 58, overdue 8\
        """,
        text(account));
  }

  @Test
  void theFirstDayIsThatOfTheFirstChange() {
    assertEquals(OptionalInt.empty(), AccountChanges.none().firstDay());
    assertEquals(
        OptionalInt.of(-3), of(List.of(new Event(12, 14, 8), new Event(-3, 9, 0))).firstDay());
  }

  @Test
  void daysBefore1970AreDaysToo() {
    assertEquals(
        "-5 to -3: balance 4, overdue 0\n-2 to 30, now: balance 4, overdue 4",
        text(of(List.of(new Event(-5, -2, 4)))));
  }

  @Test
  void whatEndsADayWithTooManyDigitsIsUnknownOnThoseDays() {
    List<Event> account =
        List.of(
            new Event(1, 1, Long.MAX_VALUE),
            new Event(2, 2, 1), // above the limit only within the day
            new Event(2, 2, -1),
            new Event(3, 3, 1),
            new Event(5, 5, -2));

    assertEquals(
        """
        1 to 1: balance 9223372036854775807, overdue 9223372036854775807
        2 to 2: balance 9223372036854775807, overdue 9223372036854775807
        3 to 4: balance unknown, overdue unknown
        5 to 30, now: balance 9223372036854775806, overdue 9223372036854775806\
        """,
        text(of(account)));
  }

  @Test
  void aBalanceMayFallAsFar() {
    assertEquals(
        """
        1 to 1: balance -9223372036854775808, overdue 0
        2 to 2: balance unknown, overdue unknown
        3 to 30, now: balance 0, overdue 0\
        """,
        text(
            of(
                List.of(
                    new Event(1, 1, Long.MIN_VALUE),
                    new Event(2, 2, -1),
                    new Event(3, 3, 1),
                    new Event(3, 3, Long.MAX_VALUE),
                    new Event(3, 3, 1)))));
  }

  /** From day 20 on it is the same, of three changes before it, one of which falls due later. */
  @Test
  void changesBeforeADayAreOneForEachLaterDueDay() {
    List<Event> account =
        List.of(
            new Event(0, NEVER, 50),
            new Event(10, 12, 100),
            new Event(11, 25, 30),
            new Event(15, 15, -40),
            new Event(22, 24, 7));

    AccountChanges settled = of(account).settled(20);

    assertEquals(of(account).stretches(20, AS_OF).size(), settled.stretches(20, AS_OF).size());
    assertEquals(
        """
        15 to 21: balance 140, overdue 60
        22 to 23: balance 147, overdue 60
        24 to 24: balance 147, overdue 67
        25 to 30, now: balance 147, overdue 97\
        """,
        text(settled));
    assertEquals(text(settled), text(of(account).stretches(20, AS_OF)));
    assertEquals(
        List.of("15 15 60", "15 25 30", "15 never 50", "22 24 7"),
        settled.changes().stream()
            .map(
                it ->
                    "%d %s %d"
                        .formatted(
                            it.day(),
                            it.dueDay() == NEVER ? "never" : it.dueDay(),
                            it.amount().orElseThrow()))
            .toList());
    assertArrayEquals(settled.packed(17), settled.settled(20).packed(17));
  }

  @Test
  void neitherOrderNorPartsMatter() {
    Random random = new Random(5);
    List<Event> account =
        IntStream.range(0, 500)
            .mapToObj(
                number ->
                    new Event(random.nextInt(40), random.nextInt(40), random.nextInt(-1000, 1000)))
            .collect(toCollection(ArrayList::new));
    List<Stretch> expected = of(account).stretches(BEGINNING, AS_OF);

    Collections.shuffle(account, random);
    AccountChanges parts = AccountChanges.none();
    for (int from = 0; from < account.size(); from += 71) {
      List<Event> part = account.subList(from, Math.min(from + 71, account.size()));
      parts.add(packed(of(part)));
    }

    assertEquals(AS_OF + 1, expected.size());
    assertEquals(expected, parts.stretches(BEGINNING, AS_OF));
    assertArrayEquals(of(account).packed(17), parts.packed(17));
  }

  /** Packed as an entry of day 17 keeps them. */
  private static PackedDay packed(AccountChanges changes) {
    return new PackedDay(changes.packed(17), 17);
  }

  private static AccountChanges of(List<Event> account) {
    AccountChanges changes = AccountChanges.none();
    account.forEach(
        event -> changes.add(AccountChanges.of(event.day(), event.dueDay(), event.amount())));
    return changes;
  }

  private static String text(AccountChanges account) {
    return text(account.stretches(BEGINNING, AS_OF));
  }

  private static String text(List<Stretch> stretches) {
    return stretches.stream()
        .map(
            stretch ->
                "%d to %d%s: balance %s, overdue %s"
                    .formatted(
                        stretch.firstDay(),
                        stretch.lastDay(),
                        stretch.isCurrent() ? ", now" : "",
                        stretch.balance().map(String::valueOf).orElse("unknown"),
                        stretch.overdue().map(String::valueOf).orElse("unknown")))
        .collect(joining("\n"));
  }

  private record Event(int day, int dueDay, long amount) {}
}
