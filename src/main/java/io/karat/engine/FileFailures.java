package io.karat.engine;

import java.io.FileNotFoundException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Reasons why a file cannot be opened, in words. */
final class FileFailures {
  static final String DELIVER = "Deliver it again, or move it away.";

  private FileFailures() {}

  static UnreadableFileException of(FileStatus file, Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    if (root instanceof ChecksumException) {
      Path path = file.getPath();
      return unreadable(
          file,
          "it does not match its checksum file '.%s.crc'".formatted(path.getName()),
          "Delete that file if another program replaced the data since, else deliver it again.",
          failure);
    }
    if (message.contains("(Permission denied)")) {
      return unreadable(
          file,
          "user '%s' has no permission".formatted(System.getProperty("user.name")),
          "Change its permissions.",
          failure);
    }
    if (root instanceof FileNotFoundException) {
      return unreadable(
          file,
          "it vanished before it was read",
          "Keep input files until the command ends, and run again.",
          failure);
    }
    return unreadable(file, message.isEmpty() ? "it is damaged" : message, DELIVER, failure);
  }

  static UnreadableFileException damaged(FileStatus file, String reason, Throwable failure) {
    return unreadable(file, reason, DELIVER, failure);
  }

  static UnreadableFileException unreadable(
      FileStatus file, String reason, String advice, Throwable failure) {
    UnreadableFileException unreadable = unreadable(file, reason, advice);
    unreadable.initCause(failure);
    return unreadable;
  }

  static UnreadableFileException unreadable(FileStatus file, String reason, String advice) {
    String path = file.getPath().toString().replaceFirst("^file:/+", "/");
    return new UnreadableFileException(path, reason.replaceAll("[.\\s]+$", ""), advice);
  }
}
