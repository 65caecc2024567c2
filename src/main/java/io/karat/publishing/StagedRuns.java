package io.karat.publishing;

import static java.util.Comparator.comparingLong;

import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Attempts at runs: their tables lie in the output folder, committed or not. */
record StagedRuns(Storage storage) {
  /** Folder of an attempt, whose run is present if the folder is complete. */
  record Folder(String runId, String path, Optional<StagedRun> run) {
    /** Whether its commit may still follow: nothing was committed since it started. */
    boolean isAwaited(Commit head) {
      return run.filter(it -> it.startedFrom() == head.number()).isPresent();
    }
  }

  /** The folders of attempts that no commit names. */
  List<Folder> uncommitted(Commit head) throws IOException {
    Set<String> paths = new TreeSet<>(attempts());
    head.releases().forEach(release -> paths.remove(release.path()));
    List<Folder> folders = new ArrayList<>();
    for (String path : paths) {
      folders.add(new Folder(path.split("/", -1)[1], path, find(path)));
    }
    return folders;
  }

  /** The folders of all attempts, those of former versions among them, sorted. */
  List<String> attempts() throws IOException {
    List<String> paths = new ArrayList<>();
    for (String parent : List.of(Layout.RELEASES, Layout.STAGING)) {
      for (String runId : storage.folders(parent)) {
        String run = "%s/%s".formatted(parent, runId);
        if (!Layout.isRun(runId)) {
          continue;
        }
        if (storage.names(run).contains(Layout.MANIFEST)) {
          paths.add(run);
        }
        storage.folders(run).stream()
            .filter(Layout::isAttempt)
            .forEach(attempt -> paths.add("%s/%s".formatted(run, attempt)));
      }
    }
    paths.sort(null);
    return paths;
  }

  private Optional<StagedRun> find(String folder) throws IOException {
    try {
      return read(folder);
    } catch (DamagedFileException damaged) {
      return Optional.empty();
    }
  }

  private Optional<StagedRun> read(String folder) throws IOException {
    return ControlFileJson.read(
        storage, "%s/%s".formatted(folder, Layout.MANIFEST), StagedRun.class);
  }

  /**
   * The run of a release; empty unless the files of its tables exist in their sizes.
   *
   * @throws DamagedFileException if its manifest is damaged
   */
  Optional<StagedRun> released(Release release) throws IOException {
    Optional<StagedRun> run = release.retained() ? read(release.path()) : Optional.empty();
    return run.isPresent() && hasTables(run.get()) ? run : Optional.empty();
  }

  /**
   * The latest complete attempt at a run that is not committed.
   *
   * @throws UsageException if the run is unknown
   * @throws RefusedException if its files are gone, or were never complete
   */
  StagedRun complete(String runId, Commit head) throws IOException {
    List<Folder> folders =
        uncommitted(head).stream().filter(folder -> folder.runId().equals(runId)).toList();
    if (folders.isEmpty() && head.release(runId).isEmpty()) {
      throw new UsageException(
          "Cannot publish run '%s': no release and no staged run has this id. See karat status."
              .formatted(runId));
    }

    return folders.stream()
        .flatMap(folder -> folder.run().stream())
        .max(comparingLong(StagedRun::startedFrom).thenComparingLong(StagedRuns::lease))
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot publish run %s: its files are not complete. Run its night again."
                        .formatted(runId)));
  }

  private static long lease(StagedRun run) {
    return Long.parseLong(run.attempt().replaceAll("-.*", ""));
  }

  /** Whether the files of a run and of the nights of its history exist. */
  boolean isIntact(StagedRun run) throws IOException {
    return hasTables(run)
        && history(run).containsAll(run.night().files())
        && new HistoryList(storage, run.path()).isWhole();
  }

  private boolean hasTables(StagedRun run) throws IOException {
    return storage.files(run.path()).entrySet().containsAll(run.files().entrySet());
  }

  /** Whether the history files of a night exist. */
  boolean hasFiles(Commit.Night night) throws IOException {
    for (String file : night.files()) {
      String folder = file.substring(0, file.lastIndexOf('/'));
      if (!storage.names(folder).contains(file.substring(folder.length() + 1))) {
        return false;
      }
    }
    return true;
  }

  private List<String> history(StagedRun run) throws IOException {
    String folder = run.historyFolder();
    return storage.files(folder).keySet().stream().map(file -> folder + "/" + file).toList();
  }
}
