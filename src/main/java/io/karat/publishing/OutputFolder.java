package io.karat.publishing;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.run.FencedException;
import io.karat.run.LockedException;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Output folder that readers read. It shows one whole night at any time: the old one until a commit
 * file exists, the new one from then on.
 *
 * <p>Every writer takes the {@link RunLock}, which keeps runs apart for convenience. Two runs are
 * safe without it, because the number of a commit can be taken only once.
 */
public final class OutputFolder {
  /** The report of the latest run. */
  public static final String REPORT = "run_report.json";

  private final Storage storage;
  private final Commits commits;
  private final StagedRuns runs;
  private final Leases leases;
  private final Keep keep;
  private final InstantSource clock;
  private final Duration heartbeat;

  private OutputFolder(
      Storage storage, Keep keep, InstantSource clock, Duration heartbeat, Leases leases) {
    this.storage = storage;
    this.keep = keep;
    this.commits = new Commits(storage);
    this.runs = new StagedRuns(storage);
    this.leases = leases;
    this.clock = clock;
    this.heartbeat = heartbeat;
  }

  /**
   * Opens an output folder, which need not exist yet.
   *
   * @param keep what every commit keeps of earlier nights
   * @param clock the time of records for people, and of retention
   * @throws UsageException if it is neither on this machine nor on HDFS or S3
   */
  public static OutputFolder open(
      String location, Configuration hadoop, Keep keep, InstantSource clock) throws IOException {
    return open(location, hadoop, keep, clock, Duration.ofSeconds(10), Duration.ofSeconds(60));
  }

  static OutputFolder open(
      String location,
      Configuration hadoop,
      Keep keep,
      InstantSource clock,
      Duration heartbeat,
      Duration lease)
      throws IOException {
    Storage storage = Storage.of(location, hadoop);
    Leases leases = new Leases(storage, clock, lease, wait -> {});
    return new OutputFolder(storage, keep, clock, heartbeat, leases);
  }

  /** The same folder, which tells a listener when a command has to wait for the lock. */
  public OutputFolder telling(Consumer<String> listener) {
    return new OutputFolder(storage, keep, clock, heartbeat, leases.telling(listener));
  }

  /** The tables of a release; there are none if its files are deleted. */
  public RunTables tables(Release release) {
    return new RunTables(storage, release.path());
  }

  /** What a release keeps for the next night; there is none if its files are deleted. */
  public StateFolder state(Release release) {
    return new StateFolder(storage, Layout.state(release.path()));
  }

  /** The full location of a path within the folder. */
  String location(String path) {
    return storage.location(path);
  }

  /** The newest commit, which a run builds on; {@link Commit#isNone()} in a new folder. */
  public Commit head() throws IOException {
    return commits.head();
  }

  /** The release that readers see; empty in a new folder. */
  public Optional<CurrentRelease> current() throws IOException {
    return CurrentRelease.read(storage);
  }

  /**
   * Ends a command that could not write its tables; writes nothing itself.
   *
   * @throws UsageException if the folder, or its nearest existing ancestor, is not writable
   */
  public static void requireWritable(String location, Configuration hadoop) throws IOException {
    Optional<String> obstacle = Storage.of(location, hadoop).obstacle();
    if (obstacle.isPresent()) {
      throw UnwritableOutput.because(location, obstacle.get());
    }
  }

  /** The models of this output. */
  public ModelStore models() {
    return new ModelStore(commits, keep, clock);
  }

  /** What was found and decided about duplicate customers. */
  public MatchStore matches() {
    return new MatchStore(storage, clock);
  }

  /** Keeps the report of the latest run, regardless of its exit code. */
  public void report(String json) throws IOException {
    storage.replace(REPORT, json);
  }

  /** Replaces the page about all nights. */
  public void index(String html) throws IOException {
    storage.replace(Layout.INDEX_FILE, html);
  }

  /** The path of a file of a release within the folder; empty if it is not there. */
  public Optional<String> find(Release release, String file) throws IOException {
    return storage.names(release.path()).contains(file)
        ? Optional.of("%s/%s".formatted(release.path(), file))
        : Optional.empty();
  }

  /** The report of the run that made a release; empty if its files are deleted. */
  public Optional<String> releaseReport(Release release) throws IOException {
    return storage.read("%s/%s".formatted(release.path(), REPORT));
  }

  public Status status() throws IOException {
    return Status.of(commits, leases);
  }

