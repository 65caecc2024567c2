package io.karat.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_millis;

import io.karat.engine.SourceSize;
import io.karat.engine.SparkAction;
import io.karat.engine.SparkActionException;
import io.karat.run.InputException;
import io.karat.run.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Iceberg table, by the path of its folder or by its name in a catalog: a snapshot of it says which
 * files and rows count, and never changes.
 */
final class IcebergTable {
  static final String FORMAT = "iceberg";

  private static final TableRuntime RUNTIME = TableRuntime.ICEBERG;

  /** The catalog that Iceberg takes for paths. It is one of Hive unless somebody says otherwise. */
  private static final String DEFAULT_CATALOG = "spark.sql.catalog.default_iceberg";

  private static final TableRuntime HIVE =
      new TableRuntime(
          "Hive", "org.apache.hadoop.hive.metastore.api.NoSuchObjectException", Map.of());

  private static final String VERSION = "versionAsOf";
  private static final List<String> SNAPSHOT = List.of("snapshot-id", VERSION);
  private static final List<String> TIME = List.of("as-of-timestamp", "timestampAsOf");
  private static final List<String> REFERENCE = List.of("branch", "tag");
  private static final String ID = "snapshot_id";
  private static final String MADE_CURRENT = "made_current_at";

  private final Source source;
  private final SparkSession spark;

  private IcebergTable(Source source, SparkSession spark) {
    this.source = source;
    this.spark = spark;
  }

  /**
   * The table at the snapshot that its options name, else at the current one.
   *
   * @throws InputException if there is no such table or snapshot
   * @throws UsageException if Iceberg's jar is missing
   */
  static OpenedSource open(Source source, SparkSession spark) {
    RUNTIME.require(source);
    if (!HIVE.isThere() && spark.conf().getOption(DEFAULT_CATALOG).isEmpty()) {
      setDefaultCatalog(spark);
    }
    return new IcebergTable(source, spark).open();
  }

  /** Tables below a path need nothing of Hive. */
  private static void setDefaultCatalog(SparkSession spark) {
    spark.conf().set(DEFAULT_CATALOG, "org.apache.iceberg.spark.SparkCatalog");
    spark.conf().set(DEFAULT_CATALOG + ".type", "hadoop");
    spark.conf().set(DEFAULT_CATALOG + ".warehouse", spark.conf().get("spark.sql.warehouse.dir"));
    spark.conf().set(DEFAULT_CATALOG + ".cache-enabled", "false");
  }

  private boolean isPath() {
    return source.path().contains("/");
  }

  private OpenedSource open() {
    Optional<Long> snapshot = snapshot();
    Dataset<Row> rows = load(source.path(), snapshot);
    String id = snapshot.map(String::valueOf).orElse("none");
    return new OpenedTable(
        rows,
        rows.metadataColumn("_file"),
        "%s iceberg %s".formatted(source.path(), id),
        "snapshot %s of an Iceberg table".formatted(id),
        snapshot.isPresent() ? SourceSize.bytes(rows) : 0);
  }

  /** The id of the snapshot to read; empty if nothing was ever written to the table. */
  private Optional<Long> snapshot() {
    Optional<String> version = option(SNAPSHOT);
    Optional<Long> id = version.filter(text -> text.matches("\\d{1,19}")).map(Long::valueOf);
    Optional<String> time = option(TIME);
    Optional<String> reference = version.or(() -> option(REFERENCE));
    if (id.isPresent()) {
      return Optional.of(
          first("snapshots", col(ID).equalTo(id.get()), col(ID))
              .orElseThrow(() -> unknown("snapshot " + id.get())));
    }
    if (time.isPresent()) {
      return Optional.of(
          first("history", col(MADE_CURRENT).leq(instant(time.get())), col(MADE_CURRENT))
              .orElseThrow(() -> unknown("snapshot at " + time.get())));
    }

    Optional<Long> named = first("refs", col("name").equalTo(reference.orElse("main")), col(ID));
    if (named.isEmpty() && reference.isPresent()) {
      throw unknown("branch or tag '%s'".formatted(reference.get()));
    }
    return named;
  }

  private Optional<String> option(List<String> names) {
    return names.stream().flatMap(name -> source.option(name).stream()).findFirst();
  }

  /** A moment, as milliseconds or as text. */
  private static Column instant(String text) {
    return text.matches("\\d+")
        ? timestamp_millis(lit(Long.valueOf(text)))
        : lit(text).try_cast("timestamp");
  }

  /** The snapshot of the last row of a metadata table for which a condition holds. */
  private Optional<Long> first(String metadata, Column condition, Column order) {
    return load(source.path() + (isPath() ? "#" : ".") + metadata, Optional.empty())
        .filter(condition)
        .orderBy(order.desc(), col(ID).desc())
        .select(ID)
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> row.getLong(0))
        .findFirst();
  }

  private InputException unknown(String asked) {
    return new InputException(
        "Input '%s' has no %s: Iceberg table '%s' does not know it, or expired it. Correct 'inputs.%s.options'."
            .formatted(source.table(), asked, source.path(), source.table()));
  }

  private Dataset<Row> load(String place, Optional<Long> snapshot) {
    List<String> ours = Stream.of(SNAPSHOT, TIME, REFERENCE).flatMap(List::stream).toList();
    try {
      DataFrameReader reader =
          spark.read().format(FORMAT).options(source.secrets().with(source.optionsWithout(ours)));
      snapshot.ifPresent(id -> reader.option(VERSION, id));
      return SparkAction.result(() -> reader.load(place));
    } catch (SparkActionException failure) {
      boolean isMissing = failure.condition().filter("TABLE_OR_VIEW_NOT_FOUND"::equals).isPresent();
      throw isMissing ? missing(failure) : RUNTIME.unreadable(source, failure);
    }
  }

  private InputException missing(SparkActionException failure) {
    String place =
        isPath()
            ? "'%s' is not the folder of an Iceberg table"
            : "no catalog of this session has an Iceberg table '%s'";
    return new InputException(
        "Input '%s' is missing: %s. Correct 'inputs.%s' or 'inputs.%s.format'%s."
            .formatted(
                source.table(),
                place.formatted(source.path()),
                Source.pathKey(source.table()),
                source.table(),
                isPath() ? "" : ", or name its catalog with --conf spark.sql.catalog.…"),
        failure);
  }
}
