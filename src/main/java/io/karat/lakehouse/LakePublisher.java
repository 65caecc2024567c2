package io.karat.lakehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.publishing.Commit;
import io.karat.publishing.HistoryNight;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publisher;
import io.karat.publishing.Release;
import io.karat.publishing.RunTables;
import io.karat.publishing.ShownRelease;
import io.karat.publishing.Staging;
import io.karat.publishing.Status;
import io.karat.run.Failpoint;
import io.karat.run.Progress;
import io.karat.run.UsageException;
import io.karat.settings.Output;
import io.karat.settings.Output.Retention;
import io.karat.tables.Columns;
import io.karat.tables.StoredSchema;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Iceberg catalog that shows the live release of the output folder: each table has a partition per
 * run, and a pointer says which of them readers see.
 */
public final class LakePublisher implements Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(LakePublisher.class);
  private static final String LOAD = "iceberg: load and audit";
  private static final String SHOW = "iceberg: show";
  private static final String HISTORY = Staging.HISTORY_TABLE;
  private static final String RUNS = "runs";

  /** The column of {@link #RUNS} with the release that shows a row, and that of the nights. */
  private static final String OF_RELEASE = "of_release";

  /** The nights in the history of each release. */
  private static final String NIGHTS = "release_nights";

  private final Lake lake;
  private final CurrentPointer pointer;
  private final Map<String, String> meanings;
  private final OutputFolder output;
  private final String path;
  private final Retention retention;

  private LakePublisher(
      Lake lake,
      Map<String, String> meanings,
      OutputFolder output,
      String path,
      Retention retention) {
    this.lake = lake;
    this.pointer = new CurrentPointer(lake);
    this.meanings = Map.copyOf(meanings);
    this.output = output;
    this.path = path;
    this.retention = retention;
  }

  /**
   * The catalog of a configuration that publishes to one.
   *
   * @param meanings the meaning of a row, by table
   */
  public static LakePublisher of(
      Output where, Map<String, String> meanings, OutputFolder output, SparkSession spark) {
    return new LakePublisher(
        new Lake(spark, where.iceberg().orElseThrow()),
        meanings,
        output,
        where.path(),
        where.retention());
  }

  @Override
  public String name() {
    return "Iceberg";
  }

  @Override
  public String place() {
    return lake.place();
  }

  @Override
  public void requireReady() throws IOException {
    lake.requireKnown();
    Optional<String> follows;
    List<String> there;
    try {
      follows = lake.asked(pointer::outputId);
      there = lake.asked(this::tables);
    } catch (LakeException silent) {
      throw new UsageException(silent.sentence(), silent);
    }
    if (follows.isPresent() && !follows.equals(output.id())) {
      throw new UsageException(
          "Iceberg has tables in %s that follow another output.path. Set output.iceberg.namespace to another namespace, or drop its tables."
              .formatted(place()));
    }
    if (follows.isEmpty() && !there.isEmpty()) {
      throw new UsageException(
          "Iceberg has table '%s' in %s, which Karat did not make: expected no table of the name of a published one. Set output.iceberg.namespace to another namespace."
              .formatted(there.get(0), place()));
    }
  }

  /** The published tables that are there. */
  private List<String> tables() {
    return lake.tables().stream().filter(meanings::containsKey).sorted().toList();
  }

  @Override
  public String state(Status directory) {
    try {
      return ShownRelease.state(this, lake.asked(pointer::shown), directory);
    } catch (LakeException silent) {
      return silent.sentence();
    }
  }

  @Override
  public void follow(Commit head, Progress progress) {
    if (head.isNone()) {
      return;
    }

    Optional<ShownRelease> before = Optional.empty();
    try {
      before = lake.asked(pointer::shown);
      lake.asked(() -> followed(head, progress));
    } catch (LakeException failed) {
      throw ShownRelease.notFollowing(this, head, path, failed.reason(), before, failed);
    }
  }

  private Commit followed(Commit head, Progress progress) throws IOException {
    Failpoint.reach(LakeStep.BEFORE_LAKE);
    String id = output.id().orElseThrow();
    lake.run("CREATE NAMESPACE IF NOT EXISTS " + lake.namespace());
    pointer.require(id);
    Release live = head.release(head.live()).orElseThrow();
    LakeTable nights = table(NIGHTS);
    nights.require(
        new StructType()
            .add(OF_RELEASE, DataTypes.StringType)
            .add(Columns.RUN_ID, DataTypes.StringType),
        "One row per release and night in its history.");
    if (!nights.has(live.runId())) {
      progress.stage(LOAD);
      progress.done(LOAD, load(live, nights));
    }

    progress.stage(SHOW);
    Failpoint.reach(LakeStep.BEFORE_LAKE_SHOW);
    pointer.show(new ShownRelease(live.runId(), live.asOf(), head.number()), head.writtenAt(), id);
    Failpoint.reach(LakeStep.AFTER_LAKE_SHOW);
    if (!hasViews(live.tables().keySet())) {
      LOG.info("Catalog '{}' has no views: readers name the run", lake.settings().catalog());
    }
    removeOldRuns(head, nights);
    progress.done(SHOW);
    return head;
  }

  /** Loads all tables of a release; its nights come last, and say that all are there. */
  private long load(Release release, LakeTable releaseNights) throws IOException {
    long loaded = 0;
    RunTables files = output.tables(release);
    for (Map.Entry<String, Release.Table> it : release.tables().entrySet()) {
      if (!it.getKey().equals(HISTORY)) {
        LakeTable table = table(it.getKey());
        Dataset<Row> rows = rows(files.files(it.getKey()));
        write(
            table,
            release.runId(),
            table.partition().equals(OF_RELEASE)
                ? rows.withColumn(OF_RELEASE, lit(release.runId()))
                : rows,
            it.getValue());
        loaded += it.getValue().rows();
        Failpoint.reach(LakeStep.IN_LAKE_LOAD);
      }
    }
    List<HistoryNight> nights = output.history().nightsOf(release);
    LakeTable history = table(HISTORY);
    for (HistoryNight night : nights) {
      if (!lake.has(HISTORY) || !history.has(night.runId())) {
        write(history, night.runId(), rows(night.files()), night.table());
        loaded += night.table().rows();
      }
    }
    releaseNights.write(
        release.runId(),
        lake.spark()
            .createDataset(
                Stream.concat(Stream.of(release.runId()), nights.stream().map(HistoryNight::runId))
                    .distinct()
                    .toList(),
                Encoders.STRING())
            .select(lit(release.runId()).as(OF_RELEASE), col("value").as(Columns.RUN_ID)));
    releaseNights.tag(release.runId());
    return loaded;
  }

  private void write(LakeTable table, String run, Dataset<Row> rows, Release.Table published) {
    table.require(rows.schema(), meanings.getOrDefault(table.name(), ""));
    table.write(run, rows);
    table.requireSame(run, rows.schema(), published);
    table.tag(run);
  }

  /** Gives readers a view of each table at the live release, where the catalog has views. */
  private boolean hasViews(Collection<String> tables) {
    return tables.stream()
        .map(this::table)
        .allMatch(
            it ->
                lake.view(
                    it.name(),
                    "SELECT * FROM %s WHERE %s IN (%s)"
                        .formatted(lake.name(it.name()), it.partition(), shownRuns(it))));
  }

  /** The query for the partitions of a table that readers see. */
  private String shownRuns(LakeTable table) {
    String live =
        "SELECT run_id FROM %s WHERE commit_number > 0".formatted(lake.name(CurrentPointer.NAME));
    return table.name().equals(HISTORY)
        ? "SELECT run_id FROM %s WHERE %s IN (%s)".formatted(lake.name(NIGHTS), OF_RELEASE, live)
        : live;
  }

  private Dataset<Row> rows(List<String> files) throws IOException {
    StructType schema =
        StoredSchema.ofFile(files.get(0), lake.spark().sparkContext().hadoopConfiguration());
    return lake.spark().read().schema(schema).parquet(files.toArray(String[]::new));
  }

  private LakeTable table(String name) {
    return new LakeTable(
        lake, name, name.equals(RUNS) || name.equals(NIGHTS) ? OF_RELEASE : Columns.RUN_ID);
  }

  /** Removes the runs of old releases. */
  private void removeOldRuns(Commit head, LakeTable releaseNights) {
    Set<String> kept = head.latest(retention.releases());
    if (kept.containsAll(releaseNights.runs())) {
      return;
    }

    Instant before = Instant.now().minus(Duration.ofMinutes(retention.readerMinutes()));
    Set<String> nights =
        new TreeSet<>(
            lake.texts(
                "SELECT DISTINCT run_id FROM %s WHERE %s IN (%s)"
                    .formatted(lake.name(NIGHTS), OF_RELEASE, Lake.literals(kept))));
    for (String name : tables()) {
      table(name).keep(name.equals(HISTORY) ? nights : kept, before);
    }
    releaseNights.keep(kept, before);
    lake.expire(CurrentPointer.NAME, before);
  }
}
