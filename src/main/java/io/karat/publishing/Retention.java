package io.karat.publishing;

import io.karat.run.Failpoint;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Deletion of files that no reader and no rollback can need any more; it never makes a run fail.
 * Models stay, since a night of any age may be run again with them.
 */
public final class Retention {
  private final Storage storage;
  private final Commits commits;
  private final RunLock lock;
  private final List<String> deleted = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  Retention(Commits commits, RunLock lock) {
    this.storage = commits.storage();
    this.commits = commits;
    this.lock = lock;
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

  /**
   * Deletes what is not needed.
   *
   * @param newest the number of newest releases that stay
   * @param quarantineDays the number of days up to the live night whose quarantined rows stay, even
   *     if the rest of their release is deleted
   */
  Outcome keep(int newest, int quarantineDays) {
    try {
      Commit head = commits.head();
      Failpoint.reach(PublishingStep.BEFORE_RETENTION);
      deleteAll(unneeded(head, newest, quarantineDays));
      Failpoint.reach(PublishingStep.AFTER_RETENTION);
    } catch (IOException unreadable) {
      problems.add(unreadable.getMessage());
    }

    return new Outcome(deleted, problems);
  }

  /** The releases to keep: the newest, the live one, and the one to roll back to. */
  static Set<String> kept(Commit head, Optional<Commit> before, int newest) {
    List<String> all = head.releases().stream().map(Release::runId).toList();
    Set<String> kept =
        new LinkedHashSet<>(all.subList(Math.max(0, all.size() - newest), all.size()));
    kept.add(head.live());
    before.map(Commit::live).ifPresent(kept::add);
    return kept;
  }

  private List<String> unneeded(Commit head, int newest, int quarantineDays) throws IOException {
    Set<String> kept = kept(head, commits.before(head), newest);
    Set<String> needed = neededFolders(head, kept);
    List<String> paths = new ArrayList<>();
    for (String release : below(Layout.RELEASES)) {
      if (!needed.contains(release)) {
        paths.addAll(unneededTables(release, head, quarantineDays));
      }
    }
    for (String run : below(Layout.STAGING)) {
      paths.addAll(unneededAttempts(run, needed));
    }
    for (String night : below(Layout.HISTORY)) {
      for (String run : below(night)) {
        paths.addAll(unneededAttempts(run, needed));
      }
    }

    return paths;
  }

  private Set<String> neededFolders(Commit head, Set<String> kept) throws IOException {
    Set<String> needed = new HashSet<>();
    kept.forEach(runId -> needed.add(Layout.release(runId)));
    for (Commit commit : commits.backTo(kept, head)) {
      for (Commit.Night night : commit.nights().values()) {
        night.files().forEach(file -> needed.add(file.substring(0, file.lastIndexOf('/'))));
      }
    }
    for (StagedRuns.Folder folder : new StagedRuns(storage).uncommitted(head)) {
      folder
          .run()
          .filter(run -> isAwaited(run, head))
          .ifPresent(run -> needed.addAll(List.of(folder.path(), run.historyFolder())));
    }

    return needed;
  }

  /** The whole release, or all of it except a quarantine that stays longer. */
  private List<String> unneededTables(String folder, Commit head, int quarantineDays)
      throws IOException {
    LocalDate oldest = head.liveAsOf().minusDays(quarantineDays - 1L);
    boolean staysLonger =
        head.release(folder.substring(folder.lastIndexOf('/') + 1))
            .filter(release -> !release.asOf().isBefore(oldest))
            .isPresent();
    List<String> children = below(folder);
    return staysLonger && children.stream().anyMatch(Retention::isQuarantine)
        ? children.stream().filter(path -> !isQuarantine(path)).toList()
        : List.of(folder);
  }

  private static boolean isQuarantine(String path) {
    return path.substring(path.lastIndexOf('/') + 1).startsWith("quarantine_");
  }

  /** Whether a complete run may still be published on command: its night has no release yet. */
  private static boolean isAwaited(StagedRun run, Commit head) {
    return !head.nights().containsKey(run.asOf());
  }

  /** The folder of a run if none of its attempts is needed, else the attempts that are not. */
  private List<String> unneededAttempts(String run, Set<String> needed) throws IOException {
    List<String> attempts = below(run);
    return attempts.stream().noneMatch(needed::contains)
        ? List.of(run)
        : attempts.stream().filter(attempt -> !needed.contains(attempt)).toList();
  }

  private List<String> below(String folder) throws IOException {
    return storage.names(folder).stream().map(name -> folder + "/" + name).toList();
  }

  private void deleteAll(List<String> paths) throws IOException {
    for (String path : paths) {
      if (!lock.stillHeld()) {
        problems.add("%s: another run has taken over".formatted(path));
        return;
      }
      delete(path);
    }
  }

  private void delete(String path) {
    try {
      storage.delete(path);
      deleted.add(path);
    } catch (IOException refused) {
      problems.add("%s: %s".formatted(path, refused.getMessage()));
    }
  }
}
