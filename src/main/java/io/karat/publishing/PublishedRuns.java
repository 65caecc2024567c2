package io.karat.publishing;

import io.karat.run.RefusedException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;

/** Runs that were published before, as far as a command need not or must not repeat them. */
public final class PublishedRuns {
  private final Commits commits;
  private final StagedRuns runs;
  private final Keep keep;

  PublishedRuns(Commits commits, StagedRuns runs, Keep keep) {
    this.commits = commits;
    this.runs = runs;
    this.keep = keep;
  }

  /**
   * Whether this run has nothing left to do: its release is live, or is the recorded run of a night
   * before the live one, and all its files exist.
   */
  public boolean isUnchanged(String runId, LocalDate asOf) throws IOException {
    Commit head = commits.head();
    Optional<Commit.Night> night = head.night(runId, asOf);
    boolean speaks = head.leadsTo(asOf) ? head.live().equals(runId) : night.isPresent();
    return speaks
        && isWhole(head.release(runId))
        && new HistoryList(commits.storage(), head.release(runId).orElseThrow().path()).isWhole()
        && night.isPresent()
        && runs.hasFiles(night.get());
  }

  /**
   * Whether this run made its night, which is older than the live one, and retention deleted its
   * tables since; what is to be kept of its history is there.
   */
  public boolean isOutlived(String runId, LocalDate asOf) throws IOException {
    Commit head = commits.head();
    Optional<Commit.Night> night = head.night(runId, asOf);
    return !head.leadsTo(asOf)
        && night.isPresent()
        && runs.hasFiles(night.get())
        && head.isGivenUp(runId, night.get(), keep.releases());
  }

  private boolean isWhole(Optional<Release> release) throws IOException {
    return release.isPresent() && runs.released(release.get()).isPresent();
  }

  /**
   * Ends a run early if its release was withdrawn by a rollback.
   *
   * @throws RefusedException if the files of that release still exist
   */
  public void requireNotWithdrawn(String runId) throws IOException {
    Optional<Release> withdrawn = commits.head().release(runId).filter(Release::withdrawn);
    if (isWhole(withdrawn)) {
      throw withdrawn(runId);
    }
  }

  /**
   * Reads a commit back as readers do, file by file.
   *
   * @return why a name for readers could not be updated, as a sentence; empty if all is well
   * @throws IllegalStateException if the committed files are not there
   */
  public Optional<String> confirm(Commit commit) throws IOException {
    if (!isWhole(commit.release(commit.runId()))) {
      throw new IllegalStateException(
          "Commit %d of run %s does not read back: files of its tables are missing"
              .formatted(commit.number(), commit.runId()));
    }

    return CurrentRelease.follow(commits);
  }

  static RefusedException withdrawn(String runId) {
    return new RefusedException(
        ("Cannot publish run %s: a rollback withdrew it. Change its inputs or its settings,"
                + " or run 'karat publish %s' to publish it again as it is.")
            .formatted(runId, runId));
  }
}
