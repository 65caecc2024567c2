package io.karat.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.reverseOrder;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ledger of random parts and rows, and what they add up to by the definition of each part: lists of
 * values, no bytes.
 */
final class RandomLedger {
  /** A day after all others. */
  private static final int LAST_DAY = (int) LocalDate.of(2030, 1, 1).toEpochDay();

  /** A day after all those that are kept as one. */
  private static final int SETTLED = (int) LocalDate.of(2024, 6, 1).toEpochDay();

  private final List<Part> parts;
  private final EntrySchema schema;
  private final Random random;

  /**
   * A row of a customer.
   *
   * @param values one of each part, null if it has none
   */
  record Row(int day, List<Object> values) {}

  RandomLedger(Random random) {
    this.random = random;
    this.parts = Stream.generate(this::part).limit(1 + random.nextInt(12)).toList();
    this.schema = EntrySchema.of(parts);
  }

  EntrySchema schema() {
    return schema;
  }

  private Part part() {
    Merge merge = any(List.of(Merge.values()));
    List<ValueKind> kinds = List.of(ValueKind.NUMBER, ValueKind.DECIMAL, ValueKind.BYTES);
    ValueKind kind = any(merge == Merge.SUM ? kinds.subList(0, 2) : kinds);
    boolean isNumber = kind == ValueKind.NUMBER;
    return Part.of(
        merge, kind, isNumber ? any(List.of(Anchor.NONE, Anchor.DAY, Anchor.MONTH)) : Anchor.NONE);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Rows between two days, many of them on the same day. */
  List<Row> rows(int most, int first, int last) {
    int size = random.nextInt(most + 1);
    return Stream.generate(() -> row(first + random.nextInt(last - first + 1)))
        .limit(size)
        .toList();
  }

  Row row(int day) {
    List<Object> values = new ArrayList<>();
    parts.forEach(part -> values.add(random.nextInt(3) == 0 ? null : value(part, day)));
    return new Row(day, values);
  }

  private Object value(Part part, int day) {
    ValueKind kind = part.slots().get(part.slots().size() - 1).kind();
    return switch (part.merge()) {
      case SUM, TWO_LARGEST -> value(kind, part.slots().get(0).anchor(), day, random);
      case LEAST, GREATEST -> value(kind, part.slots().get(0).anchor(), day, random);
      case MONTHS -> month(day);
      case SUM_OF_LEAST -> (long) random.nextInt(2_000) - 1_000;
      case DISTINCT -> text(random);
      case SUMS -> Map.entry(text(random), wide(random));
      case DATED_SUMS -> dated(day);
      case ACCOUNT, BALANCE -> change(day);
      // A customer has one value per day.
      case EARLIEST -> value(kind, Anchor.NONE, day, new Random(day));
    };
  }

  private static Object value(ValueKind kind, Anchor anchor, int day, Random random) {
    long size = random.nextBoolean() ? 10 : 10_000_000_000L;
    long number = random.nextLong(size) - size / 3;
    return switch (kind) {
      case NUMBER ->
          switch (anchor) {
            case NONE, MONTH_BIT -> number;
            case DAY -> random.nextBoolean() ? (long) day : day + number;
            case MONTH -> random.nextBoolean() ? (long) month(day) : number;
          };
      case DECIMAL -> BigInteger.valueOf(number).multiply(BigInteger.valueOf(number * 3 + 1));
      case BYTES, SET, SUMS, DATED_SUMS, ACCOUNT -> text(random);
    };
  }

  /** A number under a text, with or without a day near that of the row. */
  private Dated dated(int day) {
    OptionalInt last =
        random.nextBoolean() ? OptionalInt.of(day + random.nextInt(60) - 5) : OptionalInt.empty();
    return new Dated(text(random), amount(), last);
  }

  /** A change on the day of the row or some days later, due at once or some days later. */
  private Change change(int day) {
    int own = day + (random.nextInt(4) == 0 ? random.nextInt(20) : 0);
    int due = random.nextInt(3) == 0 ? own : own + random.nextInt(90) - 10;
    return new Change(own, random.nextInt(9) == 0 ? AccountChanges.NEVER : due, amount());
  }

  /** Some amounts are so large that a few of them have more than 64 bits. */
  private long amount() {
    return random.nextInt(6) == 0 ? random.nextLong() : random.nextInt(20_000) - 5_000;
  }

  /** Number under a text. */
  private record Dated(String text, long number, OptionalInt day) {}

  /** Change of an account. */
  private record Change(int day, int dueDay, long amount) {}

  private static String text(Random random) {
    return "é".repeat(random.nextInt(3)) + random.nextInt(4);
  }

  /** A number of 30 bits, or of 90. */
  private static BigInteger wide(Random random) {
    BigInteger number = BigInteger.valueOf(random.nextInt());
    return random.nextBoolean() ? number : number.pow(3);
  }

  private static int month(int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return 12 * date.getYear() + date.getMonthValue();
  }

  /** The rows as entries, which are the same whatever their order. */
  RowEntries entries(List<Row> rows) {
    RowEntries entries = RowEntries.none();
    EntryWriter writer = new EntryWriter(schema);
    Entry entry = new Entry(schema);
    for (Row row : rows) {
      entry.clear();
      for (int part = 0; part < parts.size(); part++) {
        Object value = row.values().get(part);
        if (value != null) {
          set(entry, part, row.day(), value);
        }
      }
      entries.add(row.day(), entry, writer);
    }
    return entries;
  }

  private void set(Entry entry, int part, int day, Object value) {
    int slot = schema.first(part);
    switch (parts.get(part).merge()) {
      case SUM, LEAST, GREATEST, TWO_LARGEST -> set(entry, slot, value);
      case MONTHS -> {
        int bit = (int) value % 256;
        entry.set(slot + bit / 64, 1L << bit % 64);
      }
      case SUM_OF_LEAST -> {
        entry.set(slot, month(day));
        entry.set(slot + 1, (long) value >> 32);
        entry.set(slot + 2, (long) value & 0xFFFF_FFFFL);
      }
      case EARLIEST -> {
        entry.set(slot, day);
        set(entry, slot + 1, value);
      }
      case DISTINCT -> entry.set(slot, TextSet.of(((String) value).getBytes(UTF_8)));
      case SUMS -> {
        Map.Entry<?, ?> sum = (Map.Entry<?, ?>) value;
        byte[] text = ((String) sum.getKey()).getBytes(UTF_8);
        entry.set(slot, TextSums.of(text, (BigInteger) sum.getValue()));
      }
      case DATED_SUMS -> {
        Dated dated = (Dated) value;
        byte[] text = dated.text().getBytes(UTF_8);
        entry.set(slot, DatedSums.of(text, dated.number(), dated.day(), day));
      }
      case ACCOUNT, BALANCE -> {
        Change change = (Change) value;
        entry.set(slot, AccountChanges.of(change.day(), change.dueDay(), change.amount()));
      }
    }
  }

  private static void set(Entry entry, int slot, Object value) {
    if (value instanceof Long number) {
      entry.set(slot, (long) number);
    } else {
      entry.set(slot, value instanceof String text ? text.getBytes(UTF_8) : value);
    }
  }

  byte[] days(RowEntries rows) {
    Entry sum = new Entry(schema);
    EntryWriter writer = new EntryWriter(schema);
    writer.begin();
    RowEntries.Days days = rows.days(new EntryReader(schema));
    while (days.nextDay()) {
      sum.clear();
      while (days.nextRow()) {
        sum.add(days.row());
      }
      writer.append(days.day(), sum);
    }
    return writer.toBytes();
  }

  byte[] days(List<Row> rows) {
    return days(entries(rows));
  }

  /** A fold into periods, each with all parts. */
  Fold fold(List<Span> periods, int asOf, int kept) {
    int[] all = IntStream.range(0, parts.size()).toArray();
    List<int[]> wanted = periods.stream().map(period -> all).toList();
    return new Fold(schema, periods, wanted, asOf, kept);
  }

  /** The sum of an entry in words. */
  List<String> text(Entry entry) {
    return IntStream.range(0, parts.size()).mapToObj(part -> partText(part, entry)).toList();
  }

  private String partText(int part, Entry entry) {
    int slot = schema.first(part);
    return switch (parts.get(part).merge()) {
      case SUM -> entry.isKnown(slot) ? text(slot, entry) : "0";
      case LEAST, GREATEST -> text(slot, entry);
      case MONTHS -> {
        long[] words = new long[4];
        IntStream.range(0, 4).forEach(word -> words[word] = entry.number(slot + word));
        yield BitSet.valueOf(words).toString();
      }
      case TWO_LARGEST, EARLIEST -> text(slot, entry) + " " + text(slot + 1, entry);
      case SUM_OF_LEAST ->
          text(slot, entry) + " " + ((entry.number(slot + 1) << 32) + entry.number(slot + 2));
      case DISTINCT -> entry.isKnown(slot) ? Long.toString(TextSet.size(entry.object(slot))) : "0";
      case SUMS ->
          entry.isKnown(slot) ? new String(TextSums.largest(entry.object(slot)), UTF_8) : "none";
      case DATED_SUMS -> {
        DatedSums sums = DatedSums.none();
        if (entry.isKnown(slot)) {
          sums.add(entry.object(slot));
        }
        Map<String, String> texts = new TreeMap<>();
        sums.forEach(
            (text, sum) ->
                texts.put(
                    UTF_8.decode(text.duplicate()).toString(), text(sum.sum()) + " " + sum.day()));
        yield texts.toString();
      }
      case ACCOUNT, BALANCE -> {
        AccountChanges changes = AccountChanges.none();
        if (entry.isKnown(slot)) {
          changes.add(entry.object(slot));
        }
        int from = first(part);
        yield changes.stretches(from, LAST_DAY).stream()
            .map(
                it ->
                    "%d: %s %s"
                        .formatted(
                            Math.max(it.firstDay(), from), text(it.balance()), text(it.overdue())))
            .toList()
            .toString();
      }
    };
  }

  /** The first day of which an account is told. */
  private int first(int part) {
    return parts.get(part).merge() == Merge.BALANCE ? SETTLED : Span.BEGINNING;
  }

  private static String text(Optional<Long> sum) {
    return sum.map(String::valueOf).orElse("wide");
  }

  private String text(int slot, Entry entry) {
    if (!entry.isKnown(slot)) {
      return "none";
    }

    return switch (schema.kinds[slot]) {
      case NUMBER -> Long.toString(entry.number(slot));
      case DECIMAL -> entry.object(slot).toString();
      case BYTES, SET, SUMS, DATED_SUMS, ACCOUNT -> new String((byte[]) entry.object(slot), UTF_8);
    };
  }

  /** What rows add up to, in the same words. */
  List<String> expected(List<Row> rows) {
    return IntStream.range(0, parts.size()).mapToObj(part -> expected(part, rows)).toList();
  }

  private String expected(int part, List<Row> all) {
    List<Row> rows = all.stream().filter(row -> row.values().get(part) != null).toList();
    Stream<Object> values = rows.stream().map(row -> row.values().get(part));
    return switch (parts.get(part).merge()) {
      case SUM -> sum(values.map(value -> new BigInteger(value.toString()))).toString();
      case LEAST ->
          values
              .map(RandomLedger::comparable)
              .min(naturalOrder())
              .map(Object::toString)
              .orElse("none");
      case GREATEST ->
          values
              .map(RandomLedger::comparable)
              .max(naturalOrder())
              .map(Object::toString)
              .orElse("none");
      case MONTHS -> {
        BitSet months = new BitSet();
        values.forEach(month -> months.set((int) month % 256));
        yield months.toString();
      }
      case TWO_LARGEST -> {
        List<String> sorted =
            values
                .map(RandomLedger::comparable)
                .sorted(reverseOrder())
                .map(Object::toString)
                .toList();
        yield Stream.concat(sorted.stream(), Stream.of("none", "none"))
            .limit(2)
            .reduce((one, two) -> one + " " + two)
            .orElseThrow();
      }
      case SUM_OF_LEAST -> {
        int least = rows.stream().mapToInt(row -> month(row.day())).min().orElse(0);
        Stream<BigInteger> first =
            rows.stream()
                .filter(row -> month(row.day()) == least)
                .map(row -> BigInteger.valueOf((long) row.values().get(part)));
        yield (rows.isEmpty() ? "none" : least) + " " + sum(first);
      }
      case EARLIEST ->
          rows.stream()
              .min((one, other) -> Integer.compare(one.day(), other.day()))
              .map(row -> row.day() + " " + row.values().get(part))
              .orElse("none none");
      case DISTINCT -> Long.toString(values.distinct().count());
      case SUMS -> largest(values);
      case DATED_SUMS -> dated(values.map(Dated.class::cast).toList());
      case ACCOUNT, BALANCE -> account(values.map(Change.class::cast).toList(), first(part));
    };
  }

  private static String dated(List<Dated> values) {
    Map<String, String> texts = new TreeMap<>();
    for (String text : values.stream().map(Dated::text).distinct().toList()) {
      List<Dated> own = values.stream().filter(value -> value.text().equals(text)).toList();
      OptionalInt last = own.stream().flatMapToInt(value -> value.day().stream()).max();
      texts.put(text, limited(own.stream().map(Dated::number)) + " " + last);
    }
    return texts.toString();
  }

  /** The balance and what is overdue at the end of each day on which one of them changes. */
  private static String account(List<Change> changes, int from) {
    return changes.stream()
        .flatMap(change -> Stream.of(change.day(), change.dueDay()))
        .filter(day -> day <= LAST_DAY)
        .map(day -> Math.max(day, from))
        .distinct()
        .sorted()
        .map(
            day -> {
              Stream<Change> billed = changes.stream().filter(change -> change.day() <= day);
              Stream<Change> due = changes.stream().filter(change -> change.dueDay() <= day);
              String overdue = limited(due.map(Change::amount));
              return "%d: %s %s"
                  .formatted(
                      day,
                      limited(billed.map(Change::amount)),
                      overdue.startsWith("-") ? "0" : overdue);
            })
        .toList()
        .toString();
  }

  private static String limited(Stream<Long> numbers) {
    BigInteger sum = sum(numbers.map(BigInteger::valueOf));
    return sum.bitLength() < Long.SIZE ? sum.toString() : "wide";
  }

  /** The text with the largest sum, the first of those with the same. */
  private static String largest(Stream<Object> values) {
    Map<String, BigInteger> sums = new TreeMap<>();
    values.forEach(
        value -> {
          Map.Entry<?, ?> sum = (Map.Entry<?, ?>) value;
          sums.merge((String) sum.getKey(), (BigInteger) sum.getValue(), BigInteger::add);
        });
    BigInteger most = sums.values().stream().max(naturalOrder()).orElse(BigInteger.ZERO);
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue().equals(most))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("none");
  }

  private static BigInteger sum(Stream<BigInteger> values) {
    return values.reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Texts of this test are in the order of their bytes. */
  @SuppressWarnings("unchecked")
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) Objects.requireNonNull(value);
  }
}
