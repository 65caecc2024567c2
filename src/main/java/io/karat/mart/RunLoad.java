package io.karat.mart;

import io.karat.engine.SparkAction;
import io.karat.publishing.HistoryNight;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunTables;
import io.karat.run.Failpoint;
import io.karat.run.Progress;
import io.karat.tables.StoredSchema;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The load of a release that the mart does not have: into tables that no view shows, audited, then
 * attached as partitions all together. An attempt that fails leaves tables that the next one drops.
 */
record RunLoad(
    Server server,
    Database database,
    Schemas schemas,
    SchemaDefinitions definitions,
    Map<String, String> meanings,
    OutputFolder output,
    SparkSession spark,
    Progress progress,
    int connections) {
  static final String COPY = "postgresql: copy";
  static final String AUDIT = "postgresql: keys, indexes, audit";

  void load(Release release) throws SQLException, IOException, UnloadableReleaseException {
    List<HistoryNight> nights = output.history().nightsOf(release);
    progress.stage(COPY);
    List<LoadedTable> tables = prepared(release, nights);
    Failpoint.reach(MartStep.BEFORE_MART_LOAD);
    progress.done(COPY, SparkAction.result(() -> copy(tables)));

    Failpoint.reach(MartStep.AFTER_MART_LOAD);
    progress.stage(AUDIT);
    for (LoadedTable table : tables) {
      finish(table);
    }
    progress.done(AUDIT);

    Failpoint.reach(MartStep.BEFORE_MART_ATTACH);
    attach(release, nights, tables);
  }

  /**
   * Creates the tables to load: those of the run, and the nights of its history that are missing.
   */
  private List<LoadedTable> prepared(Release release, List<HistoryNight> nights)
      throws SQLException, IOException, UnloadableReleaseException {
    long attempt =
        database
            .first(row -> row.getLong(1), "SELECT nextval('%s')".formatted(schemas.attempt()))
            .orElseThrow();
    List<LoadedTable> tables = new ArrayList<>();
    for (Map.Entry<String, Release.Table> entry : release.tables().entrySet()) {
      if (!entry.getKey().equals(MartTable.HISTORY)) {
        tables.add(table(release, entry.getKey(), entry.getValue().rows(), attempt));
      }
    }
    tables.addAll(newNights(nights, attempt));
    definitions.requireWideViews();

    database.run("DELETE FROM " + schemas.loadedPart());
    for (LoadedTable table : tables) {
      database.run(
          "CREATE TABLE %s (LIKE %s, CHECK (%s))"
              .formatted(
                  schemas.table(table.name()),
                  schemas.table(table.table().name()),
                  table.condition()));
    }
    return tables;
  }

  private LoadedTable table(Release release, String name, long expected, long attempt)
      throws SQLException, IOException, UnloadableReleaseException {
    RunTables published = output.tables(release);
    StructType schema = StoredSchema.ofFile(published.files(name).get(0), hadoop());
    MartTable table = MartTable.of(name, meanings.getOrDefault(name, ""), schema);
    definitions.require(table);
    String location = published.location(name);
    Dataset<Row> rows = SparkAction.result(() -> spark.read().schema(schema).parquet(location));
    return new LoadedTable(
        table,
        release.runId(),
        table.isOfOneDay() ? Optional.of(release.asOf()) : Optional.empty(),
        table.isOfOneDay()
            ? rows
            : rows.withColumn(MartTable.OF_RELEASE, functions.lit(release.runId())),
        expected,
        attempt);
  }

  /**
   * The missing nights. Nights never change, so one that is there already serves this release too.
   */
  private List<LoadedTable> newNights(List<HistoryNight> nights, long attempt)
      throws SQLException, IOException, UnloadableReleaseException {
    if (nights.isEmpty()) {
      return List.of();
    }

    HistoryNight own = nights.get(nights.size() - 1);
    StructType schema = StoredSchema.ofFile(own.files().get(0), hadoop());
    MartTable table =
        MartTable.of(MartTable.HISTORY, meanings.getOrDefault(MartTable.HISTORY, ""), schema);
    definitions.require(table);
    Set<String> loaded =
        Set.copyOf(
            database.texts(
                RunRetention.PARTITIONS + " AND parent.relname = ?",
                schemas.runs(),
                MartTable.HISTORY));
    List<LoadedTable> tables = new ArrayList<>();
    for (HistoryNight night : nights) {
      if (!loaded.contains(night.runId())) {
        tables.add(
            new LoadedTable(
                table,
                night.runId(),
                Optional.of(night.asOf()),
                rows(night, schema),
                night.rows(),
                attempt));
      }
    }
    return tables;
  }

  /**
   * The rows of a night in the columns and types of today; columns that it did not have are null.
   */
  private Dataset<Row> rows(HistoryNight night, StructType today) throws IOException {
    StructType then = StoredSchema.ofFile(night.files().get(0), hadoop());
    String[] files = night.files().toArray(String[]::new);
    Dataset<Row> rows = SparkAction.result(() -> spark.read().schema(then).parquet(files));
    if (then.equals(today)) {
      return rows;
    }

    Set<String> had = Set.of(then.fieldNames());
    Column[] columns =
        Arrays.stream(today.fields())
            .map(
                field ->
                    (had.contains(field.name())
                            ? functions.col(field.name()).try_cast(field.dataType())
                            : functions.lit(null).cast(field.dataType()))
                        .as(field.name()))
            .toArray(Column[]::new);
    return rows.select(columns);
  }

  /** Copies the rows of all tables in one job. */
  private long copy(List<LoadedTable> tables) {
    spark.sparkContext().setJobDescription("karat: copy to PostgreSQL");
    List<RDD<Long>> copies = tables.stream().map(this::copied).toList();
    RDD<Long> all =
        spark
            .sparkContext()
            .union(CollectionConverters.asScala(copies).toSeq(), copies.get(0).elementClassTag());
    return all
        .coalesce(connections, false, Option.apply(new RoundRobinCoalescer()), null)
        .toJavaRDD()
        .collect()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private RDD<Long> copied(LoadedTable table) {
    PartLoad part =
        new PartLoad(
            server,
            schemas,
            table.name(),
            List.of(table.rows().columns()),
            CopyText.of(table.rows().schema()));
    JavaRDD<InternalRow> rows =
        ((org.apache.spark.sql.classic.Dataset<Row>) table.rows())
            .queryExecution()
            .toRdd()
            .toJavaRDD();
    return rows.mapPartitionsWithIndex(part, true).rdd();
  }

  /** Adds key and indexes, and audits the rows. */
  private void finish(LoadedTable loaded) throws SQLException, UnloadableReleaseException {
    String name = schemas.table(loaded.name());
    MartTable table = loaded.table();
    List<String> statements = new ArrayList<>();
    if (!table.key().isEmpty()) {
      statements.add("ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(name, Sql.names(table.key())));
    }
    for (String column : table.indexed()) {
      statements.add("CREATE INDEX ON %s (%s)".formatted(name, Sql.name(column)));
    }
    statements.add("ANALYZE " + name);
    database.run(statements);
    new LoadAudit(database, schemas).require(loaded);
  }

  /**
   * Attaches the tables, under locks that no reader notices; their check saves a scan of the rows.
   */
  private void attach(Release release, List<HistoryNight> nights, List<LoadedTable> tables)
      throws SQLException {
    definitions
        .retry()
        .with(
            database,
            () -> {
              for (LoadedTable table : tables) {
                database.run(
                    "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES IN (%s)"
                        .formatted(
                            schemas.table(table.table().name()),
                            schemas.table(table.name()),
                            Sql.text(table.partition())));
              }
              database.update(
                  "INSERT INTO %s (run_id, as_of_date) VALUES (?, ?)"
                      .formatted(schemas.loadedRelease()),
                  release.runId(),
                  release.asOf());
              for (HistoryNight night : nights) {
                database.update(
                    "INSERT INTO %s VALUES (?, ?)".formatted(schemas.releaseNight()),
                    release.runId(),
                    night.runId());
              }
            });
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
