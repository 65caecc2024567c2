package io.karat.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;

/**
 * Storage of an output folder on HDFS. A file is created exclusively by renaming a finished one
 * without overwriting, which the name node decides. HDFS has neither hard nor symbolic links.
 */
record HdfsStorage(FileContext files, Path root) implements Storage {
  static HdfsStorage at(Path folder, Configuration hadoop) throws IOException {
    FileContext files =
        folder.toUri().getScheme() == null
            ? FileContext.getFileContext(hadoop)
            : FileContext.getFileContext(folder.toUri(), hadoop);
    return new HdfsStorage(files, files.makeQualified(folder));
  }

  @Override
  public String location(String path) {
    return resolve(path).toString();
  }

  @Override
  public boolean create(String file, String text) throws IOException {
    Path finished = write(file, text);
    try {
      // Decides between two writers: the rename fails if the name is taken.
      files.rename(finished, resolve(file), Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException taken) {
      files.delete(finished, false);
      return false;
    }
  }

  @Override
  public void replace(String file, String text) throws IOException {
    files.rename(write(file, text), resolve(file), Options.Rename.OVERWRITE);
  }

  @Override
  public Optional<String> read(String file) throws IOException {
    try (FSDataInputStream in = files.open(resolve(file))) {
      return Optional.of(new String(in.readAllBytes(), UTF_8));
    } catch (FileNotFoundException missing) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> names(String folder) throws IOException {
    return names(folder, FileStatus::isFile);
  }

  @Override
  public List<String> folders(String folder) throws IOException {
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

  private List<FileStatus> statuses(String folder) throws IOException {
    List<FileStatus> all = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> statuses = files.listStatus(resolve(folder));
      while (statuses.hasNext()) {
        all.add(statuses.next());
      }
    } catch (FileNotFoundException missing) {
      return List.of();
    }
    return all;
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    return files.util().exists(resolve(path)) && files.getFileStatus(resolve(path)).isDirectory();
  }

  @Override
  public SortedMap<String, Long> files(String folder) throws IOException {
    Path start = resolve(folder);
    SortedMap<String, Long> sizes = new TreeMap<>();
    if (!files.util().exists(start)) {
      return sizes;
    }

    RemoteIterator<LocatedFileStatus> statuses = files.util().listFiles(start, true);
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
  public String setAside(String path) throws IOException {
    String aside = "%s.aside-%s".formatted(path, UUID.randomUUID());
    files.rename(resolve(path), resolve(aside), Options.Rename.NONE);
    return aside;
  }

  @Override
  public void sweep(String folder, Instant oldest) throws IOException {
    for (FileStatus status : statuses(folder)) {
      if (Storage.isUnfinished(status.getPath().getName())
          && status.getModificationTime() < oldest.toEpochMilli()) {
        files.delete(status.getPath(), false);
      }
    }
  }

  @Override
  public void delete(String path) throws IOException {
    if (files.util().exists(resolve(path))) {
      files.delete(resolve(path), true);
    }
  }

  @Override
  public void deleteEmpty(String folder) throws IOException {
    Path path = resolve(folder);
    if (files.util().exists(path) && !files.listStatus(path).hasNext()) {
      files.delete(path, false);
    }
  }

  @Override
  public Optional<String> obstacle() throws IOException {
    try {
      Path existing = root;
      while (!files.util().exists(existing)) {
        existing = existing.getParent();
      }
      if (!files.getFileStatus(existing).isDirectory()) {
        return Optional.of("'%s' is not a folder".formatted(existing.toUri().getPath()));
      }
      files.access(existing, FsAction.WRITE);
      return Optional.empty();
    } catch (AccessControlException | ParentNotDirectoryException denied) {
      return Optional.of(String.valueOf(denied.getMessage()));
    }
  }

  @Override
  public void place(String file, String target) throws IOException {
    Path placed = resolve(target);
    makeParent(placed);
    files.util().copy(resolve(file), placed);
  }

  @Override
  public void flush(String folder) {
    // A closed file is on several data nodes already.
  }

  @Override
  public void point(String link, String target) {
    // Readers on HDFS use current.json only.
  }

  @Override
  public boolean pointsTo(String link, String target) {
    return true;
  }

  private Path write(String file, String text) throws IOException {
    Path target = resolve(file);
    makeParent(target);
    Path finished = new Path(target.getParent(), Storage.unfinished(target.getName()));
    try (FSDataOutputStream out = files.create(finished, EnumSet.of(CreateFlag.CREATE))) {
      out.write(text.getBytes(UTF_8));
      out.hsync();
    }

    return finished;
  }

  private void makeParent(Path path) throws IOException {
    files.mkdir(path.getParent(), FsPermission.getDirDefault(), true);
  }

  private Path resolve(String path) {
    return path.isEmpty() ? root : new Path(root, path);
  }
}
