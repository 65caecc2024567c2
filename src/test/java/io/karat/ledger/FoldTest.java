package io.karat.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.ledger.RandomLedger.Row;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests of ledgers of random customers against lists of their rows; of so many as {@code
 * -Dkarat.customers=100000} says.
 */
class FoldTest {
  private static final int CUSTOMERS = Integer.getInteger("karat.customers", 2_000);
  private static final int FIRST_DAY = (int) LocalDate.of(2023, 11, 20).toEpochDay();
  private static final int LAST_DAY = FIRST_DAY + 800;
  private static final EntrySchema SALES =
      EntrySchema.of(
          List.of(
              Part.of(Merge.SUM, ValueKind.NUMBER, Anchor.NONE),
              Part.of(Merge.GREATEST, ValueKind.NUMBER, Anchor.DAY)));

  /** 700 cents need two bytes; that it is a sale three days later, and like the other, one. */
  @Test
  void aDayLikeTheOneBeforeTakesOneByteAndItsMoney() {
    int one = written(sale(20_000, 500)).length;
    int two = written(sale(20_000, 500), sale(20_003, 700)).length;

    assertEquals(3, two - one);
  }

  /** The sum, the least and the greatest amount of a day with one sale are the same 700 cents. */
  @Test
  void anAmountThatComesAgainTakesNoByte() {
    Part sum = Part.of(Merge.SUM, ValueKind.NUMBER, Anchor.NONE);
    Part least = Part.of(Merge.LEAST, ValueKind.NUMBER, Anchor.NONE);
    Part greatest = Part.of(Merge.GREATEST, ValueKind.NUMBER, Anchor.NONE);
    EntrySchema schema = EntrySchema.of(List.of(sum, least, greatest));
    Entry sale = new Entry(schema);
    sale.set(0, 700);
    int once = written(schema, 20_000, sale).length;
    sale.set(1, 700);
    sale.set(2, 700);

    assertEquals(0, written(schema, 20_000, sale).length - once);
  }

  /** 700 cents in the month 12 x 2024 + 10 = 24,298 are 17,008,600; a cost of 400 is written. */
  @Test
  void neitherDoesOneTimesTheNumberOfItsMonth() {
    Part sum = Part.of(Merge.SUM, ValueKind.NUMBER, Anchor.NONE);
    EntrySchema schema = EntrySchema.of(List.of(sum, sum, sum, sum));
    int day = (int) LocalDate.of(2024, 10, 4).toEpochDay();
    Entry sale = new Entry(schema);
    sale.set(0, 700);
    int once = written(schema, day, sale).length;
    sale.set(1, 400);
    sale.set(2, 17_008_600);
    sale.set(3, 700);

    assertEquals(2, written(schema, day, sale).length - once);
  }

  /** Sales and returns of 700 cents in turn: from the third day on a day and its cents. */
  @Test
  void aDayLikeAnyBeforeTakesAsFewBytes() {
    Part sum = Part.of(Merge.SUM, ValueKind.NUMBER, Anchor.NONE);
    EntrySchema schema = EntrySchema.of(List.of(sum, sum));
    Entry[] kinds = {new Entry(schema), new Entry(schema)};
    kinds[0].set(0, 700);
    kinds[1].set(1, 700);
    EntryWriter writer = new EntryWriter(schema);
    List<Integer> sizes = new ArrayList<>();
    for (int day = 10; day < 14; day++) {
      writer.append(day, kinds[day % 2]);
      sizes.add(writer.toBytes().length);
    }

    assertEquals(List.of(3, 3), List.of(sizes.get(2) - sizes.get(1), sizes.get(3) - sizes.get(2)));
  }

  @Test
  void daysOutOfOrderAreRefused() {
    EntryWriter writer = new EntryWriter(SALES);
    writer.append(11, sale(11, 1));

    assertEquals(
        "Day 10 comes after day 11, expected days in order.",
        assertThrows(IllegalArgumentException.class, () -> writer.append(10, sale(10, 1)))
            .getMessage());
  }

  /** Sales of 5, 7 and 9 on days 10, 11 and 12; the night looks back to day 11. */
  @Test
  void whatIsLaterThanTheAsOfDayIsPassedOver() {
    Fold fold =
        new Fold(
            SALES,
            List.of(new Span(Span.BEGINNING, 11), new Span(11, 11)),
            List.of(new int[] {0, 1}, new int[] {0}),
            11,
            Span.BEGINNING);

    Entry[] periods = fold.of(Optional.of(written(sale(10, 5), sale(11, 7), sale(12, 9))));

    assertEquals(List.of(12L, 11L), List.of(periods[0].number(0), periods[0].number(1)));
    assertEquals(List.of(7L, 0L), List.of(periods[1].number(0), periods[1].number(1)));
  }

