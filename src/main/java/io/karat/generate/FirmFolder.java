package io.karat.generate;

import io.karat.run.UsageException;
import io.karat.tables.PlainLocalFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder that a firm is written to, on any file system that Spark can write.
 *
 * <p>Spark writes to a temporary folder inside; finished files are then moved to their table's
 * folder under fixed names, without checksum files and markers, and with bytes that follow from the
 * rows.
 */
record FirmFolder(FileSystem files, Path root) {
  private static final String UNFINISHED = "_unfinished";

  /**
   * Opens a new or empty folder.
   *
   * @throws UsageException if it is not empty or cannot be opened
   */
  static FirmFolder at(String uri, Configuration hadoop) {
    try {
      Path path = new Path(uri);
      FileSystem files = path.getFileSystem(PlainLocalFiles.in(hadoop));
      FirmFolder folder = new FirmFolder(files, files.makeQualified(path));
      folder.requireEmpty();
      return folder;
    } catch (IOException | IllegalArgumentException notReachable) {
      throw new UsageException(
          "--output '%s' cannot be opened: %s. Name a folder that can be written."
              .formatted(uri, notReachable.getMessage()),
          notReachable);
    }
  }

  private void requireEmpty() throws IOException {
    if (!list(root).isEmpty()) {
      throw new UsageException(
          "--output '%s' is not empty: expected a new or an empty folder.".formatted(root)
              + " Name another one, or remove what is in it.");
    }
  }

  /** The temporary folder that Spark writes a table to. */
  String unfinished(String table) {
    return new Path(new Path(root, UNFINISHED), table).toString();
  }

  /** Moves the files that Spark wrote to the table's folder. */
  GeneratedTable finish(String table) {
    try {
      GeneratedTable finished =
          move(new GeneratedTable(table, 0, 0), new Path(unfinished(table)), new Path(root, table));
      files.delete(new Path(root, UNFINISHED), true);
      return finished;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private GeneratedTable move(GeneratedTable table, Path from, Path to) throws IOException {
    GeneratedTable moved = table;
    int part = 0;
    for (FileStatus entry : list(from)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory()) {
        moved = move(moved, entry.getPath(), new Path(to, name));
      } else if (name.startsWith("part-")) {
        Path file = new Path(to, "part-%05d.parquet".formatted(part++));
        moved = moved.withFile(ParquetFooter.copy(files, entry, file).rows());
      }
    }
    return moved;
  }

  private List<FileStatus> list(Path folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder))
          .sorted(Comparator.comparing(FileStatus::getPath))
          .toList();
    } catch (FileNotFoundException absent) {
      return List.of();
    }
  }
}
