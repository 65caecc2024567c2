package io.karat.input;

import io.karat.engine.SourceFormat;
import io.karat.run.InputException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Source with the files that were listed; they are opened once, when their rows are first read. */
public final class OpenedSource {
  private final Source source;
  private final List<SourceFile> files;
  private Optional<SourceRows> opened = Optional.empty();

  /** A source whose files have been listed. */
  public OpenedSource(Source source, List<SourceFile> files) {
    this.source = source;
    this.files = List.copyOf(files);
  }

  /** The files, in the order of their paths. */
  public List<SourceFile> files() {
    return files;
  }

  /**
   * The rows of the files.
   *
   * @throws io.karat.run.InputException if a file cannot be opened, or columns that the mapping
   *     uses cannot be read or differ
   */
  public Dataset<Row> rows(InputMapping mapping, SparkSession spark) {
    return opened(spark).rows(mapping.sourceColumns(), mapping.requiredSourceColumns(), false);
  }

  /** The rows of the files, each with the path of its file in {@link SourceFormat#FILE}. */
  public Dataset<Row> namedRows(InputMapping mapping, SparkSession spark) {
    return opened(spark).rows(mapping.sourceColumns(), mapping.requiredSourceColumns(), true);
  }

  /**
   * Ends a run to which not all rows arrived that the files state, or more.
   *
   * @param arrived the number of rows that were read; not checked if a file does not state its rows
   * @throws InputException naming a file
   */
  public void requireRows(long arrived, InputMapping mapping, SparkSession spark) {
    Map<String, Long> stated = opened(spark).rowsByFile();
    long expected = stated.values().stream().mapToLong(Long::longValue).sum();
    if (stated.size() < files.size() || arrived == expected) {
      return;
    }

    Map<Path, Long> found = new HashMap<>();
    namedRows(mapping, spark)
        .groupBy(SourceFormat.FILE)
        .count()
        .collectAsList()
        .forEach(row -> found.put(new Path(URI.create(row.getString(0))), row.getLong(1)));
    String file =
        files.stream()
            .filter(
                it ->
                    !Objects.equals(
                        stated.get(it.path()), found.getOrDefault(it.status().getPath(), 0L)))
            .findFirst()
            .map(it -> "file '%s' states %d".formatted(it.shown(), stated.get(it.path())))
            .orElse("its files state %d".formatted(expected));
    throw new InputException(
        "Input '%s' was not read as it stands: %s rows, %d of %d arrived in all. Keep input files until the command ends, and run again."
            .formatted(source.table(), file, arrived, expected));
  }

  private synchronized SourceRows opened(SparkSession spark) {
    SourceRows rows = opened.orElseGet(() -> source.open(files, spark));
    opened = Optional.of(rows);
    return rows;
  }
}
