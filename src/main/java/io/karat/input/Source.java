package io.karat.input;

import io.karat.run.InputException;
import io.karat.settings.InputSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.util.Try;

/**
 * The location and format of an input.
 *
 * @param table the input, as in the configuration
 * @param paths files, folders, globs or Hadoop URIs
 * @param format any Spark source
 * @param options of that source, by name
 * @param day the day of the snapshot; empty if the path has no day
 */
public record Source(
    String table,
    List<String> paths,
    String format,
    Map<String, String> options,
    Optional<LocalDate> day) {
  public Source {
    paths = List.copyOf(paths);
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /**
   * The source of an input for an as-of day: a day in its path is replaced.
   *
   * @throws InputException if there is no such day, or the newest is too old
   */
  public static Source of(InputSettings settings, LocalDate asOf, Configuration hadoop) {
    String table = settings.table().tableName();
    List<SnapshotPath.Dated> dated =
        settings.paths().stream()
            .map(path -> new SnapshotPath(table, path, settings.maxAgeDays()).on(asOf, hadoop))
            .toList();
    return new Source(
        table,
        dated.stream().map(SnapshotPath.Dated::path).toList(),
        settings.format(),
        settings.options(),
        dated.stream().flatMap(path -> path.day().stream()).min(LocalDate::compareTo));
  }

  /**
   * The files that are there now, in the order of their paths, without hidden ones.
   *
   * @throws InputException if a path does not exist or contains no file
   */
  public List<SourceFile> files(Configuration hadoop) {
    List<SourceFile> files = new ArrayList<>();
    for (String path : paths) {
      List<SourceFile> found = filesAt(path, hadoop);
      if (found.isEmpty()) {
        throw new InputException(
            "Input '%s' is empty: path '%s' holds no file. Deliver the files, or correct the path."
                .formatted(table, path));
      }

      files.addAll(found);
    }
    files.sort(Comparator.comparing(SourceFile::path));
    return files;
  }

  /**
   * The source's rows; Parquet schemas are merged over all files.
   *
   * @throws InputException naming two files, if their schemas disagree
   */
  public Dataset<Row> read(SparkSession spark) {
    DataFrameReader reader = spark.read().format(format);
    if (isParquet()) {
      reader = reader.option("mergeSchema", true);
    }
    DataFrameReader configured = reader.options(options);
    // Spark's exception is a checked one that the Scala method does not declare.
    Try<Dataset<Row>> rows = Try.apply(() -> configured.load(paths.toArray(String[]::new)));
    if (rows.isFailure() && isConflict(rows.failed().get())) {
      FileSchemas.of(this, spark).refuseConflict(rows.failed().get());
    }
    return rows.get();
  }

  private static boolean isConflict(Throwable failure) {
    return failure instanceof SparkThrowable spark
        && "CANNOT_MERGE_SCHEMAS".equals(spark.getCondition());
  }

  boolean isParquet() {
    return format.equalsIgnoreCase("parquet");
  }

  private List<SourceFile> filesAt(String path, Configuration hadoop) {
    try {
      Path pattern = new Path(path);
      FileSystem fileSystem = pattern.getFileSystem(hadoop);
      FileStatus[] roots = fileSystem.globStatus(pattern);
      if (roots == null || roots.length == 0) {
        throw missing(path);
      }

      List<SourceFile> files = new ArrayList<>();
      for (FileStatus root : roots) {
        collect(fileSystem, root, files);
      }
      return files;
    } catch (FileNotFoundException gone) {
      throw missing(path);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private InputException missing(String path) {
    return new InputException(
        "Input '%s' is missing: path '%s' does not exist. Correct 'inputs.%s.path'."
            .formatted(table, path, table));
  }

  private static void collect(FileSystem fileSystem, FileStatus status, List<SourceFile> files)
      throws IOException {
    if (status.isFile()) {
      URI uri = status.getPath().toUri();
      files.add(new SourceFile(uri.toString(), status.getLen(), status.getModificationTime()));
      return;
    }

    for (FileStatus child : fileSystem.listStatus(status.getPath())) {
      String name = child.getPath().getName();
      // The rule of Spark: a name such as _SUCCESS is hidden, a partition such as _day=1 is not.
      boolean isHidden = name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
      if (!isHidden) {
        collect(fileSystem, child, files);
      }
    }
  }

  /**
   * A file of an input.
   *
   * @param path its URI
   * @param modified milliseconds since 1970
   */
  public record SourceFile(String path, long bytes, long modified) {
    /** Path, size and modification time, which tell two states of the file apart. */
    public String line() {
      return "%s %d %d".formatted(path, bytes, modified);
    }
  }
}
