package io.karat.publishing;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nights of an output, each with the rows that it added to the history of customers. */
public final class NightHistory {
  private final Commits commits;

  NightHistory(Commits commits) {
    this.commits = commits;
  }

  /** The nights of a commit, earliest first, also those whose files are deleted. */
  public List<HistoryNight> nights(Commit commit) {
    return commit.nights().entrySet().stream()
        .map(night -> HistoryNight.of(night.getKey(), night.getValue(), commits.storage()))
        .toList();
  }

  /** The latest night of a commit before {@code asOf}; empty if there is none. */
  public Optional<HistoryNight> nightBefore(LocalDate asOf, Commit commit) {
    return commit.nights().headMap(asOf).entrySet().stream()
        .filter(night -> !night.getValue().files().isEmpty())
        .reduce((before, night) -> night)
        .map(night -> HistoryNight.of(night.getKey(), night.getValue(), commits.storage()));
  }

  /**
   * The night of a release in the present history; empty if another run made it, or it is deleted.
   */
  Optional<HistoryNight> night(Release release) throws IOException {
    return Optional.ofNullable(commits.head().nights().get(release.asOf()))
        .filter(night -> night.runId().equals(release.runId()) && !night.files().isEmpty())
        .map(night -> HistoryNight.of(release.asOf(), night, commits.storage()));
  }

  /** The nights in the history table of a release, earliest first. */
  public List<HistoryNight> nightsOf(Release release) throws IOException {
    Set<LocalDate> shown = new HistoryList(commits.storage(), release.path()).nights().keySet();
    Commit head = commits.head();
    Optional<Commit.Entry> made = commits.log(head).publicationOf(release.runId());
    Commit then = made.isPresent() ? commits.whole(made.get().number()).orElse(head) : head;
    return nights(then).stream().filter(night -> shown.contains(night.asOf())).toList();
  }
}
