package io.karat.state;

import io.karat.input.EventDays;
import io.karat.input.SourceFile;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Changes of the files of an input since a night read them.
 *
 * @param before the input on that night
 * @param now its files now
 * @param unchanged the place of each unchanged file among all, by its place on that night
 * @param unread the places of new and changed files, each with what it is
 * @param gone the number of files that are no longer there
 */
public record SourceChanges(
    InputState before,
    List<SourceFile> now,
    SortedMap<Integer, Integer> unchanged,
    SortedMap<Integer, String> unread,
    int gone) {

  /** Compares the files of a night with those that are there now. */
  public static SourceChanges of(InputState before, List<SourceFile> now) {
    Map<String, Integer> places = new HashMap<>();
    for (int place = 0; place < before.files().size(); place++) {
      places.put(before.files().get(place).place(), place);
    }
    SortedMap<Integer, Integer> unchanged = new TreeMap<>();
    SortedMap<Integer, String> unread = new TreeMap<>();
    int known = 0;
    for (int place = 0; place < now.size(); place++) {
      ReadFile file = ReadFile.of(now.get(place));
      Optional<Integer> earlier = Optional.ofNullable(places.get(file.place()));
      known += earlier.isPresent() ? 1 : 0;
      if (earlier.isEmpty()) {
        unread.put(place, "new");
      } else if (before.files().get(earlier.get()).equals(file)) {
        unchanged.put(earlier.get(), place);
      } else {
        unread.put(place, "changed");
      }
    }
    return new SourceChanges(before, now, unchanged, unread, before.files().size() - known);
  }

  /** The changes in words, such as {@code 1 new, 0 changed and 2 vanished files}. */
  public String inWords() {
    long changed = unread.values().stream().filter("changed"::equals).count();
    return "%,d new, %,d changed and %,d vanished files"
        .formatted(unread.size() - changed, changed, gone);
  }

  /**
   * The days to build anew: those of new files, those that changed and vanished files have or had,
   * and those after the night before.
   *
   * @param unreadDays the days of each new or changed file
   * @param asOfBefore the night that read the files
   */
  EventDays dirty(Map<Integer, EventDays> unreadDays, LocalDate asOfBefore) {
    SortedSet<LocalDate> days = new TreeSet<>();
    boolean hasUnknown = false;
    for (EventDays some : unreadDays.values()) {
      days.addAll(some.days());
      hasUnknown |= some.hasUnknown();
    }
    for (FileRows rows : before.rows()) {
      boolean isDirty =
          !unchanged.containsKey(rows.file())
              || rows.day().filter(day -> day.isAfter(asOfBefore)).isPresent();
      if (isDirty) {
        rows.day().ifPresent(day -> days.add(day));
        hasUnknown |= rows.day().isEmpty();
      }
    }
    return new EventDays(days, hasUnknown);
  }
}
