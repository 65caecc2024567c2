package io.karat.run;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The permissions that new files and folders do not have, as three octal digits for owner, group
 * and others; by default the group may read, and others nothing.
 */
public record Umask(String digits) {
  /** The key of Hadoop's settings, by which Spark writes files. */
  private static final String HADOOP = "fs.permissions.umask-mode";

  /** What leaves it to the umask of the process. */
  public static final Umask OF_PROCESS = new Umask("000");

  private static final int RADIX = 8;
  private static final int OWNER_READS = 0400;

  /** The one that Hadoop's file systems apply. */
  public static Umask of(Configuration hadoop) {
    return new Umask("%03o".formatted(FsPermission.getUMask(hadoop).toShort()));
  }

  /** Sets it for what Hadoop's file systems, and so Spark, write from now on. */
  public void apply(Configuration hadoop) {
    hadoop.set(HADOOP, digits);
  }

  /** The permissions of a new file on this machine. */
  public FileAttribute<Set<PosixFilePermission>> forFiles() {
    Set<PosixFilePermission> permissions = given();
    permissions.removeIf(permission -> permission.name().endsWith("EXECUTE"));
    return PosixFilePermissions.asFileAttribute(permissions);
  }

  /** The permissions of a new folder on this machine. */
  public FileAttribute<Set<PosixFilePermission>> forFolders() {
    return PosixFilePermissions.asFileAttribute(given());
  }

  private Set<PosixFilePermission> given() {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    int withheld = Integer.parseInt(digits, RADIX);
    // In the order of the constants, from the owner's right to read to the others' to execute.
    int bit = OWNER_READS;
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      if ((withheld & bit) == 0) {
        permissions.add(permission);
      }
      bit >>= 1;
    }
    return permissions;
  }
}
