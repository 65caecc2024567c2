package io.karat.state;

import io.karat.input.EventDays;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Days of an input that a night reads; the others are taken from the night before.
 *
 * @param changes the changes of the files
 * @param since the first day that keeps an entry of its own, the first of a month; those before
 *     become one, and are not read
 * @param rebuilt the days that may have changed
 * @param read those, and days that are built anew to be compared
 * @param newest the newest days with rows, all of which are read
 * @param files the places of the files that hold a day that is read
 * @param kept the rows of the other days, by file as they are now
 */
public record DaysToRead(
    SourceChanges changes,
    LocalDate since,
    EventDays rebuilt,
    EventDays read,
    EventDays newest,
    SortedSet<Integer> files,
    List<FileRows> kept) {

  /**
   * The days to read on a night.
   *
   * @param unread the days of each new or changed file
   * @param asOfBefore the night that read the files
   * @param wanted the first day that has to keep an entry of its own
   * @param newest the number of newest days to read in any case
   * @param share the share of the other days to build anew
   * @param isByMonth whether what a row says depends on others of its month, so that whole months
   *     are read
   */
  public static DaysToRead of(
      SourceChanges changes,
      Map<Integer, EventDays> unread,
      LocalDate asOfBefore,
      LocalDate asOf,
      LocalDate wanted,
      int newest,
      BigDecimal share,
      boolean isByMonth) {
    EventDays dirty = changes.dirty(unread, asOfBefore);
    SortedSet<LocalDate> all = new TreeSet<>(dirty.days());
    changes.before().rows().stream()
        .filter(rows -> changes.unchanged().containsKey(rows.file()))
        .forEach(rows -> rows.day().ifPresent(day -> all.add(day)));
    EventDays rebuilt = isByMonth ? dirty.wholeMonths(all) : dirty;
    LocalDate since = since(wanted, rebuilt, changes.before().since());
    List<LocalDate> past =
        all.stream().filter(day -> !day.isBefore(since) && !day.isAfter(asOf)).toList();
    List<LocalDate> last = past.subList(Math.max(0, past.size() - newest), past.size());
    SortedSet<LocalDate> days = new TreeSet<>(rebuilt.days());
    days.addAll(last);
    days.addAll(inTurn(past, asOf, share));
    EventDays some = new EventDays(days, rebuilt.hasUnknown());
    EventDays read = isByMonth ? some.wholeMonths(all) : some;

    SortedSet<Integer> files = new TreeSet<>(changes.unread().keySet());
    List<FileRows> kept = new ArrayList<>();
    for (FileRows rows : changes.before().rows()) {
      Integer place = changes.unchanged().get(rows.file());
      if (place != null && read.contains(rows.day())) {
        files.add(place);
      } else if (place != null) {
        kept.add(rows.of(place));
      }
    }
    return new DaysToRead(
        changes, since, rebuilt, read, new EventDays(new TreeSet<>(last), false), files, kept);
  }

  /** No day becomes one with others on the night that builds it anew, nor ever one of its own. */
  private static LocalDate since(
      LocalDate wanted, EventDays rebuilt, Optional<LocalDate> sinceBefore) {
    LocalDate first = rebuilt.days().isEmpty() ? wanted : rebuilt.days().first();
    LocalDate since = (first.isBefore(wanted) ? first : wanted).withDayOfMonth(1);
    return sinceBefore.filter(since::isBefore).orElse(since);
  }

  /** The first day to build anew that is one with others on the night before. */
  public Optional<LocalDate> mergedDay() {
    return rebuilt.days().stream().findFirst().filter(day -> day.isBefore(since));
  }

  /** Neighbouring days, other ones each night, until all have had their turn. */
  private static List<LocalDate> inTurn(List<LocalDate> days, LocalDate asOf, BigDecimal share) {
    if (share.signum() == 0) {
      return List.of();
    }

    int turns = BigDecimal.ONE.divide(share, 0, RoundingMode.HALF_UP).intValueExact();
    int turn = Math.floorMod(asOf.toEpochDay(), turns);
    return days.subList(
        (int) ((long) days.size() * turn / turns), (int) ((long) days.size() * (turn + 1) / turns));
  }

  /** The days that are built anew only to be compared. */
  public List<LocalDate> compared() {
    return read.days().stream().filter(day -> !rebuilt.days().contains(day)).toList();
  }

  /** The bytes of the files that are read. */
  public long bytes() {
    return files.stream().mapToLong(place -> changes.now().get(place).bytes()).sum();
  }

  /**
   * The days that are compared and do not have the rows that they had.
   *
   * @param found the rows of the days that were read
   */
  public List<LocalDate> differing(List<FileRows> found) {
    return compared().stream().filter(day -> !before(day).equals(of(day, found))).toList();
  }

  private List<FileRows> before(LocalDate day) {
    List<FileRows> rows = new ArrayList<>();
    for (FileRows some : changes.before().rows()) {
      Integer place = changes.unchanged().get(some.file());
      if (place != null) {
        rows.add(some.of(place));
      }
    }
    return of(day, rows);
  }

  private static List<FileRows> of(LocalDate day, List<FileRows> rows) {
    return rows.stream()
        .filter(some -> some.day().filter(day::equals).isPresent())
        .sorted(FileRows.ORDER)
        .toList();
  }
}
