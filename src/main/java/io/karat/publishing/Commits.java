package io.karat.publishing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The commits of an output folder: numbered without gaps, and none is ever changed. */
record Commits(Storage storage) {
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
    return Json.read(file, text, Commit.class);
  }

  /** Appends a commit; false where another one took its number first. */
  boolean append(Commit commit) throws IOException {
    return storage.create(Layout.commit(commit.number()), Json.write(commit));
  }

  /** The newest state in which another release was live that nobody has withdrawn since. */
  Optional<Commit> before(Commit head) throws IOException {
    for (long number = head.number() - 1; number > 0; number--) {
      Commit earlier = numbered(number);
      if (!earlier.live().equals(head.live()) && !head.isWithdrawn(earlier.live())) {
        return Optional.of(earlier);
      }
    }

    return Optional.empty();
  }

  /** From the newest commit back to the oldest that made one of these releases. */
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
}
