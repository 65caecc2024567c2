package io.karat.publishing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * State of an output folder, cut to what is kept, so that a commit does not grow with the years.
 * The commit decides which releases are given up; retention deletes their files afterwards, so that
 * none of them can go live again while it is deleted.
 *
 * @param log the log up to the commit before
 * @param whole the folders of complete attempts
 */
record KeptState(Keep keep, CommitLog log, Set<String> whole) {
  Commit of(Commit next) {
    CommitLog now = CommitLog.of(next, log.head().isNone() ? List.of() : log.entries());
    Instant since = next.writtenAt().minus(keep.readers());
    SortedMap<LocalDate, Commit.Night> nights = nights(next);
    Set<String> kept = kept(next, now, since);
    return next.keeping(releases(next, kept, nights), nights, now.counting(kept, since));
  }

  /** The releases to keep: the newest, the live one, those before it and those just left. */
  private Set<String> kept(Commit next, CommitLog now, Instant since) {
    List<String> all = next.releases().stream().map(Release::runId).toList();
    Set<String> kept =
        new LinkedHashSet<>(all.subList(Math.max(0, all.size() - keep.releases()), all.size()));
    kept.addAll(now.liveSince(since));
    now.before().map(Commit.Entry::live).ifPresent(kept::add);
    return kept;
  }

  private List<Release> releases(
      Commit next, Set<String> kept, SortedMap<LocalDate, Commit.Night> nights) {
    List<Release> releases = new ArrayList<>();
    for (Release release : next.releases()) {
      if (kept.contains(release.runId())) {
        releases.add(release.retainedIf(release.retained() && whole.contains(release.path())));
      } else if (isRemembered(release, next, nights)) {
        releases.add(release.forgotten());
      }
    }
    return releases;
  }

  /**
   * Whether a deleted release stays in the list: for its night, its withdrawal or its quarantine.
   */
  private boolean isRemembered(
      Release release, Commit next, SortedMap<LocalDate, Commit.Night> nights) {
    boolean isRecorded =
        nights.containsKey(release.asOf())
            && nights.get(release.asOf()).runId().equals(release.runId());
    LocalDate oldest = next.liveAsOf().minusDays(keep.historyDays());
    boolean isRecent = !release.asOf().isBefore(oldest);
    return (isRecent && (isRecorded || release.withdrawn()))
        || keepsQuarantine(release, next, keep);
  }

  static boolean keepsQuarantine(Release release, Commit commit, Keep keep) {
    return !release.asOf().isBefore(commit.liveAsOf().minusDays(keep.quarantineDays() - 1L));
  }

  /** The nights of the history, with their files, and as many days before it without them. */
  private SortedMap<LocalDate, Commit.Night> nights(Commit next) {
    if (next.nights().isEmpty()) {
      return next.nights();
    }

    LocalDate newest = next.nights().lastKey();
    LocalDate first = newest.minusDays(keep.historyDays() - 1L);
    SortedMap<LocalDate, Commit.Night> kept = new TreeMap<>(next.nights().tailMap(first));
    LocalDate oldest = newest.minusDays((long) Keep.NAMED * keep.historyDays());
    for (Map.Entry<LocalDate, Commit.Night> night :
        next.nights().subMap(oldest, first).entrySet()) {
      kept.put(night.getKey(), night.getValue().withoutFiles());
    }
    return kept;
  }
}
