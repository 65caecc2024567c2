package io.karat.input;

import io.karat.engine.SourceSize;
import io.karat.engine.SparkAction;
import io.karat.engine.SparkActionException;
import io.karat.run.InputException;
import io.karat.run.UsageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Delta table: a folder whose log says for every version which files and rows count. */
final class DeltaTable {
  static final String FORMAT = "delta";

  private static final TableRuntime RUNTIME =
      new TableRuntime(
          "a Delta table",
          "io.delta.sql.DeltaSparkSessionExtension",
          Map.of(
              "4.0", "io.delta:delta-spark_4.0_2.13:4.1.0",
              "4.1", "io.delta:delta-spark_4.1_2.13:4.1.0"));
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String CATALOG = "spark.sql.catalog.spark_catalog";
  private static final String CATALOG_CLASS = "org.apache.spark.sql.delta.catalog.DeltaCatalog";
  private static final String VERSION = "versionAsOf";

  private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");

  private final Source source;
  private final SparkSession spark;

  private DeltaTable(Source source, SparkSession spark) {
    this.source = source;
    this.spark = spark;
  }

  /** Adds Delta's extension and catalog to the settings of a session, if its jar is there. */
  static void prepare(SparkConf session) {
    if (RUNTIME.isThere()) {
      String others = session.get(EXTENSIONS, "");
      if (!others.contains(RUNTIME.mainClass())) {
        session.set(
            EXTENSIONS,
            others.isEmpty() ? RUNTIME.mainClass() : others + "," + RUNTIME.mainClass());
      }
      session.setIfMissing(CATALOG, CATALOG_CLASS);
    }
  }

  /**
   * The table at the version that its options name, else at the newest one.
   *
   * @throws InputException if there is no such table or version
   * @throws UsageException if Delta's jar is missing, or the session does not know Delta
   */
  static OpenedSource open(Source source, SparkSession spark) {
    RUNTIME.require(source);
    return new DeltaTable(source, spark).open();
  }

  private OpenedSource open() {
    requireSession();
    Optional<Long> asked = source.option(VERSION).map(Long::valueOf);
    LogEntry version =
        asked.isPresent() ? commit(asked).orElseThrow(() -> unknown(asked.get())) : newest();
    Dataset<Row> rows = rows(version.version());
    return new OpenedTable(
        rows,
        rows.metadataColumn("_metadata").getField("file_path"),
        "%s delta %s".formatted(version.status().getPath().getParent().getParent(), version.line()),
        "version %d of a Delta table".formatted(version.version()),
        SourceSize.bytes(rows));
  }

  private void requireSession() {
    boolean isPrepared =
        spark.conf().get(EXTENSIONS, "").contains(RUNTIME.mainClass())
            && !spark.conf().get(CATALOG, "").isEmpty();
    if (!isPrepared) {
      throw new UsageException(
          "Input '%s' is a Delta table, which this session of Spark does not know: add --conf %s=%s --conf %s=%s to the command."
              .formatted(source.table(), EXTENSIONS, RUNTIME.mainClass(), CATALOG, CATALOG_CLASS));
    }
  }

  private LogEntry newest() {
    return commit(Optional.empty()).orElseThrow(this::missing);
  }

  /** The commit of a version, or of the newest if none is asked for. */
  private Optional<LogEntry> commit(Optional<Long> version) {
    Path log = new Path(source.path(), "_delta_log");
    try {
      FileSystem fileSystem = log.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return Stream.of(fileSystem.listStatus(log))
          .flatMap(file -> LogEntry.of(file).stream())
          .filter(commit -> version.isEmpty() || version.get() == commit.version())
          .max(Comparator.comparingLong(LogEntry::version));
    } catch (FileNotFoundException none) {
      return Optional.empty();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private InputException missing() {
    return new InputException(
        "Input '%s' is missing: '%s' is not a Delta table, as it has no folder '_delta_log' with a version. Correct 'inputs.%s' or 'inputs.%s.format'."
            .formatted(
                source.table(), source.path(), Source.pathKey(source.table()), source.table()));
  }

  private InputException unknown(long version) {
    return new InputException(
        "Input '%s' has no version %d: the newest of Delta table '%s' is %d, and old ones are removed from its log. Correct 'inputs.%s.options.%s'."
            .formatted(
                source.table(),
                version,
                source.path(),
                newest().version(),
                source.table(),
                VERSION));
  }

  private Dataset<Row> rows(long version) {
    try {
      return SparkAction.result(
          () ->
              spark
                  .read()
                  .format(FORMAT)
                  .options(source.secrets().with(source.optionsWithout(List.of(VERSION))))
                  .option(VERSION, version)
                  .load(source.path()));
    } catch (SparkActionException failure) {
      boolean isRemoved = failure.condition().filter("DELTA_VERSION_NOT_FOUND"::equals).isPresent();
      throw isRemoved ? unknown(version) : RUNTIME.unreadable(source, failure);
    }
  }

  /** File of the log that makes a version. */
  private record LogEntry(FileStatus status, long version) {
    static Optional<LogEntry> of(FileStatus status) {
      Matcher name = COMMIT.matcher(status.getPath().getName());
      return name.matches()
          ? Optional.of(new LogEntry(status, Long.parseLong(name.group(1))))
          : Optional.empty();
    }

    /** Version, size and modification time: a table that was made anew counts from 0 again. */
    String line() {
      return "%d %d %d".formatted(version, status.getLen(), status.getModificationTime());
    }
  }
}
