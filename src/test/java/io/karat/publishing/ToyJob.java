package io.karat.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.karat.models.Model;
import io.karat.tables.ContentHash;
import io.karat.testing.S3Server;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Job of two tables, each a file with the id of the run that wrote it, and a reader of them. Its
 * model holds the id of the run that fitted it.
 *
 * @param historyBytes the size of the history of a night, but for the id of its run
 */
record ToyJob(
    OutputFolder out,
    Storage storage,
    Configuration hadoop,
    String location,
    InstantSource clock,
    int historyBytes) {
  static final Keep KEEP = new Keep(14, 1, 400, Duration.ZERO);

  /** What audits nothing, as these tables are no Parquet. */
  static final ReleaseCheck UNCHECKED = (release, refusal) -> {};

  private static final Duration HEARTBEAT = Duration.ofMillis(100);
  private static final Duration LEASE = Duration.ofSeconds(2);

  /** The only instant of the clock in these tests. */
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  static ToyJob at(String location, InstantSource clock) throws IOException {
    Configuration hadoop = S3Server.reachedBy(new Configuration());
    // Short waits for a cluster of one node, and many, as it answers late while other tests run.
    hadoop.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 2);
    hadoop.setInt("dfs.client.block.write.locateFollowingBlock.retries", 12);
    return at(location, hadoop, KEEP, clock);
  }

  static Commits commits(String location) throws IOException {
    return new Commits(Storage.of(location, S3Server.reachedBy(new Configuration())));
  }

  private static ToyJob at(String location, Configuration hadoop, Keep keep, InstantSource clock)
      throws IOException {
    OutputFolder out = OutputFolder.open(location, hadoop, keep, clock, HEARTBEAT, LEASE);
    return new ToyJob(out, Storage.of(location, hadoop), hadoop, location, clock, 0);
  }

  ToyJob withHistoryOf(int bytes) {
    return new ToyJob(out, storage, hadoop, location, clock, bytes);
  }

  ToyJob keeping(int releases) throws IOException {
    return keeping(new Keep(releases, KEEP.quarantineDays(), KEEP.historyDays(), KEEP.readers()));
  }

  ToyJob keeping(Keep keep) throws IOException {
    return at(location, hadoop, keep, clock);
  }

  /** The folder as processes see it whose heartbeat stands still. */
  OutputFolder stalling() throws IOException {
    return OutputFolder.open(
        location, hadoop, KEEP, clock, Duration.ofHours(1), Duration.ofMillis(240));
  }

  /** Runs one night, call by call as the real job does. */
  Commit run(String runId, String asOf) throws IOException {
    return run(runId, asOf, false);
  }

  Commit run(String runId, String asOf, boolean makeLive) throws IOException {
    try (RunLock lock = out.lock("run " + asOf)) {
      if (out.published().isUnchanged(runId, LocalDate.parse(asOf))) {
        out.retain(lock);
        return out.head();
      }

      out.published().requireNotWithdrawn(runId);
      Commit commit = out.commit(stage(runId, asOf, makeLive, lock), lock);
      out.published().confirm(commit);
      out.retain(lock);
      return commit;
    }
  }

  /** Runs one night without retention, under a lock that is held already. */
  Commit run(String runId, String asOf, RunLock lock) throws IOException {
    Commit commit = out.commit(stage(runId, asOf, false, lock), lock);
    out.published().confirm(commit);
    return commit;
  }

  Commit publish(String runId) throws IOException {
    try (RunLock lock = out.lock("publish " + runId)) {
      return out.publish(runId, UNCHECKED, lock);
    }
  }

  Commit rollBack() throws IOException {
    try (RunLock lock = out.lock("rollback")) {
      return out.rollBack(Optional.empty(), UNCHECKED, lock);
    }
  }

  Commit rollBackTo(String run) throws IOException {
    try (RunLock lock = out.lock("rollback")) {
      return out.rollBack(Optional.of(run), UNCHECKED, lock);
    }
  }

  /** Fits a model with this name from a release and keeps it as a candidate. */
  ModelFit fit(String name, String release) throws IOException {
    return out.models().keep(fitted(name), out.head().release(release).orElseThrow());
  }

  Commit accept(String typed) throws IOException {
    try (RunLock lock = out.lock("accept " + typed)) {
      return out.models().accept(out.models().find("cuts", typed), lock);
    }
  }

  StagedRun stage(String runId, String asOf, boolean makeLive, RunLock lock) throws IOException {
    Staging staging = out.stage(runId, LocalDate.parse(asOf), out.head(), lock);
    List<Model> live = staging.liveModels("cuts");
    staging.use(live.isEmpty() ? fitted(runId) : live.get(0));
    writeRows(staging.table("customer_indicators"), runId, runId);
    writeRows(staging.history(), runId, runId + " ".repeat(historyBytes));
    staging.placeHistory(new ContentHash(3, "%032x".formatted(255)), 400);
    staging.write("run_report.json", "{}\n");
    Release.Table table = new Release.Table(3, Optional.of("00ff"));
    JsonNode inputs = JsonNodeFactory.instance.objectNode().put("transactions", asOf);
    return staging.complete(
        Map.of("customer_indicators", table, Staging.HISTORY_TABLE, table), inputs, makeLive);
  }

  /** The model that a run fits if there is no other. */
  static Model fitted(String runId) {
    return new Model("cuts", "{\"learned_by\" : \"%s\"}\n".formatted(runId));
  }

  /**
   * Writes like Spark: into a folder, through Hadoop, with a success marker and the file of a lost
   * task.
   */
  private void writeRows(String folder, String run, String rows) throws IOException {
    FileSystem files = new Path(folder).getFileSystem(hadoop);
    try (OutputStream out = files.create(new Path(folder, "part-0-%s.parquet".formatted(run)))) {
      out.write(rows.getBytes(UTF_8));
    }
    files.create(new Path(folder, "_SUCCESS")).close();
    files.create(new Path(folder, "_temporary/0/part-9-lost.parquet")).close();
  }

  /** The run and its nights that a reader finds through {@code current.json}. */
  String seen() throws IOException {
    Optional<CurrentRelease> current = out.current();
    return current.isEmpty() ? "nothing" : read(current.get().path());
  }

  String read(String release) throws IOException {
    String indicators = release + "/customer_indicators";
    List<String> parts = storage.names(indicators);
    String run = storage.read(indicators + "/" + parts.get(0)).orElseThrow();
    StringJoiner nights = new StringJoiner(", ");
    for (HistoryList.Entry night : new HistoryList(storage, release).entries()) {
      String made = storage.read(night.file()).orElseThrow().strip();
      nights.add(night.asOf().toString().substring("2026-".length()) + " " + made);
    }
    return "%s of %s: %s".formatted(run, parts.size(), nights);
  }

  /** The releases as in {@code karat status}, one line each. */
  String releases() throws IOException {
    return out.status().releases().stream()
        .map(
            line ->
                "%s %s%s%s%s\n"
                    .formatted(
                        line.runId(),
                        line.asOf(),
                        line.live() ? " live" : "",
                        line.withdrawn() ? " withdrawn" : "",
                        line.retained() ? "" : " deleted"))
        .collect(joining());
  }

  /** The models of each release, one line each. */
  String models() throws IOException {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    for (Release release : out.head().releases()) {
      UsedModel used = Objects.requireNonNull(release.models().get("cuts"));
      String text = storage.read("models/cuts/%s.json".formatted(used.id())).orElseThrow();
      String learner = text.replaceAll(".*\"(.*)\"}\n", "$1");
      lines.add("%s learned by %s, %s".formatted(release.runId(), learner, used.origin().words()));
    }
    return lines.toString();
  }

  /** The folder of a release, within the output folder. */
  String path(String run) throws IOException {
    return out.head().release(run).orElseThrow().path();
  }

  /** Asserts that two nights are published and nothing of a failed attempt is left. */
  void assertFinished() throws IOException {
    assertEquals("b of 1: 03-01 a, 03-02 b", seen());
    assertEquals("a 2026-03-01\nb 2026-03-02 live\n", releases());
    assertEquals(2, out.head().number());
    assertEquals(List.of("a", "b"), storage().folders("releases"));
    assertEquals(1, storage().folders("releases/a").size());
    assertEquals(1, storage().folders("releases/b").size());
    assertEquals("a learned by a, first run\nb learned by a, first run\n", models());
    assertEquals(List.of(fitted("a").id() + ".json"), storage().names("models/cuts"));
    for (Commit.Night night : out.head().nights().values()) {
      assertEquals(1, night.files().size());
    }
  }
}
