package io.karat.input;

import io.karat.engine.FileLayout;
import io.karat.engine.SourceFormat;
import io.karat.engine.SparkAction;
import io.karat.engine.SparkActionException;
import io.karat.engine.UnreadableFileException;
import io.karat.run.InputException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.SparkThrowable;

/** Opening of the files of an input, which tells their layouts. */
final class FileOpening {
  /** The conditions that name a file, as those of reading its rows do. */
  private static final String OF_A_FILE = "FAILED_READ_FILE";

  private FileOpening() {}

  /**
   * The layout of each file.
   *
   * @param known the layouts of files that need not be opened, by their place
   * @throws InputException if one cannot be opened
   */
  static List<FileLayout> layouts(
      String table, SourceFormat format, List<SourceFile> files, Map<Integer, FileLayout> known) {
    SortedMap<Integer, FileLayout> layouts = new TreeMap<>(known);
    List<Integer> unknown =
        IntStream.range(0, files.size()).filter(it -> !known.containsKey(it)).boxed().toList();
    List<FileLayout> learned =
        layouts(table, format, unknown.stream().map(it -> files.get(it).status()).toList());
    for (int i = 0; i < unknown.size(); i++) {
      layouts.put(unknown.get(i), learned.get(i));
    }
    return List.copyOf(layouts.values());
  }

  private static List<FileLayout> layouts(
      String table, SourceFormat format, List<FileStatus> files) {
    try {
      return SparkAction.result(() -> format.layouts(files));
    } catch (SparkActionException failure) {
      if (failure.getCause() instanceof UnreadableFileException unreadable) {
        throw new InputException(
            "File '%s' cannot be read: %s. %s"
                .formatted(unreadable.file(), unreadable.getMessage(), unreadable.advice()),
            unreadable);
      }
      if (failure.getCause() instanceof SparkThrowable spark
          && failure.condition().filter(name -> !name.startsWith(OF_A_FILE)).isPresent()) {
        throw met(spark, failure, table);
      }

      throw failure;
    }
  }

  /** What Spark met in files that it could open. */
  private static InputException met(
      SparkThrowable condition, SparkActionException failure, String table) {
    String found =
        condition.getCondition().equals("COLUMN_ALREADY_EXISTS")
            ? "column %s stands twice in a row, which is also so if names differ only in case"
                .formatted(condition.getMessageParameters().getOrDefault("columnName", ""))
                .replace('`', '\'')
            : String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("^\\[[A-Z_.0-9]+] |\\.?\\s*SQLSTATE: .*$", "");
    return new InputException(
        "Input '%s' cannot be read: %s. Expected files that Spark reads. Deliver them again, or move away the one that differs."
            .formatted(table, found),
        failure);
  }
}
