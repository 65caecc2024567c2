package io.karat.publishing;

import static java.util.stream.Collectors.joining;

import io.karat.models.Model;
import io.karat.run.Failpoint;
import io.karat.run.FencedException;
import io.karat.run.RefusedException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Step from one commit to the next: first tables, then the commit, then the names for readers. */
record Publication(Commits commits, StagedRuns runs, RunLock lock, InstantSource clock) {
  /** Commits a complete run; a withdrawn one goes live again. */
  Commit publish(StagedRun run) throws IOException {
    String refusal = "Cannot publish run %s".formatted(run.runId());
    Commit head = commits.head();
    if (run.startedFrom() != head.number()) {
      throw fenced(refusal, run.startedFrom());
    }

    lock.requireHeld(refusal);
    Failpoint.reach(PublishingStep.BEFORE_RELEASE);
    StagedRun released = runs.release(run, head);
    Failpoint.reach(PublishingStep.BEFORE_COMMIT);
    boolean goesLive = run.makeLive() || head.leadsTo(run.asOf()) || head.isWithdrawn(run.runId());
    return append(head.after(Commit.Action.PUBLISH, released, goesLive, clock.instant()), refusal);
  }

  /** Makes an existing release live. */
  Commit makeLive(StagedRun released) throws IOException {
    return append(
        commits.head().after(Commit.Action.MAKE_LIVE, released, true, clock.instant()),
        "Cannot make release %s live".formatted(released.runId()));
  }

  /**
   * Withdraws the live release and makes the one before live.
   *
   * @throws RefusedException if there is none, or its files are gone
   */
  Commit rollBack() throws IOException {
    Commit head = commits.head();
    if (head.isNone()) {
      throw new RefusedException(
          "Cannot roll back: nothing is published yet. Run karat run to publish a night.");
    }

    String refusal = "Cannot roll back release %s".formatted(head.live());
    Commit before =
        commits
            .before(head)
            .orElseThrow(
                () ->
                    new RefusedException(
                        refusal
                            + ": there is no earlier release that is not withdrawn."
                            + " Correct the night and run it again."));
    if (runs.released(before.live()).isEmpty()) {
      throw new RefusedException(
          "%s: the files of release %s before it are deleted. Correct the night and run it again."
              .formatted(refusal, before.live()));
    }

    return append(head.rolledBackTo(before, clock.instant()), refusal);
  }

  /**
   * Accepts a model for later nights.
   *
   * @throws RefusedException if nothing is published yet
   */
  Commit accept(Model model) throws IOException {
    String refusal = "Cannot accept %s".formatted(model.name());
    Commit head = commits.head();
    if (head.isNone()) {
      throw new RefusedException(
          refusal + ": nothing is published yet. Run karat run to publish a night.");
    }

    Failpoint.reach(PublishingStep.BEFORE_COMMIT);
    return append(head.accepting(model, clock.instant()), refusal);
  }

  private Commit append(Commit next, String refusal) throws IOException {
    Commit commit = next.withFolders(wholeReleases());
    lock.requireHeld(refusal);
    // Decides between two runs: the file of a commit number can be created only once.
    if (!commits.append(commit)) {
      throw fenced(refusal, commit.number() - 1);
    }

    Failpoint.reach(PublishingStep.AFTER_COMMIT);
    CurrentRelease.follow(commits);
    return commit;
  }

  private List<String> wholeReleases() throws IOException {
    List<String> whole = new ArrayList<>();
    for (String release : commits.storage().names(Layout.RELEASES)) {
      if (commits.storage().names(Layout.release(release)).contains(Layout.MANIFEST)) {
        whole.add(release);
      }
    }
    return whole;
  }

  private FencedException fenced(String refusal, long startedFrom) throws IOException {
    Commit winner = commits.numbered(startedFrom + 1);
    Commit start = startedFrom == 0 ? Commit.none() : commits.numbered(startedFrom);
    String event =
        switch (winner.action()) {
          case PUBLISH -> "release %s appeared".formatted(winner.runId());
          case ROLLBACK -> "release %s was rolled back".formatted(winner.runId());
          case MAKE_LIVE -> "release %s was made live".formatted(winner.runId());
          case ACCEPT -> "model %s was accepted".formatted(accepted(winner, start));
        };
    return new FencedException(
        "%s: %s since this run started from %s. Run again to build on it."
            .formatted(refusal, event, start.isNone() ? "an empty output" : start.live()));
  }

  private static String accepted(Commit winner, Commit start) {
    return winner.models().entrySet().stream()
        .filter(model -> !start.models().entrySet().contains(model))
        .map(model -> "%s %s".formatted(model.getKey(), model.getValue()))
        .collect(joining(", "));
  }
}
