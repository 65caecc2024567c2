package io.karat.engine;

import java.util.List;
import java.util.OptionalLong;

/**
 * Layout of a file.
 *
 * @param columns its columns, in their order
 * @param rows the number of its rows, if the file says so itself
 * @param isBatched whether Spark can decode its columns in batches, which is the faster way
 */
public record FileLayout(List<FileColumn> columns, OptionalLong rows, boolean isBatched) {
  public FileLayout {
    columns = List.copyOf(columns);
  }

  static FileLayout of(List<FileColumn> columns) {
    return new FileLayout(columns, OptionalLong.empty(), true);
  }
}
