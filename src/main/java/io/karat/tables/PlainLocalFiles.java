package io.karat.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * A local file system for many small files: without a checksum file for each, and without a process
 * per file that sets its permissions, which Hadoop starts if its native library is absent.
 *
 * <p>Public because Hadoop instantiates it by name. It is a {@link LocalFileSystem}, as whatever
 * keeps what it uploads on a disk first takes this one for that.
 */
public final class PlainLocalFiles extends LocalFileSystem {
  /**
   * Hadoop settings that use this class for {@code file:} in one job; other schemes are unaffected.
   */
  public static final Map<String, String> SETTINGS =
      Map.of("fs.file.impl", PlainLocalFiles.class.getName(), "fs.file.impl.disable.cache", "true");

  public PlainLocalFiles() {
    super(new OwnPermissions());
    setWriteChecksum(false);
    setVerifyChecksum(false);
  }

  /** A copy of the configuration with this class for {@code file:}. */
  public static Configuration in(Configuration hadoop) {
    Configuration copy = new Configuration(hadoop);
    SETTINGS.forEach(copy::set);
    return copy;
  }

  /** Files whose permissions this process sets. */
  private static final class OwnPermissions extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      Files.setPosixFilePermissions(
          pathToFile(path).toPath(), PosixFilePermissions.fromString(symbols));
    }
  }
}
