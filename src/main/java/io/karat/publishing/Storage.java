package io.karat.publishing;

import io.karat.run.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The few file operations that publishing rests on, each of them atomic. Paths are relative to the
 * output folder; folders are made as needed; files are on disk when a call returns.
 */
sealed interface Storage permits LocalStorage, HdfsStorage {
  /**
   * The storage behind a configured output.
   *
   * @throws UsageException if it is on a file system that cannot create a file exclusively, or on
   *     one that nobody tested
   */
  static Storage of(String location, Configuration hadoop) throws IOException {
    Path folder = new Path(location);
    String scheme =
        Optional.ofNullable(folder.toUri().getScheme())
            .orElseGet(() -> FileSystem.getDefaultUri(hadoop).getScheme());
    return switch (scheme) {
      case "file" -> LocalStorage.at(folder.toUri().getPath());
      case "hdfs" -> HdfsStorage.at(folder, hadoop);
      default ->
          throw new UsageException(
              "Output '%s' is on '%s': expected a folder on file: or hdfs:. Set output to one."
                  .formatted(location, scheme));
    };
  }

  /** The full name of a path, as Spark takes it. */
  String location(String path);

  /** Creates a file with its whole text, or returns false where the name is taken. */
  boolean create(String file, String text) throws IOException;

  /** Writes a file, or replaces it in one step. */
  void replace(String file, String text) throws IOException;

  /** The text of a file; nothing where there is none. */
  Optional<String> read(String file) throws IOException;

  /** The sorted names in a folder, hidden ones left out; none where there is no folder. */
  List<String> names(String folder) throws IOException;

  /** The bytes of every file below a folder, by path within it, hidden ones left out. */
  SortedMap<String, Long> files(String folder) throws IOException;

  /** Renames a folder; fails where the new name is taken. */
  void move(String folder, String target) throws IOException;

  /** Deletes a file or a folder and all in it; does nothing where there is none. */
  void delete(String path) throws IOException;

  /** Makes the content of a file appear under a second name, without a copy where possible. */
  void place(String file, String target) throws IOException;

  /** Waits until the files in a folder, which others wrote, would survive a power cut. */
  void flush(String folder) throws IOException;

  /** Points a link at a path beside it, in one step, where the file system has links. */
  void point(String link, String target) throws IOException;

  /** Whether a link points there; always true where the file system has no links. */
  boolean pointsTo(String link, String target) throws IOException;

  /** Spark and this package hide what starts so: markers, checksums, unfinished work. */
  static boolean isHidden(String path) {
    return Stream.of(path.split("/", -1)).anyMatch(name -> name.matches("[._].*"));
  }
}
