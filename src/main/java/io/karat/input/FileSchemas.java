package io.karat.input;

import io.karat.run.InputException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema of each file of an input, read only when Spark cannot merge them. */
final class FileSchemas {
  private final Source source;
  private final SparkSession spark;
  private final Map<String, Seen> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private FileSchemas(Source source, SparkSession spark) {
    this.source = source;
    this.spark = spark;
  }

  /** The schemas of all files that are there now. */
  static FileSchemas of(Source source, SparkSession spark) {
    return new FileSchemas(source, spark);
  }

  /**
   * Looks for the first two files that disagree; starts one job per file until then.
   *
   * @throws InputException naming the files, the column and its types; returns normally if they
   *     disagree only within a nested column
   */
  void refuseConflict(Throwable cause) {
    for (Source.SourceFile file : source.files(spark.sparkContext().hadoopConfiguration())) {
      // A source file's path is a URI, with %20 for a space.
      String path = new Path(URI.create(file.path())).toString();
      StructType schema =
          spark.read().format(source.format()).options(source.options()).load(path).schema();
      for (StructField field : schema.fields()) {
        conflict(field, shown(path))
            .ifPresent(
                message -> {
                  throw new InputException(message, cause);
                });
      }
    }
  }

  private Optional<String> conflict(StructField field, String file) {
    Seen before = seen.putIfAbsent(field.name(), new Seen(file, field.dataType()));
    return before == null || canMerge(before.type(), field.dataType())
        ? Optional.empty()
        : Optional.of(
            ("Input '%s' has files with different types: column '%s' is %s in '%s' and %s in '%s'."
                    + " Expected one type per column. Deliver them again with one type.")
                .formatted(
                    source.table(),
                    field.name(),
                    before.type().simpleString(),
                    before.file(),
                    field.dataType().simpleString(),
                    file));
  }

  /**
   * The rule of Spark: nested columns are merged field by field, decimals of one scale to the
   * wider.
   */
  private static boolean canMerge(DataType one, DataType other) {
    return one.equals(other)
        || (isNested(one) && isNested(other))
        || (one instanceof DecimalType left
            && other instanceof DecimalType right
            && left.scale() == right.scale());
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  private static String shown(String path) {
    return path.replaceFirst("^file:/+", "/");
  }

  private record Seen(String file, DataType type) {}
}
