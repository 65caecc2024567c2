package io.karat.publishing;

import io.karat.publishing.Commit.Entry;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Log of the commits up to one, as far as they still count, oldest first.
 *
 * @param head the newest commit, which is the last of the log
 */
record CommitLog(Commit head, List<Entry> entries) {
  static CommitLog of(Commit head, List<Entry> earlier) {
    return new CommitLog(head, Stream.concat(earlier.stream(), Stream.of(head.entry())).toList());
  }

  /** The log without some commits. */
  CommitLog without(List<Entry> gone) {
    return new CommitLog(head, entries.stream().filter(entry -> !gone.contains(entry)).toList());
  }

  /** The newest commit with another live release that has not been withdrawn since. */
  Optional<Entry> before() {
    return newest(entry -> !entry.live().equals(head.live()) && !head.isWithdrawn(entry.live()));
  }

  /** The newest commit before the head with this live release. */
  Optional<Entry> latestOf(String release) {
    return newest(entry -> entry.number() < head.number() && entry.live().equals(release));
  }

  /** The newest commit that made a release. */
  Optional<Entry> publicationOf(String release) {
    return newest(
        entry -> entry.action() == Commit.Action.PUBLISH && entry.runId().equals(release));
  }

  /** Whether the latest change of the live release was a rollback. */
  boolean isRolledBack() {
    return newest(entry -> !entry.action().isSilent())
        .filter(entry -> entry.action() == Commit.Action.ROLLBACK)
        .isPresent();
  }

  /** The releases that were live after a commit, up to the head. */
  Set<String> liveAfter(Commit before) {
    Set<String> live = new HashSet<>(Set.of(head.live()));
    entries.stream()
        .filter(entry -> entry.number() > before.number())
        .forEach(entry -> live.add(entry.live()));
    live.remove(before.live());
    return live;
  }

  /** The releases that were live at some time since. */
  Set<String> liveSince(Instant since) {
    Set<String> live = new HashSet<>(Set.of(head.live()));
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i).writtenAt().isAfter(since)) {
        live.add(entries.get(i - 1).live());
      }
    }
    return live;
  }

  /**
   * The earlier commits that still count once only some releases are kept: those that a rollback
   * goes back to, that made a release, or that say how the live release came about; and those whose
   * release was live since.
   */
  List<Entry> counting(Set<String> kept, Instant since) {
    Set<Long> needed = new HashSet<>();
    for (String release : kept) {
      latestOf(release).map(Entry::number).ifPresent(needed::add);
      publicationOf(release).map(Entry::number).ifPresent(needed::add);
    }
    newest(entry -> !entry.action().isSilent()).map(Entry::number).ifPresent(needed::add);
    for (int i = 0; i < entries.size() - 1; i++) {
      if (entries.get(i + 1).writtenAt().isAfter(since)) {
        needed.add(entries.get(i).number());
      }
    }
    return entries.stream()
        .filter(entry -> entry.number() < head.number() && needed.contains(entry.number()))
        .toList();
  }

  private Optional<Entry> newest(Predicate<Entry> wanted) {
    return entries.stream().filter(wanted).reduce((older, newer) -> newer);
  }

  /** Whether a commit of this number counts. */
  boolean counts(long number) {
    return entries.stream().anyMatch(entry -> entry.number() == number);
  }

  /** The first commit after a number; the head if none of those still counts. */
  Entry after(long number) {
    return entries.stream()
        .filter(entry -> entry.number() > number)
        .findFirst()
        .orElseGet(head::entry);
  }

  /** The numbers of the commits that count. */
  Set<Long> numbers() {
    Set<Long> numbers = new HashSet<>();
    entries.forEach(entry -> numbers.add(entry.number()));
    return Collections.unmodifiableSet(numbers);
  }
}
