package io.karat.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Storage of an output folder on HDFS. A file is created exclusively by renaming a finished one
 * without overwriting, which the name node decides.
 *
 * @param names the interface of the same files that renames without overwriting
 */
record HdfsStorage(FileSystem files, FileContext names, Path root) implements HadoopStorage {
  static HdfsStorage at(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    Path root = files.makeQualified(folder);
    return new HdfsStorage(files, FileContext.getFileContext(root.toUri(), hadoop), root);
  }

  @Override
  public boolean create(String file, String text) throws IOException {
    Path finished = write(file, List.of(text).iterator());
    try {
      // Decides between two writers: the rename fails if the name is taken.
      names.rename(finished, resolve(file), Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException taken) {
      files.delete(finished, false);
      return false;
    }
  }

  @Override
  public void replace(String file, Iterator<String> pieces) throws IOException {
    names.rename(write(file, pieces), resolve(file), Options.Rename.OVERWRITE);
  }

  @Override
  public String setAside(String path) throws IOException {
    String aside = "%s.aside-%s".formatted(path, UUID.randomUUID());
    names.rename(resolve(path), resolve(aside), Options.Rename.NONE);
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

  private Path write(String file, Iterator<String> pieces) throws IOException {
    Path target = resolve(file);
    names.mkdir(target.getParent(), FsPermission.getDirDefault(), true);
    Path finished = new Path(target.getParent(), Storage.unfinished(target.getName()));
    try (FSDataOutputStream out = names.create(finished, EnumSet.of(CreateFlag.CREATE))) {
      while (pieces.hasNext()) {
        out.write(pieces.next().getBytes(UTF_8));
      }
      out.hsync();
    }

    return finished;
  }
}
