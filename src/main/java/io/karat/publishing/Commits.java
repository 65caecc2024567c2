package io.karat.publishing;

import io.karat.publishing.Commit.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Commits of an output folder: numbered in order and never changed. Those that no longer count are
 * deleted, so the numbers have gaps.
 */
record Commits(Storage storage) {
  /**
   * The newest commit; {@link Commit#isNone()} in a new folder. A file whose content names another
   * number is a copy that somebody left there, and is passed over.
   *
   * @throws DamagedFileException if it cannot be read
   */
  Commit head() throws IOException {
    List<Long> numbers = new ArrayList<>(new NumberedFiles(storage, Layout.COMMITS).numbers());
    numbers.sort(Comparator.reverseOrder());
    for (long number : numbers) {
      Optional<Commit> commit = find(number).filter(it -> it.number() == number);
      if (commit.isPresent()) {
        return commit.get();
      }
    }

    return Commit.none();
  }

  /**
   * Reads a commit.
   *
   * @throws DamagedFileException if its file is missing or damaged
   */
  Commit numbered(long number) throws IOException {
    return find(number)
        .orElseThrow(
            () -> new DamagedFileException(Layout.commit(number), "it is missing", seen()));
  }

  /** Whether the file of this number is that commit, and not something that somebody left there. */
  boolean isCommit(long number) throws IOException {
    return whole(number).isPresent();
  }

  Optional<Commit> whole(long number) throws IOException {
    try {
      return find(number).filter(it -> it.number() == number);
    } catch (DamagedFileException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<Commit> find(long number) throws IOException {
    String file = Layout.commit(number);
    try {
      return ControlFileJson.read(storage, file, Commit.class);
    } catch (DamagedFileException damaged) {
      throw damaged.with(seen());
    }
  }

  /** What readers see whatever became of the commits, as a sentence; empty if that is unknown. */
  private String seen() {
    try {
      return CurrentRelease.read(storage)
          .map(it -> "Readers still see night %s, run %s. ".formatted(it.asOf(), it.runId()))
          .orElse("");
    } catch (IOException | DamagedFileException unknown) {
      return "";
    }
  }

  /** The number of the commit after the one with this number. */
  long after(long number) throws IOException {
    return new NumberedFiles(storage, Layout.COMMITS).next(number);
  }

  /** Appends a commit; false if another writer took its number first. */
  boolean append(Commit commit) throws IOException {
    return storage.create(Layout.commit(commit.number()), ControlFileJson.write(commit))
        && log().counts(commit.number());
  }

  /** The log up to the newest commit. */
  CommitLog log() throws IOException {
    return log(head());
  }

  /** The earlier commits that count and whose files are gone. */
  List<Entry> missing(Commit head) throws IOException {
    List<Long> there = new NumberedFiles(storage, Layout.COMMITS).numbers();
    return head.log().stream().filter(entry -> !there.contains(entry.number())).toList();
  }

  /** The log up to a commit; one of the former format is read from the files of all commits. */
  CommitLog log(Commit head) throws IOException {
    return CommitLog.of(head, head.format() == FormerFormat.FORMAT ? formerLog(head) : head.log());
  }

  private List<Entry> formerLog(Commit head) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (long number : new NumberedFiles(storage, Layout.COMMITS).numbers()) {
      if (number < head.number()) {
        whole(number).map(Commit::entry).ifPresent(entries::add);
      }
    }
    entries.sort(Comparator.comparingLong(Entry::number));
    return entries;
  }

  /**
   * The id of this output: a digest of its first commit, which later ones repeat; empty in a new
   * folder.
   */
  Optional<String> id() throws IOException {
    Commit head = head();
    return head.isNone() ? Optional.empty() : Optional.of(id(head));
  }

  /** The id of the output with this newest commit. */
  String id(Commit head) throws IOException {
    if (head.format() != FormerFormat.FORMAT) {
      return head.output();
    }

    Entry first = log(head).entries().get(0);
    return first.number() == 1 || head.releases().isEmpty()
        ? Commit.id(first.runId(), first.writtenAt())
        : Commit.id(head.releases().get(0).runId(), head.releases().get(0).writtenAt());
  }
}
