package io.karat.lakehouse;

import static java.util.stream.Collectors.joining;

import io.karat.engine.SparkAction;
import io.karat.engine.SparkActionException;
import io.karat.input.TableRuntime;
import io.karat.run.UsageException;
import io.karat.settings.Output.Iceberg;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Namespace of an Iceberg catalog that Spark's settings name. It is reached by SQL alone, so that
 * no class of Iceberg is needed to build Karat.
 */
record Lake(SparkSession spark, Iceberg settings) {
  private static final String CATALOG = "spark.sql.catalog.";
  private static final String CATALOG_CLASS = "org.apache.iceberg.spark.SparkCatalog";
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String EXTENSION =
      "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions";

  /** The prefix of views that show the live release. */
  private static final String LIVE = "live_";

  /**
   * Checks that this Spark knows the catalog; asks it nothing.
   *
   * @throws UsageException naming what to correct
   */
  void requireKnown() {
    if (!TableRuntime.ICEBERG.isThere()) {
      throw new UsageException(
          "output.publish names iceberg, which this Spark cannot write: its jar is missing. "
              + TableRuntime.ICEBERG.remedy());
    }

    String key = CATALOG + settings.catalog();
    if (!spark.conf().contains(key)) {
      throw new UsageException(
          "output.iceberg.catalog is '%s', of which this Spark knows nothing: expected its settings. Add --conf %s=%s, and its type, such as --conf %s.type=hadoop --conf %s.warehouse=hdfs:///warehouse."
              .formatted(settings.catalog(), key, CATALOG_CLASS, key, key));
    }
    if (!spark.conf().get(EXTENSIONS, "").contains(EXTENSION)) {
      throw new UsageException(
          "output.publish names iceberg, which needs its extensions of Spark's SQL for tags and views. Add --conf %s=%s."
              .formatted(EXTENSIONS, EXTENSION));
    }
  }

  /** The place of the tables, in words. */
  String place() {
    return "namespace '%s' of catalog '%s'".formatted(settings.namespace(), settings.catalog());
  }

  /** The name of a table, for SQL. */
  String name(String table) {
    return "%s.%s".formatted(namespace(), quoted(table));
  }

  String namespace() {
    return Stream.concat(
            Stream.of(settings.catalog()), Arrays.stream(settings.namespace().split("\\.")))
        .map(Lake::quoted)
        .collect(joining("."));
  }

  /** The names of all tables; none if there is no namespace yet. */
  List<String> tables() {
    return isThere()
        ? rows("SHOW TABLES IN " + namespace()).stream()
            .filter(row -> !row.getBoolean(2))
            .map(row -> row.getString(1))
            .toList()
        : List.of();
  }

  /** Whether there is a table. */
  boolean has(String table) {
    return spark.catalog().tableExists(name(table));
  }

  private boolean isThere() {
    return spark.catalog().databaseExists(namespace());
  }

  /** The latest state of a table, whoever wrote it. */
  String refreshed(String table) {
    String name = name(table);
    spark.catalog().refreshTable(name);
    return name;
  }

  /**
   * Lets a view show what a query finds; one whose columns are those of the query already is left
   * alone.
   *
   * @return false if the catalog has no views
   */
  boolean view(String table, String query) {
    String view = name(LIVE + table);
    String[] columns = spark.sql(query).columns();
    if (spark.catalog().tableExists(view) && Arrays.equals(columns, spark.table(view).columns())) {
      return true;
    }

    try {
      run("CREATE OR REPLACE VIEW %s AS %s".formatted(view, query));
      return true;
    } catch (UnsupportedOperationException noViews) {
      return false;
    }
  }

  /** Gives up the snapshots of a table from before a moment; those with a tag stay. */
  void expire(String table, Instant before) {
    run(
        "CALL %s.system.expire_snapshots(table => %s, older_than => TIMESTAMP '%s')"
            .formatted(
                quoted(settings.catalog()),
                text("%s.%s".formatted(settings.namespace(), table)),
                before));
  }

  /**
   * What the catalog answers.
   *
   * @throws LakeException if it does not, or if what was asked fails
   */
  <T> T asked(Callable<T> question) {
    try {
      return SparkAction.result(question);
    } catch (SparkActionException failure) {
      throw failure.getCause() instanceof LakeException known
          ? known
          : new LakeException(this, failure);
    }
  }

  void run(String statement) {
    spark.sql(statement);
  }

  List<Row> rows(String query) {
    return spark.sql(query).collectAsList();
  }

  /** The first column of a query. */
  List<String> texts(String query) {
    return rows(query).stream().map(row -> row.getString(0)).toList();
  }

  static String quoted(String name) {
    return "`%s`".formatted(name.replace("`", "``"));
  }

  static String text(String value) {
    return "'%s'".formatted(value.replace("\\", "\\\\").replace("'", "\\'"));
  }

  /** A list of texts. */
  static String literals(Collection<String> values) {
    return values.stream().map(Lake::text).collect(joining(", "));
  }
}
