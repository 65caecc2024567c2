package io.karat.publishing;

import static java.util.Comparator.comparingLong;

import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Staged runs: their tables lie in the output folder, committed or not. */
record StagedRuns(Storage storage) {
  /** Folder of a run, which is present if the folder is complete. */
  record Folder(String runId, String path, Optional<StagedRun> run) {}

  /**
   * The folders that belong to no release: staging folders, and tables moved but never committed.
   */
  List<Folder> uncommitted(Commit head) throws IOException {
    List<Folder> folders = new ArrayList<>();
    for (String runId : storage.names(Layout.STAGING)) {
      for (String attempt : storage.names(Layout.staging(runId))) {
        folders.add(folder(runId, Layout.staging(runId, attempt)));
      }
    }
    for (String runId : storage.names(Layout.RELEASES)) {
      if (head.release(runId).isEmpty()) {
        folders.add(folder(runId, Layout.release(runId)));
      }
    }

    return folders;
  }

  private Folder folder(String runId, String path) throws IOException {
    return new Folder(runId, path, read(path));
  }

  private Optional<StagedRun> read(String folder) throws IOException {
    String file = "%s/%s".formatted(folder, Layout.MANIFEST);
    Optional<String> text = storage.read(file);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(ControlFileJson.read(file, text.get(), StagedRun.class));
  }

  /** The run in a release folder; empty unless all of its files exist. */
  Optional<StagedRun> released(String runId) throws IOException {
    Optional<StagedRun> run = read(Layout.release(runId));
    return run.isPresent() && isIntact(run.get(), Layout.release(runId)) ? run : Optional.empty();
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
        .max(comparingLong(run -> Long.parseLong(run.attempt())))
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot publish run %s: its files are not complete. Run its night again."
                        .formatted(runId)));
  }

  private boolean isIntact(StagedRun run, String folder) throws IOException {
    return storage.files(folder).entrySet().containsAll(run.files().entrySet())
        && history(run).containsAll(run.night().files());
  }

  private List<String> history(StagedRun run) throws IOException {
    String folder = run.historyFolder();
    return storage.files(folder).keySet().stream().map(file -> folder + "/" + file).toList();
  }

  /**
   * Moves a run's tables to the folder of its release and returns the run that is there now.
   *
   * <p>An existing folder is kept if it is whole and either was committed or has the same start:
   * equal run ids mean equal tables, and a reader may be using it. Any other folder was left by a
   * crash before its commit, was never visible, and is replaced.
   */
  StagedRun release(StagedRun run, Commit head) throws IOException {
    Optional<StagedRun> present = released(run.runId());
    if (present.isPresent() && isSettled(present.get(), run, head)) {
      storage.delete(Layout.staging(run.runId()));
      return present.get();
    }
    if (!isIntact(run, run.folder())) {
      throw new IOException(
          "Files of run %s are missing from %s"
              .formatted(run.runId(), storage.location(run.folder())));
    }

    storage.delete(Layout.release(run.runId()));
    storage.move(run.folder(), Layout.release(run.runId()));
    storage.delete(Layout.staging(run.runId()));
    return run;
  }

  private static boolean isSettled(StagedRun present, StagedRun run, Commit head) {
    return head.release(run.runId()).isPresent() || present.startedFrom() == run.startedFrom();
  }
}
