package io.karat.publishing;

import static java.util.stream.Collectors.toSet;

import io.karat.run.Fingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Log of the commits of an output folder: numbered without gaps and never changed. */
record Commits(Storage storage) {
  /** The length of {@code 2026-03-01}, with which the files in the history table begin. */
  private static final int DAY_LENGTH = 10;

  Commit head() throws IOException {
    long highest = new NumberedFiles(storage, Layout.COMMITS).highest().orElse(0);
    return highest == 0 ? Commit.none() : numbered(highest);
  }

  Commit numbered(long number) throws IOException {
    String file = Layout.commit(number);
    String text =
        storage
            .read(file)
            .orElseThrow(() -> new IOException("%s is missing".formatted(storage.location(file))));
    return ControlFileJson.read(file, text, Commit.class);
  }

  /** Appends a commit; false if another writer took its number first. */
  boolean append(Commit commit) throws IOException {
    return storage.create(Layout.commit(commit.number()), ControlFileJson.write(commit));
  }

  /** The newest commit with another live release that has not been withdrawn since. */
  Optional<Commit> before(Commit head) throws IOException {
    for (long number = head.number() - 1; number > 0; number--) {
      Commit earlier = numbered(number);
      if (!earlier.live().equals(head.live()) && !head.isWithdrawn(earlier.live())) {
        return Optional.of(earlier);
      }
    }

    return Optional.empty();
  }

  /** The newest commit before {@code head} with this live release. */
  Optional<Commit> latestOf(String release, Commit head) throws IOException {
    for (long number = head.number() - 1; number > 0; number--) {
      Commit earlier = numbered(number);
      if (earlier.live().equals(release)) {
        return Optional.of(earlier);
      }
    }

    return Optional.empty();
  }

  /** Whether the latest change of the live release was a rollback. */
  boolean isRolledBack(Commit head) throws IOException {
    Commit latest = head;
    while (latest.action() == Commit.Action.ACCEPT) {
      latest = numbered(latest.number() - 1);
    }
    return latest.action() == Commit.Action.ROLLBACK;
  }

  /** The releases that were live after {@code before}, up to {@code head}. */
  Set<String> liveAfter(Commit before, Commit head) throws IOException {
    Set<String> live = new HashSet<>(Set.of(head.live()));
    for (long number = head.number() - 1; number > before.number(); number--) {
      live.add(numbered(number).live());
    }
    live.remove(before.live());
    return live;
  }

  /** The commits from the newest back to the oldest that made one of these releases. */
  List<Commit> backTo(Set<String> releases, Commit head) throws IOException {
    Set<String> unseen = new HashSet<>(releases);
    List<Commit> commits = new ArrayList<>();
    for (long number = head.number(); number > 0 && !unseen.isEmpty(); number--) {
      Commit commit = numbered(number);
      commits.add(commit);
      if (commit.action() == Commit.Action.PUBLISH) {
        unseen.remove(commit.runId());
      }
    }

    return commits;
  }

  /** A digest of the first commit, which identifies this output; empty in a new folder. */
  Optional<String> id() throws IOException {
    if (head().isNone()) {
      return Optional.empty();
    }

    Commit first = numbered(1);
    return Optional.of(Fingerprint.of(List.of(first.runId(), first.writtenAt().toString())));
  }

  /** The nights in the history table of a release, earliest first. */
  List<HistoryNight> nightsOf(String runId) throws IOException {
    Set<String> shown =
        storage.names("%s/%s".formatted(Layout.release(runId), Staging.HISTORY_TABLE)).stream()
            .filter(name -> name.endsWith(".parquet"))
            .map(name -> name.substring(0, DAY_LENGTH))
            .collect(toSet());
    List<Commit> since = backTo(Set.of(runId), head());
    return since.get(since.size() - 1).nights().entrySet().stream()
        .filter(night -> shown.contains(night.getKey().toString()))
        .map(night -> HistoryNight.of(night.getKey(), night.getValue(), storage))
        .toList();
  }
}
