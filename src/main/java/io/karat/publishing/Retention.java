package io.karat.publishing;

import static java.util.stream.Collectors.toSet;

import io.karat.run.Failpoint;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Deletion of files that no reader and no rollback can need any more; it never makes a run fail.
 * The newest commit says what is given up, so nothing that is deleted here can go live again. Files
 * that are not Karat's stay, and so do models, since a night of any age may be run again with them.
 */
public final class Retention {
  /** The age from which an unfinished file is the leftover of a killed write. */
  private static final Duration LEFTOVER = Duration.ofHours(1);

  private final Storage storage;
  private final Commits commits;
  private final RunLock lock;
  private final Keep keep;
  private final InstantSource clock;
  private final List<String> deleted = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  Retention(Commits commits, Keep keep, RunLock lock, InstantSource clock) {
    this.storage = commits.storage();
    this.commits = commits;
    this.keep = keep;
    this.lock = lock;
    this.clock = clock;
  }

  /**
   * Deleted paths within the output folder.
   *
   * @param problems paths that could not be deleted, with the reason; the next run tries again
   */
  public record Outcome(List<String> deleted, List<String> problems) {
    public Outcome {
      deleted = List.copyOf(deleted);
      problems = List.copyOf(problems);
    }
  }

  /** Deletes what is not needed. */
  Outcome run() {
    try {
      Commit head = commits.head();
      Failpoint.reach(PublishingStep.BEFORE_RETENTION);
      List<String> unneeded = unneeded(head);
      // Only what was there while this process held the lock: a successor's files are not listed.
      if (lock.stillHeld()) {
        unneeded.forEach(this::delete);
        sweep();
      } else {
        problems.add("another run has taken over");
      }
      Failpoint.reach(PublishingStep.AFTER_RETENTION);
    } catch (IOException | DamagedFileException unreadable) {
      problems.add(unreadable.getMessage());
    }

    return new Outcome(deleted, problems);
  }

  private List<String> unneeded(Commit head) throws IOException {
    List<String> paths = new ArrayList<>();
    StagedRuns runs = new StagedRuns(storage);
    Set<String> awaited = new HashSet<>();
    Set<String> awaitedHistory = new HashSet<>();
    for (StagedRuns.Folder folder : runs.uncommitted(head)) {
      if (folder.isAwaited(head)) {
        awaited.add(folder.path());
        folder.run().map(StagedRun::historyFolder).ifPresent(awaitedHistory::add);
      }
    }
    for (String attempt : runs.attempts()) {
      if (!awaited.contains(attempt)) {
        paths.addAll(unneededTables(attempt, head));
      }
    }
    paths.addAll(unneededHistory(head, awaitedHistory));
    paths.addAll(unneededCommits(head));
    return paths;
  }

  /** The folder of an attempt that no release needs, but for a quarantine that stays longer. */
  private List<String> unneededTables(String attempt, Commit head) throws IOException {
    Optional<Release> release =
        head.releases().stream().filter(it -> it.path().equals(attempt)).findFirst();
    if (release.filter(it -> isKept(it, head)).isPresent()) {
      return List.of();
    }

    boolean keepsQuarantine =
        release.filter(it -> KeptState.keepsQuarantine(it, head, keep)).isPresent();
    if (!keepsQuarantine && !Layout.isFormer(attempt)) {
      return List.of(attempt);
    }
    List<String> paths = new ArrayList<>();
    if (storage.isFolder(Layout.state(attempt))) {
      paths.add(Layout.state(attempt));
    }
    Stream.concat(
            storage.names(attempt).stream(),
            storage.folders(attempt).stream()
                .filter(table -> !Layout.isAttempt(table))
                .filter(table -> !keepsQuarantine || !table.startsWith("quarantine_")))
        .forEach(name -> paths.add("%s/%s".formatted(attempt, name)));
    return paths;
  }

  /** Whether the files of a release stay; those of the live one even if they are damaged. */
  private static boolean isKept(Release release, Commit head) {
    return release.retained() || release.runId().equals(head.live());
  }

  /** The folders of history that neither a commit which counts names nor a release that stays. */
  private Set<String> unneededHistory(Commit head, Set<String> awaited) throws IOException {
    Set<String> unnamed = historyFolders();
    unnamed.removeAll(awaited);
    unnamed.removeAll(historyOf(head));
    for (long number : commits.log(head).numbers()) {
      if (!unnamed.isEmpty() && number < head.number()) {
        unnamed.removeAll(historyOf(commits.numbered(number)));
      }
    }
    for (Release release : head.releases()) {
      if (!unnamed.isEmpty() && isKept(release, head)) {
        unnamed.removeAll(new HistoryList(storage, release.path()).folders());
      }
    }
    return unnamed;
  }

  private Set<String> historyFolders() throws IOException {
    Set<String> folders = new TreeSet<>();
    for (String night : storage.folders(Layout.HISTORY)) {
      for (String run :
          Layout.isNight(night) ? below(Layout.HISTORY + "/" + night) : Set.<String>of()) {
        for (String attempt : below(run)) {
          if (Layout.isAttempt(attempt.substring(run.length() + 1))) {
            folders.add(attempt);
          }
        }
      }
    }
    return folders;
  }

  private Set<String> below(String folder) throws IOException {
    return storage.folders(folder).stream()
        .map(name -> "%s/%s".formatted(folder, name))
        .collect(toSet());
  }

  private static Set<String> historyOf(Commit commit) {
    return commit.nights().values().stream()
        .flatMap(night -> night.files().stream())
        .map(file -> file.substring(0, file.lastIndexOf('/')))
        .collect(toSet());
  }

  /** The commits that no longer count, nor those that a stalled process appended too late. */
  private List<String> unneededCommits(Commit head) throws IOException {
    Set<Long> counting = commits.log(head).numbers();
    List<String> paths = new ArrayList<>();
    for (long number : new NumberedFiles(storage, Layout.COMMITS).numbers()) {
      if (number < head.number() && !counting.contains(number) && commits.isCommit(number)) {
        paths.add(Layout.commit(number));
      }
    }
    return paths;
  }

  private void delete(String path) {
    try {
      storage.delete(path);
      deleted.add(path);
      for (String parent = parent(path); parent.contains("/"); parent = parent(parent)) {
        storage.deleteEmpty(parent);
      }
    } catch (IOException refused) {
      problems.add("%s: %s".formatted(path, refused.getMessage()));
    }
  }

  private static String parent(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  private void sweep() throws IOException {
    List<String> folders = new ArrayList<>(List.of("", Layout.COMMITS, Layout.LOCKS));
    for (String kind : storage.folders(Layout.MODELS)) {
      folders.addAll(List.of(Layout.models(kind), Layout.fits(kind)));
    }
    for (String folder : folders) {
      storage.sweep(folder, clock.instant().minus(LEFTOVER));
    }
  }
}
