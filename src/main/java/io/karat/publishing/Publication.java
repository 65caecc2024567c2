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
import java.util.Optional;

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
   * Withdraws the live release and makes an earlier one live. Repeated, it changes nothing: without
   * {@code to} if the latest change of the live release was a rollback, else if that one is live.
   *
   * @param to the run to go back to; empty for the release before the live one
   * @return the present commit if nothing is to be done
   * @throws RefusedException if there is no such release, it is withdrawn, or its files are gone
   */
  Commit rollBack(Optional<String> to) throws IOException {
    Commit head = commits.head();
    if (head.isNone()) {
      throw new RefusedException(
          "Cannot roll back: nothing is published yet. Run karat run to publish a night.");
    }
    if (to.map(head.live()::equals).orElse(commits.isRolledBack(head))) {
      return head;
    }

    String refusal = "Cannot roll back release %s".formatted(head.live());
    Commit before =
        to.isPresent() ? commitOf(to.get(), head, refusal) : commitBefore(head, refusal);
    if (runs.released(before.live()).isEmpty()) {
      throw new RefusedException(
          "%s: the files of release %s before it are deleted. Correct the night and run it again."
              .formatted(refusal, before.live()));
    }

    return append(
        head.rolledBackTo(before, commits.liveAfter(before, head), clock.instant()), refusal);
  }

  private Commit commitBefore(Commit head, String refusal) throws IOException {
    return commits
        .before(head)
        .orElseThrow(
            () ->
                new RefusedException(
                    refusal
                        + ": there is no earlier release that is not withdrawn."
                        + " Correct the night and run it again."));
  }

  private Commit commitOf(String run, Commit head, String refusal) throws IOException {
    if (head.isWithdrawn(run)) {
      throw new RefusedException(
          "%s: release %s is withdrawn too. 'karat publish %s' makes it live again."
              .formatted(refusal, run, run));
    }

    return commits
        .latestOf(run, head)
        .orElseThrow(
            () ->
                new RefusedException(
                    "%s: release %s was never live. 'karat status' lists the releases."
                        .formatted(refusal, run)));
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
