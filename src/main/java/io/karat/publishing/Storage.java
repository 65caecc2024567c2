package io.karat.publishing;

import io.karat.run.Umask;
import io.karat.run.UsageException;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * File operations on which publishing is built, each of them atomic. Paths are relative to the
 * output folder; folders are made as needed; files are on disk when a call returns.
 */
sealed interface Storage permits LocalStorage, HadoopStorage {
  /**
   * Opens the storage of a configured output.
   *
   * @throws UsageException unless the file system is one that is tested, which can create a file
   *     exclusively: file:, hdfs: or s3a:
   */
  static Storage of(String location, Configuration hadoop) throws IOException {
    return of(location, hadoop, Umask.of(hadoop));
  }

  /** Opens the storage, whose new files on this machine have other permissions. */
  static Storage of(String location, Configuration hadoop, Umask umask) throws IOException {
    Path folder = new Path(location);
    String scheme =
        Optional.ofNullable(folder.toUri().getScheme())
            .orElseGet(() -> FileSystem.getDefaultUri(hadoop).getScheme());
    return switch (scheme) {
      case "file" -> LocalStorage.at(folder.toUri().getPath(), umask);
      case "hdfs" -> HdfsStorage.at(folder, hadoop);
      case "s3a" -> S3Storage.at(folder, hadoop);
      default ->
          throw new UsageException(
              "Output '%s' is on '%s'%s: expected a folder on file:, hdfs: or s3a:. Set output.path to one."
                  .formatted(location, scheme, because(scheme)));
    };
  }

  private static String because(String scheme) {
    return switch (scheme) {
      case "gs" -> ", Google Cloud Storage, where no race of two runs has been tested";
      case "abfs", "abfss", "wasb", "wasbs" ->
          ", Azure Storage, where no race of two runs has been tested";
      case "s3", "s3n" -> ", which Hadoop calls s3a";
      default -> "";
    };
  }

  /** The full location of a path, as Spark takes it. */
  String location(String path);

  /** Creates a file with its whole text; false if the name is taken. */
  boolean create(String file, String text) throws IOException;

  /** Writes a file, or replaces it in one step. */
  default void replace(String file, String text) throws IOException {
    replace(file, List.of(text).iterator());
  }

  /** Writes a file from pieces of its text, which are not held together, or replaces it. */
  void replace(String file, Iterator<String> pieces) throws IOException;

  /** Reads the text of a file; empty if there is none. */
  Optional<String> read(String file) throws IOException;

  /** The sorted names of the files in a folder without hidden ones; empty if there is no folder. */
  List<String> names(String folder) throws IOException;

  /** The sorted names of the folders in a folder without hidden ones; empty if there is none. */
  List<String> folders(String folder) throws IOException;

  /** Whether a folder has this name; a link to one does not count. */
  boolean isFolder(String path) throws IOException;

  /** The size in bytes of every file below a folder, by path within it, without hidden ones. */
  SortedMap<String, Long> files(String folder) throws IOException;

  /**
   * Gives a file or folder another name beside it, for people to look at.
   *
   * @return the new path
   */
  String setAside(String path) throws IOException;

  /** Deletes what killed writes left in a folder before {@code oldest}. */
  void sweep(String folder, Instant oldest) throws IOException;

  /** Deletes a file, or a folder with its content; does nothing if there is none. */
  void delete(String path) throws IOException;

  /** Deletes a folder if it is empty. */
  void deleteEmpty(String folder) throws IOException;

  /** The reason why nothing can be written here, as a clause; empty if files can be written. */
  Optional<String> obstacle() throws IOException;

  /** Gives a file a second name; false if the file system has no links between the two. */
  boolean link(String file, String target) throws IOException;

  /** Gives a file a second name: by a link if possible, else by a copy. */
  void place(String file, String target) throws IOException;

  /** Flushes the files in a folder, which others wrote, so that they survive a power failure. */
  void flush(String folder) throws IOException;

  /**
   * Replaces a link beside the target in one step; does nothing if the file system has no links.
   */
  void point(String link, String target) throws IOException;

  /** Whether a link points to the target; always true if the file system has no links. */
  boolean pointsTo(String link, String target) throws IOException;

  /** The name of a file that is written before it takes its own name. */
  static String unfinished(String name) {
    return ".%s.%s".formatted(name, UUID.randomUUID());
  }

  /** Whether a name is that of a file whose writer may have been killed. */
  static boolean isUnfinished(String name) {
    return name.matches("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }

  /** Whether Spark and this package ignore the path: markers, checksums, unfinished files. */
  static boolean isHidden(String path) {
    return Stream.of(path.split("/", -1)).anyMatch(name -> name.matches("[._].*"));
  }
}