  @Test
  void aSumThatDoesNotFitIsRefused() {
    Entry most = sale(10, Long.MAX_VALUE);
    EntrySchema wide = EntrySchema.of(List.of(Part.of(Merge.SUM, ValueKind.DECIMAL, Anchor.NONE)));
    Entry mostDigits = new Entry(wide);
    mostDigits.set(0, BigInteger.TEN.pow(38).subtract(BigInteger.ONE));
    Entry one = new Entry(wide);
    one.set(0, BigInteger.ONE);

    assertEquals(
        "long overflow",
        assertThrows(ArithmeticException.class, () -> most.add(sale(10, 1))).getMessage());
    assertEquals(
        "decimal overflow",
        assertThrows(ArithmeticException.class, () -> mostDigits.add(one)).getMessage());
  }

  @Test
  void aPeriodThatNeedsADayThatIsNotKeptIsRefused() {
    assertEquals(
        "Span[from=100, to=464] begins or ends before day 101, the first that is kept.",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new Fold(SALES, List.of(new Span(100, 464)), List.of(new int[] {0}), 464, 101))
            .getMessage());
  }

  @Test
  void neitherTheOrderOfRowsNorWhereTheyAreAddedMatters() {
    Random random = new Random(1);
    for (int i = 0; i < CUSTOMERS / 4; i++) {
      RandomLedger ledger = new RandomLedger(random);
      List<Row> rows = ledger.rows(40, FIRST_DAY, FIRST_DAY + 30);
      List<Row> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, random);
      int half = rows.size() / 2;

      RowEntries moved = RowEntries.of(ledger.entries(shuffled.subList(0, half)).toBytes());
      moved.addAll(ledger.entries(shuffled.subList(half, rows.size())));

      assertArrayEquals(ledger.days(rows), ledger.days(moved));

      RowEntries together = ledger.entries(shuffled.subList(0, half));
      putTogether(together, ledger.schema());
      together.addAll(ledger.entries(shuffled.subList(half, rows.size())));
      assertArrayEquals(ledger.days(rows), ledger.days(together));
    }
  }

  /** A customer with 200,000 sales on three days never takes the place of all of them. */
  @Test
  void manyRowsOfFewDaysTakeThePlaceOfTheirDays() {
    RowEntries rows = RowEntries.none();
    EntryWriter writer = new EntryWriter(SALES);
    int most = 0;
    for (int i = 0; i < 200_000; i++) {
      rows.add(10 + i % 3, sale(10 + i % 3, 7), writer);
      if (rows.areMany()) {
        putTogether(rows, SALES);
      }
      most = Math.max(most, rows.size());
    }

    assertEquals(RowEntries.MANY - 1, most);
    RowEntries.Days days = rows.days(new EntryReader(SALES));
    Entry sum = new Entry(SALES);
    List<List<Long>> sums = new ArrayList<>();
    while (days.nextDay()) {
      days.sum(sum);
      sums.add(List.of((long) days.day(), sum.number(0), sum.number(1)));
    }
    assertEquals(
        List.of(
            List.of(10L, 7 * 66_667L, 10L),
            List.of(11L, 7 * 66_667L, 11L),
            List.of(12L, 7 * 66_666L, 12L)),
        sums);
  }

  private static void putTogether(RowEntries rows, EntrySchema schema) {
    Entry sum = new Entry(schema);
    rows.putTogether(
        new EntryReader(schema), new EntryWriter(schema), days -> List.of(days.sum(sum)));
  }

  @Test
  void everyPeriodHasWhatItsRowsAddUpTo() {
    Random random = new Random(2);
    for (int i = 0; i < CUSTOMERS; i++) {
      RandomLedger ledger = new RandomLedger(random);
      int asOf = random.nextInt(FIRST_DAY, LAST_DAY);
      List<Span> periods = periods(random, FIRST_DAY, asOf);
      List<Row> rows = ledger.rows(60, FIRST_DAY, LAST_DAY);

      Entry[] sums = ledger.fold(periods, asOf, Span.BEGINNING).of(Optional.of(ledger.days(rows)));

      assertSums(ledger, rows, periods, sums);
    }
  }

  /** Days that are rebuilt have other rows or none; days that are compared have the same rows. */
  @Test
  void rebuiltDaysAreAsIfAllRowsHadComeAtOnce() {
    Random random = new Random(6);
    for (int i = 0; i < CUSTOMERS; i++) {
      RandomLedger ledger = new RandomLedger(random);
      List<Row> earlier = ledger.rows(30, FIRST_DAY, FIRST_DAY + 40);
      Replaced replaced = new Replaced(ledger, random, earlier, FIRST_DAY);

      Optional<byte[]> days = replaced.of(FIRST_DAY, ledger.days(earlier));

      assertArrayEquals(ledger.days(replaced.now()), days.orElse(new byte[0]));
    }
  }

  /** What is before a day becomes one entry, with more months in it night by night. */
  @Test
  void whatIsBeforeADayAddsUpAsIfItHadKeptItsDays() {
    Random random = new Random(7);
    for (int i = 0; i < CUSTOMERS; i++) {
      RandomLedger ledger = new RandomLedger(random);
      List<Row> rows = ledger.rows(60, FIRST_DAY, FIRST_DAY + 200);
      byte[] days = ledger.days(rows);
      int since = FIRST_DAY;
      for (int night = 0; night < 3; night++) {
        since += random.nextInt(60);
        Replaced replaced = new Replaced(ledger, random, rows, since);
        days = replaced.of(since, days).orElse(new byte[0]);
        rows = replaced.now();
      }
      int asOf = since + random.nextInt(100);
      List<Span> periods = periods(random, since, asOf);

      Entry[] sums = ledger.fold(periods, asOf, since).of(Optional.of(days));

      assertSums(ledger, rows, periods, sums);
    }
  }

  /** Some days of a customer that are built anew, with other rows or the same. */
  private static final class Replaced {
    private final RandomLedger ledger;
    private final Set<Integer> rebuilt;
    private final Set<Integer> compared;
    private final List<Row> now;

    Replaced(RandomLedger ledger, Random random, List<Row> earlier, int since) {
      this.ledger = ledger;
      rebuilt = someDays(random, since);
      compared = someDays(random, since);
      compared.removeAll(rebuilt);
      List<Row> others =
          ledger.rows(20, since, since + 40).stream()
              .filter(row -> rebuilt.contains(row.day()))
              .toList();
      now =
          Stream.concat(
                  earlier.stream().filter(row -> !rebuilt.contains(row.day())), others.stream())
              .toList();
    }

    List<Row> now() {
      return now;
    }

    Optional<byte[]> of(int since, byte[] older) {
      Set<Integer> read = new TreeSet<>(rebuilt);
      read.addAll(compared);
      byte[] newer = ledger.days(now.stream().filter(row -> read.contains(row.day())).toList());
      DayReplacement replacement = new DayReplacement(ledger.schema(), since, read, compared);
      Optional<byte[]> days = replacement.of(Optional.of(older), Optional.of(newer));
      assertEquals(0, replacement.differing());
      return days;
    }
  }

  private static Set<Integer> someDays(Random random, int first) {
    return random
        .ints(random.nextInt(12), first, first + 41)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Of days 10 to 13: the same, another amount, no more a sale, a sale where there was none. */
  @Test
  void comparedDaysThatAreOthersAreCounted() {
    DayReplacement replacement =
        new DayReplacement(SALES, 10, List.of(10, 11, 12, 13), List.of(10, 11, 12, 13));

    replacement.of(
        Optional.of(written(sale(10, 5), sale(11, 5), sale(12, 5))),
        Optional.of(written(sale(10, 5), sale(11, 6), sale(13, 5))));

    assertEquals(3, replacement.differing());
  }

  private static void assertSums(
      RandomLedger ledger, List<Row> rows, List<Span> periods, Entry[] sums) {
    assertEquals(
        periods.stream()
            .map(
                period ->
                    ledger.expected(rows.stream().filter(row -> isIn(period, row.day())).toList()))
            .toList(),
        Stream.of(sums).map(ledger::text).toList(),
        () -> "%s of %s".formatted(periods, rows));
  }

  private static boolean isIn(Span period, int day) {
    return day >= period.from() && day <= period.to();
  }

  /** A lifetime, windows that end on the as-of day, and whole months, as far as days are kept. */
  private static List<Span> periods(Random random, int kept, int asOf) {
    int lastOfMonth = Math.max(firstOfMonth(asOf) - 1, kept - 1);
    return Stream.concat(
            Stream.of(
                new Span(Span.BEGINNING, asOf),
                new Span(Span.BEGINNING, lastOfMonth),
                new Span(kept, lastOfMonth)),
            IntStream.range(0, random.nextInt(4))
                .mapToObj(window -> new Span(random.nextInt(kept, asOf + 1), asOf)))
        .toList();
  }

  private static int firstOfMonth(int day) {
    return (int) LocalDate.ofEpochDay(day).withDayOfMonth(1).toEpochDay();
  }

  private static byte[] written(Entry... sales) {
    EntryWriter writer = new EntryWriter(SALES);
    writer.begin();
    for (Entry sale : sales) {
      writer.append((int) sale.number(1), sale);
    }
    return writer.toBytes();
  }

  private static byte[] written(EntrySchema schema, int day, Entry entry) {
    EntryWriter writer = new EntryWriter(schema);
    writer.begin();
    writer.append(day, entry);
    return writer.toBytes();
  }

  private static Entry sale(int day, long cents) {
    Entry sale = new Entry(SALES);
    sale.set(0, cents);
    sale.set(1, day);
    return sale;
  }
}
