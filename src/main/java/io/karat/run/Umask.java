package io.karat.run;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * The permissions that new files and folders do not have, as three octal digits for owner, group
 * and others; by default the group may read, and others nothing.
 */
public record Umask(String digits) {
  /** The key of Hadoop's settings, by which Spark writes files. */
  private static final String HADOOP = "fs.permissions.umask-mode";

  private static final int RADIX = 8;

  /** Sets it for what Hadoop's file systems, and so Spark, write from now on. */
  public void apply(Configuration hadoop) {
    hadoop.set(HADOOP, digits);
  }

  /** The permissions of a new file on this machine. */
  public FileAttribute<Set<PosixFilePermission>> forFiles() {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    int withheld = Integer.parseInt(digits, RADIX);
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      // In the order of the constants, from the owner's right to read to the others' to execute.
      boolean isGiven = (withheld & (0400 >> permission.ordinal())) == 0;
      if (isGiven && !permission.name().endsWith("EXECUTE")) {
        permissions.add(permission);
      }
    }
    return PosixFilePermissions.asFileAttribute(permissions);
  }
}
