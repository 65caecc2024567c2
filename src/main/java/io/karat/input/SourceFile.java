package io.karat.input;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/**
 * File of an input.
 *
 * @param status its path, size and time
 * @param folders the values that folders named {@code column=value} below the configured path state
 *     for all its rows, in their order; null for the word that Hive writes for no value
 * @param outerFolders those of the configured path itself, which hold where the rows state nothing
 */
public record SourceFile(
    FileStatus status, Map<String, String> folders, Map<String, String> outerFolders) {
  public SourceFile {
    folders = Collections.unmodifiableMap(new LinkedHashMap<>(folders));
    outerFolders = Collections.unmodifiableMap(new LinkedHashMap<>(outerFolders));
  }

  /** Its URI. */
  public String path() {
    return status.getPath().toUri().toString();
  }

  /** Its path as a reader would type it. */
  public String shown() {
    return status.getPath().toString().replaceFirst("^file:/+", "/");
  }

  public long bytes() {
    return status.getLen();
  }

  /**
   * What became of the file since it was listed, in words; empty if it is as it was.
   *
   * @param now its present size and time; empty if it is gone
   */
  Optional<String> change(Optional<FileStatus> now) {
    if (now.isEmpty()) {
      return Optional.of("vanished");
    }

    long size = now.get().getLen();
    if (size != bytes()) {
      return Optional.of(
          "%s from %d to %d bytes".formatted(size > bytes() ? "grew" : "shrank", bytes(), size));
    }
    return isSameTime(now.get().getModificationTime())
        ? Optional.empty()
        : Optional.of("was written again");
  }

  /**
   * A store that speaks S3 lists times in milliseconds, and tells that of one object in seconds.
   */
  private boolean isSameTime(long now) {
    long listed = status.getModificationTime();
    boolean isInSeconds = "s3a".equals(status.getPath().toUri().getScheme());
    return isInSeconds
        ? Instant.ofEpochMilli(now).getEpochSecond()
            == Instant.ofEpochMilli(listed).getEpochSecond()
        : now == listed;
  }

  /** Path, size and modification time, which tell two states of the file apart. */
  public String line() {
    return "%s %d %d".formatted(path(), bytes(), status.getModificationTime());
  }
}
