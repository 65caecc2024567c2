package io.karat.generate;

import io.karat.run.UsageException;
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
 * <p>Spark writes to a folder of its own inside; finished files then move to their table under
 * fixed names, without checksum files and markers.
 */
record OutputFolder(FileSystem files, Path root) {
  private static final String UNFINISHED = "_unfinished";

  static OutputFolder at(String uri, Configuration hadoop) {
    try {
      Path path = new Path(uri);
      FileSystem files = path.getFileSystem(PlainLocalFiles.in(hadoop));
      return new OutputFolder(files, files.makeQualified(path));
    } catch (IOException | IllegalArgumentException notReachable) {
      throw new UsageException(
          "--output '%s' cannot be opened: %s. Name a folder that can be written."
              .formatted(uri, notReachable.getMessage()),
          notReachable);
    }
  }

  /** Refuses a folder that holds anything, so that nothing is ever mixed or overwritten. */
  void requireEmpty() {
    if (!list(root).isEmpty()) {
      throw new UsageException(
          "--output '%s' is not empty: expected a new or an empty folder.".formatted(root)
              + " Name another one, or remove what is in it.");
    }
  }

  /** Where Spark writes a table. */
  String unfinished(String table) {
    return new Path(new Path(root, UNFINISHED), table).toString();
  }

  String pathOf(String table) {
    return new Path(root, table).toString();
  }

  /** Moves what Spark wrote to the table's folder; the number of files. */
  int finish(String table) {
    Path from = new Path(unfinished(table));
    int moved = move(from, new Path(pathOf(table)));
    try {
      files.delete(new Path(root, UNFINISHED), true);
      return moved;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private int move(Path from, Path to) {
    int moved = 0;
    int part = 0;
    for (FileStatus entry : list(from)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory()) {
        moved += move(entry.getPath(), new Path(to, name));
      } else if (name.startsWith("part-")) {
        rename(entry.getPath(), new Path(to, "part-%05d.parquet".formatted(part)));
        part++;
      }
    }
    return moved + part;
  }

  private void rename(Path from, Path to) {
    try {
      if (files.exists(to) || !files.mkdirs(to.getParent()) || !files.rename(from, to)) {
        throw new IllegalStateException("Cannot move %s to %s".formatted(from, to));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<FileStatus> list(Path folder) {
    try {
      return Arrays.stream(files.listStatus(folder))
          .sorted(Comparator.comparing(FileStatus::getPath))
          .toList();
    } catch (FileNotFoundException absent) {
      return List.of();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
