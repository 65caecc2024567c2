package io.karat.input;

import io.karat.engine.SourceFormat;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Table at a version that never changes.
 *
 * @param rows all rows of that version
 * @param file the path of a row's file
 * @param line the place of the table and the version, which tell two states apart
 * @param version in words
 */
record OpenedTable(Dataset<Row> rows, Column file, String line, String version, long bytes)
    implements OpenedSource {
  @Override
  public List<String> lines() {
    return List.of(line);
  }

  @Override
  public int files() {
    return 0;
  }

  @Override
  public Optional<String> state() {
    return Optional.of(version);
  }

  @Override
  public Dataset<Row> rows(SourceColumns columns) {
    return rows;
  }

  @Override
  public Dataset<Row> namedRows(SourceColumns columns) {
    return rows.select(rows.col("*"), file.as(SourceFormat.FILE));
  }
}
