package io.karat.publishing;

import static java.util.stream.Collectors.joining;

import io.karat.models.Model;
import io.karat.run.Failpoint;
import io.karat.run.FencedException;
import io.karat.run.RefusedException;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Step from one commit to the next: first tables, then the commit, then the names for readers. */
record Publication(Commits commits, StagedRuns runs, Keep keep, RunLock lock, InstantSource clock) {
  /**
   * Makes a release live, even a withdrawn one, or commits a complete run that was cut off.
   *
   * @throws RefusedException if its files are gone, were never complete, or are damaged
   */
  Commit publish(String runId, ReleaseCheck check) throws IOException {
    Commit head = commits.head();
    Optional<Release> release = head.release(runId);
    Optional<StagedRun> released =
        release.isPresent() ? runs.released(release.get()) : Optional.empty();
    if (released.isEmpty()) {
      return publish(runs.complete(runId, head));
    }

    return head.live().equals(runId) ? head : makeLive(released.get(), check);
  }

  /**
   * Commits a run that a command has just completed.
   *
   * @throws RefusedException if a rollback withdrew the same run before
   */
  Commit commit(StagedRun run) throws IOException {
    if (commits.head().isWithdrawn(run.runId())) {
      throw PublishedRuns.withdrawn(run.runId());
    }

    return publish(run);
  }

  /** Commits a complete run; a withdrawn one goes live again. */
  Commit publish(StagedRun run) throws IOException {
    String refusal = "Cannot publish run %s".formatted(run.runId());
    Commit head = commits.head();
    if (run.startedFrom() != head.number()) {
      throw fenced(refusal, run.startedFrom());
    }

    lock.requireHeld(refusal);
    if (!runs.isIntact(run)) {
      throw new IOException(
          "Files of run %s are missing from %s"
              .formatted(run.runId(), commits.storage().location(run.path())));
    }
    Failpoint.reach(PublishingStep.BEFORE_COMMIT);
    boolean goesLive = run.makeLive() || head.leadsTo(run.asOf()) || head.isWithdrawn(run.runId());
    return append(head.after(Commit.Action.PUBLISH, run, goesLive, clock.instant()), head, refusal);
  }

  /**
   * Makes an existing release live.
   *
   * @throws RefusedException if its content is not what its commit says
   */
  Commit makeLive(StagedRun released, ReleaseCheck check) throws IOException {
    String refusal = "Cannot make release %s live".formatted(released.runId());
    Commit head = commits.head();
    check.require(head.release(released.runId()).orElseThrow(), refusal);
    return append(
        head.after(Commit.Action.MAKE_LIVE, released, true, clock.instant()), head, refusal);
  }

  /**
   * Withdraws the live release and makes an earlier one live. Repeated, it changes nothing: without
   * {@code to} if the latest change of the live release was a rollback, else if that one is live.
   *
   * @param to the run to go back to; empty for the release before the live one
   * @return the present commit if nothing is to be done
   * @throws RefusedException if there is no such release, it is withdrawn, its files are gone, or
   *     its content is not what its commit says
   */
  Commit rollBack(Optional<String> to, ReleaseCheck check) throws IOException {
    Commit head = commits.head();
    if (head.isNone()) {
      throw new RefusedException(
          "Cannot roll back: nothing is published yet. Run karat run to publish a night.");
    }
    CommitLog log = commits.log(head);
    if (to.map(head.live()::equals).orElse(log.isRolledBack())) {
      return head;
    }

    String refusal = "Cannot roll back release %s".formatted(head.live());
    Commit before = to.isPresent() ? commitOf(to.get(), log, refusal) : commitBefore(log, refusal);
    Optional<Release> release = head.release(before.live());
    if (release.isEmpty() || runs.released(release.get()).isEmpty()) {
      throw new RefusedException(
          "%s: the files of release %s before it are deleted. Correct the night and run it again."
              .formatted(refusal, before.live()));
    }

    check.require(release.get(), refusal);
    return append(head.rolledBackTo(before, log.liveAfter(before), clock.instant()), head, refusal);
  }

