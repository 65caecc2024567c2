package io.karat.input;

import static io.karat.input.InputRows.UNMATCHED_ROWS;
import static io.karat.input.InputRows.UNREADABLE_VALUES;

import io.karat.input.InputBalance.Term;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Row counts and amounts of an input by day and outcome, collected from {@link InputRows#tallies}.
 */
public record RowCounts(List<Tally> tallies) {
  public RowCounts {
    tallies = List.copyOf(tallies);
  }

  /** Reads rows with day, outcome, rows, amount and rounding. */
  public static RowCounts of(List<Row> rows) {
    return new RowCounts(rows.stream().map(RowCounts::tally).toList());
  }

  private static Tally tally(Row row) {
    Date day = row.getAs("day");
    return new Tally(
        Optional.ofNullable(day).map(Date::toLocalDate),
        row.getAs("outcome"),
        new Term(row.<Long>getAs("rows"), row.getAs("amount")),
        row.getAs("rounding"),
        some(counts(row, UNREADABLE_VALUES)),
        counts(row, UNMATCHED_ROWS));
  }

  private static Map<String, Long> counts(Row row, String column) {
    return Optional.ofNullable(row.<scala.collection.Map<String, Long>>getAs(column))
        .map(CollectionConverters::asJava)
        .orElse(Map.of());
  }

  /** The counts of odd rows are kept only where there are some. */
  private static Map<String, Long> some(Map<String, Long> counts) {
    Map<String, Long> some = new TreeMap<>(counts);
    some.entrySet().removeIf(it -> OddRows.isOne(it.getKey()) && it.getValue() == 0);
    return some;
  }

  /** The total of all rows. */
  public Term read() {
    return total(tally -> true);
  }

  public Term of(String outcome) {
    return total(tally -> tally.outcome().equals(outcome));
  }

  /** The total of the rows that are quarantined on their own, without regard to other rows. */
  public Term quarantined() {
    return total(Tally::isQuarantined);
  }

  public BigDecimal rounding() {
    return tallies.stream().map(Tally::rounding).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The number of used rows with a value that is there and cannot be read, by optional column. */
  public SortedMap<String, Long> unreadableValues() {
    SortedMap<String, Long> all = added(Tally::unreadable);
    all.keySet().removeIf(OddRows::isOne);
    return all;
  }

  /** The number of used rows that look wrong, by what it is; no zeros. */
  public SortedMap<String, Long> oddRows() {
    SortedMap<String, Long> odd = new TreeMap<>();
    added(Tally::unreadable)
        .forEach(
            (name, count) -> {
              if (OddRows.isOne(name)) {
                odd.put(OddRows.what(name), count);
              }
            });
    return odd;
  }

  /** The number of rows for which a joined table has none, by table. */
  public SortedMap<String, Long> unmatchedRows() {
    return added(Tally::unmatched);
  }

  private SortedMap<String, Long> added(Function<Tally, Map<String, Long>> counts) {
    SortedMap<String, Long> added = new TreeMap<>();
    tallies.forEach(
        tally -> counts.apply(tally).forEach((name, count) -> added.merge(name, count, Long::sum)));
    return added;
  }

  /** The number of candidate rows of each day that has any. */
  public SortedMap<LocalDate, Long> candidatesByDay() {
    return byDay(tally -> tally.outcome().equals(RowOutcome.CANDIDATE));
  }

  /** The number of rows of each day up to {@code asOf} that were not excluded. */
  public SortedMap<LocalDate, Long> rowsByDay(LocalDate asOf) {
    return byDay(
        tally ->
            !tally.outcome().equals(RowOutcome.EXCLUDED)
                && tally.day().filter(day -> !day.isAfter(asOf)).isPresent());
  }

  /** The first day of a row that is a candidate or after the as-of day; empty if there is none. */
  public Optional<LocalDate> firstDay() {
    return tallies.stream()
        .filter(tally -> !tally.isQuarantined() && !tally.outcome().equals(RowOutcome.EXCLUDED))
        .flatMap(tally -> tally.day().stream())
        .min(LocalDate::compareTo);
  }

  private SortedMap<LocalDate, Long> byDay(Predicate<Tally> wanted) {
    SortedMap<LocalDate, Long> rows = new TreeMap<>();
    tallies.stream()
        .filter(wanted)
        .forEach(
            tally -> tally.day().ifPresent(day -> rows.merge(day, tally.term().rows(), Long::sum)));
    return rows;
  }

  private Term total(Predicate<Tally> wanted) {
    return tallies.stream().filter(wanted).map(Tally::term).reduce(Term.NONE, Term::plus);
  }

  /**
   * The rows of one day and outcome; no day if they have none or it cannot be read.
   *
   * @param unreadable the number of values that cannot be read, by optional column; beside them
   *     that of {@link OddRows}
   * @param unmatched the number of rows for which a joined table has none, by table
   */
  public record Tally(
      Optional<LocalDate> day,
      String outcome,
      Term term,
      BigDecimal rounding,
      Map<String, Long> unreadable,
      Map<String, Long> unmatched) {
    public Tally {
      unmatched = Map.copyOf(unmatched);
      unreadable = Map.copyOf(unreadable);
    }

    /** Whether the configured {@code where} includes these rows. */
    public boolean isWanted() {
      return !outcome.equals(RowOutcome.EXCLUDED);
    }

    boolean isQuarantined() {
      return !outcome.equals(RowOutcome.CANDIDATE)
          && !outcome.equals(RowOutcome.EXCLUDED)
          && !outcome.equals(RowOutcome.AFTER_AS_OF);
    }
  }
}
