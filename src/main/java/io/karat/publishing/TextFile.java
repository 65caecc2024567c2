package io.karat.publishing;

import io.karat.run.Umask;
import io.karat.run.UsageException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Small text file that may be read at any time: it is replaced in one step. */
public final class TextFile {
  private final Storage folder;
  private final String name;

  private TextFile(Storage folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /**
   * Opens a file, which need not exist yet.
   *
   * @throws UsageException if it is neither on this machine nor on HDFS or S3
   */
  public static TextFile at(String location, Configuration hadoop) throws IOException {
    Path path = new Path(location);
    Path parent = path.getParent();
    return new TextFile(
        Storage.of(parent == null ? Path.CUR_DIR : parent.toString(), hadoop, Umask.OF_PROCESS),
        path.getName());
  }

  /** Reads its text; empty if there is no file. */
  public Optional<String> read() throws IOException {
    return folder.read(name);
  }

  /** Writes or replaces its text. */
  public void replace(String text) throws IOException {
    folder.replace(name, text);
  }
}