  private Commit commitBefore(CommitLog log, String refusal) throws IOException {
    return commits.numbered(
        log.before()
            .orElseThrow(
                () ->
                    new RefusedException(
                        refusal
                            + ": there is no earlier release that is not withdrawn."
                            + " Correct the night and run it again."))
            .number());
  }

  private Commit commitOf(String run, CommitLog log, String refusal) throws IOException {
    if (log.head().isWithdrawn(run)) {
      throw new RefusedException(
          "%s: release %s is withdrawn too. 'karat publish %s' makes it live again."
              .formatted(refusal, run, run));
    }

    return commits.numbered(
        log.latestOf(run)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "%s: release %s was not live, or is deleted. 'karat status' lists the releases."
                            .formatted(refusal, run)))
            .number());
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
    return append(head.accepting(model, clock.instant()), head, refusal);
  }

  /** Gives up damaged releases and nights; what readers see stays. */
  Commit repair(Commit head, List<Release> whole, SortedMap<LocalDate, Commit.Night> readable)
      throws IOException {
    return append(
        head.repaired(whole, readable, clock.instant()), head, "Cannot repair the output");
  }

  private Commit append(Commit next, Commit head, String refusal) throws IOException {
    CommitLog log = commits.log(head).without(commits.missing(head));
    String id = head.isNone() ? remembered().orElse(next.output()) : commits.id(head);
    Commit commit =
        new KeptState(keep, log, wholeReleases())
            .of(next.numbered(commits.after(head.number()), id));
    lock.requireHeld(refusal);
    // Decides between two runs: the file of a commit number can be created only once.
    if (!commits.append(commit)) {
      throw fenced(refusal, head.number());
    }

    Failpoint.reach(PublishingStep.AFTER_COMMIT);
    // The commit stands: a name that cannot be updated is what the command says afterwards.
    CurrentRelease.follow(commits);
    return commit;
  }

  /** The id of an output that lost all its commits, as readers were told it. */
  private Optional<String> remembered() throws IOException {
    try {
      return CurrentRelease.read(commits.storage()).flatMap(CurrentRelease::output);
    } catch (DamagedFileException unknown) {
      return Optional.empty();
    }
  }

  private Set<String> wholeReleases() throws IOException {
    Set<String> whole = new HashSet<>();
    for (String attempt : runs.attempts()) {
      if (commits.storage().names(attempt).contains(Layout.MANIFEST)) {
        whole.add(attempt);
      }
    }
    return whole;
  }

  private FencedException fenced(String refusal, long startedFrom) throws IOException {
    Commit head = commits.head();
    CommitLog log = commits.log(head);
    Commit.Entry winner = log.after(startedFrom);
    String start =
        log.entries().stream()
            .filter(entry -> entry.number() == startedFrom)
            .findFirst()
            .map(Commit.Entry::live)
            .orElse(startedFrom == 0 ? "an empty output" : "commit " + startedFrom);
    String event =
        switch (winner.action()) {
          case PUBLISH -> "release %s appeared".formatted(winner.runId());
          case ROLLBACK -> "release %s was rolled back".formatted(winner.runId());
          case MAKE_LIVE -> "release %s was made live".formatted(winner.runId());
          case ACCEPT -> "model %s was accepted".formatted(accepted(winner.number(), startedFrom));
          case REPAIR -> "the output was repaired";
        };
    return new FencedException(
        "%s: %s since this run started from %s. Run again to build on it."
            .formatted(refusal, event, start));
  }

  private String accepted(long winner, long startedFrom) throws IOException {
    Commit start = startedFrom == 0 ? Commit.none() : commits.numbered(startedFrom);
    return commits.numbered(winner).models().entrySet().stream()
        .filter(model -> !start.models().entrySet().contains(model))
        .map(model -> "%s %s".formatted(model.getKey(), model.getValue()))
        .collect(joining(", "));
  }
}