  /** A digest of the first commit, which identifies this output; empty in a new folder. */
  public Optional<String> id() throws IOException {
    return commits.id();
  }

  /** The nights of this output. */
  public NightHistory history() {
    return new NightHistory(commits);
  }

  /** The runs that were published before. */
  public PublishedRuns published() {
    return new PublishedRuns(commits, runs, keep);
  }

  /**
   * The facts of the inputs of a release, as the job wrote them; empty if its files are deleted.
   */
  public Optional<JsonNode> inputs(Release release) throws IOException {
    return runs.released(release).map(StagedRun::inputs);
  }

  /**
   * Takes the lock, and repairs the names for readers after a crash. It looks for up to a minute
   * whether the holder of the lock is alive.
   *
   * @param run the command, in words for the user of another one that has to wait
   * @throws LockedException if another command holds the lock and is alive
   * @throws UsageException if the folder cannot be written to
   */
  public RunLock lock(String run) throws IOException {
    RunLock lock = RunLock.take(leases, run, heartbeat);
    boolean isReady = false;
    try {
      CurrentRelease.follow(commits);
      isReady = true;
      return lock;
    } finally {
      if (!isReady) {
        lock.close();
      }
    }
  }

  /**
   * The message with the type of the exception, because on a local disk the message is often only
   * the path.
   */
  public static String reason(IOException problem) {
    return "%s: %s".formatted(problem.getClass().getSimpleName(), problem.getMessage());
  }

  /**
   * Removes the lock of a command that no longer runs.
   *
   * @return its holder, in words; empty if the lock is free
   * @throws LockedException if the holder is alive
   */
  public Optional<String> unlock() throws IOException {
    return leases.free();
  }

  /**
   * Updates {@code current.json} and {@code current} to the newest commit.
   *
   * @return why a name could not be updated, as a sentence; empty if both are as they should be
   */
  public Optional<String> follow() throws IOException {
    return CurrentRelease.follow(commits);
  }

  /** The folder of a new attempt at a run that builds on {@code base}. */
  public Staging stage(String runId, LocalDate asOf, Commit base, RunLock lock) {
    if (!Layout.isRun(runId)) {
      throw new IllegalArgumentException(
          "Invalid run id '%s': expected lower-case letters, digits and '-'".formatted(runId));
    }

    return new Staging(storage, base, runId, asOf, lock.attempt());
  }

  /**
   * Makes a complete run a release, and the live one unless a later night is live.
   *
   * @throws FencedException if anything was committed since the run started
   * @throws RefusedException if a rollback withdrew the same run before
   * @throws LockedException if this process lost the lock
   */
  public Commit commit(StagedRun run, RunLock lock) throws IOException {
    return publication(lock).commit(run);
  }

  /**
   * Publishes on command: makes a release live, even a withdrawn one, or finishes a complete run
   * that was cut off before its commit.
   *
   * @throws UsageException if there is no such run
   * @throws RefusedException if its files are gone, were never complete, or are damaged
   */
  public Commit publish(String runId, ReleaseCheck check, RunLock lock) throws IOException {
    return publication(lock).publish(runId, check);
  }

  /**
   * Makes an earlier release live, with the history of that time, and marks those withdrawn that
   * were live since; does nothing if that is done already.
   *
   * @param to the run to go back to; empty for the release before the live one
   * @return the present commit if nothing is to be done
   * @throws RefusedException if there is none to go back to, or its files are gone or damaged
   */
  public Commit rollBack(Optional<String> to, ReleaseCheck check, RunLock lock) throws IOException {
    return publication(lock).rollBack(to, check);
  }

  /** Finds what is damaged; changes nothing. */
  public List<Repair.Damage> damages(ReleaseAudit audit) throws IOException {
    return new Repair(commits, runs, keep, clock, Optional.empty()).run(audit);
  }

  /**
   * Mends what is damaged.
   *
   * @return the damage that was found
   * @throws LockedException if another command holds the lock and is alive
   */
  public List<Repair.Damage> repair(ReleaseAudit audit) throws IOException {
    try (RunLock lock = RunLock.take(leases, "repair", heartbeat)) {
      return new Repair(commits, runs, keep, clock, Optional.of(lock)).run(audit);
    }
  }

  /** Deletes the files that are not kept, and what crashed runs left; it never fails. */
  public Retention.Outcome retain(RunLock lock) {
    return new Retention(commits, keep, lock, clock).run();
  }

  private Publication publication(RunLock lock) {
    return new Publication(commits, runs, keep, lock, clock);
  }
}
