package io.karat.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;

/** Storage on a Hadoop file system: what all of them do alike. None has links. */
sealed interface HadoopStorage extends Storage permits HdfsStorage, S3Storage {
  FileSystem files();

  /** The output folder, with scheme and authority. */
  Path root();

  @Override
  default String location(String path) {
    return resolve(path).toString();
  }

  default Path resolve(String path) {
    return path.isEmpty() ? root() : new Path(root(), path);
  }

  @Override
  default Optional<String> read(String file) throws IOException {
    try (FSDataInputStream in = files().open(resolve(file))) {
      return Optional.of(new String(in.readAllBytes(), UTF_8));
    } catch (FileNotFoundException missing) {
      return Optional.empty();
    }
  }

  @Override
  default List<String> names(String folder) throws IOException {
    return names(folder, FileStatus::isFile);
  }

  @Override
  default List<String> folders(String folder) throws IOException {
    return names(folder, FileStatus::isDirectory);
  }

  private List<String> names(String folder, Predicate<FileStatus> kind) throws IOException {
    Path listed = resolve(folder);
    return statuses(folder).stream()
        .filter(status -> !status.getPath().equals(listed))
        .filter(kind)
        .map(status -> status.getPath().getName())
        .filter(name -> !Storage.isHidden(name))
        .sorted()
        .toList();
  }

  /** What lies in a folder; nothing if there is none. */
  default List<FileStatus> statuses(String folder) throws IOException {
    List<FileStatus> all = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> statuses = files().listStatusIterator(resolve(folder));
      while (statuses.hasNext()) {
        all.add(statuses.next());
      }
    } catch (FileNotFoundException missing) {
      return List.of();
    }
    return all;
  }

  @Override
  default boolean isFolder(String path) throws IOException {
    try {
      return files().getFileStatus(resolve(path)).isDirectory();
    } catch (FileNotFoundException missing) {
      return false;
    }
  }

  @Override
  default SortedMap<String, Long> files(String folder) throws IOException {
    Path start = resolve(folder);
    SortedMap<String, Long> sizes = new TreeMap<>();
    if (!files().exists(start)) {
      return sizes;
    }

    RemoteIterator<LocatedFileStatus> statuses = files().listFiles(start, true);
    while (statuses.hasNext()) {
      LocatedFileStatus status = statuses.next();
      String path = start.toUri().relativize(status.getPath().toUri()).getPath();
      if (!Storage.isHidden(path)) {
        sizes.put(path, status.getLen());
      }
    }

    return sizes;
  }

  @Override
  default void delete(String path) throws IOException {
    files().delete(resolve(path), true);
  }

  @Override
  default void deleteEmpty(String folder) throws IOException {
    if (isFolder(folder) && statuses(folder).isEmpty()) {
      files().delete(resolve(folder), false);
    }
  }

  @Override
  default Optional<String> obstacle() throws IOException {
    try {
      Path existing = root();
      while (!files().exists(existing)) {
        existing = existing.getParent();
      }
      if (!files().getFileStatus(existing).isDirectory()) {
        return Optional.of("'%s' is not a folder".formatted(existing.toUri().getPath()));
      }
      files().access(existing, FsAction.WRITE);
      return Optional.empty();
    } catch (AccessControlException | ParentNotDirectoryException denied) {
      return Optional.of(String.valueOf(denied.getMessage()));
    }
  }

  @Override
  default boolean link(String file, String target) {
    return false;
  }

  @Override
  default void place(String file, String target) throws IOException {
    FileUtil.copy(files(), resolve(file), files(), resolve(target), false, files().getConf());
  }

  @Override
  default void flush(String folder) {
    // A file that is closed, and an object that is uploaded, are in several places already.
  }

  @Override
  default void point(String link, String target) {
    // Readers use current.json only.
  }

  @Override
  default boolean pointsTo(String link, String target) {
    return true;
  }
}
