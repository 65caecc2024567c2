package io.karat.input;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Source as it stood when it was opened: files that were listed, a table at a version, or the rows
 * of a database. Whatever is read from it later is that, or the command ends.
 */
public sealed interface OpenedSource
    permits OpenedFiles, OpenedTable, OpenedDatabase, JoinedSource {
  /**
   * Lines that tell two states of the source apart, for the identity of a run. A database may be
   * read once for them.
   *
   * @throws io.karat.run.InputException if it cannot be read
   */
  List<String> lines();

  /** The number of files; 0 if the source is not one of plain files. */
  int files();

  /** The size, as far as it is known without reading: 0 for a database that was not read yet. */
  long bytes();

  /** The state in words, such as a version of a table; empty for plain files. */
  Optional<String> state();

  /**
   * The rows.
   *
   * @throws io.karat.run.InputException if a file cannot be opened, or columns that are used cannot
   *     be read or differ
   */
  Dataset<Row> rows(SourceColumns columns);

  /** The rows, each with the path of its file if there is one. */
  Dataset<Row> namedRows(SourceColumns columns);

  /**
   * Ends a run to which not all rows arrived that the source states, or more.
   *
   * @param arrived the number of rows that were read
   * @throws io.karat.run.InputException if it states another number
   */
  default void requireRows(long arrived, SourceColumns columns) {
    // Only files state their rows.
  }

  /**
   * Ends a run whose source may have changed between its reads.
   *
   * @throws io.karat.run.InputException if it did
   */
  default void requireUnchanged() {
    // Versions of tables are what they are.
  }
}
