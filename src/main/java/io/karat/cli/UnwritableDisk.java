package io.karat.cli;

import io.karat.run.KaratException;
import io.karat.run.UsageException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;

/**
 * Disk, quota or file system that takes no more bytes while a command writes.
 *
 * @param place the file or folder that was written, quoted after a blank; empty if nobody says
 */
record UnwritableDisk(Kind kind, String place, Throwable failure) {
  /** Cause for which it takes no more, by a pattern of the words with which systems say so. */
  enum Kind {
    FULL(
        "No space left on device|could only be written to 0 of the",
        "A disk is full: there is no space left to write%s. Expected room for the tables of a night"
            + " and for Spark's temporary files. Free some, or set output.path or"
            + " spark.local.dir to a larger disk, then run again."),
    QUOTA(
        "Disk quota exceeded|quota of .* is exceeded|QuotaExceededException",
        "A quota is used up: nothing more can be written%s. Expected room for the tables of a night"
            + " and for Spark's temporary files. Raise the quota or delete what is not needed,"
            + " then run again."),
    READ_ONLY(
        "Read-only file system|Name node is in safe mode",
        "A file system became read-only: nothing can be written%s. Expected one that stays writable"
            + " until the command ends. Make it writable, then run again.");

    private final String words;
    private final String message;

    Kind(String words, String message) {
      this.words = words;
      this.message = message;
    }

    private boolean isIn(Throwable link) {
      return Pattern.compile(words).matcher(link.toString()).find();
    }
  }

  /** The full or read-only disk in a failure and its causes; empty if there is none. */
  static Optional<UnwritableDisk> in(List<Throwable> chain) {
    return Stream.of(Kind.values())
        .filter(kind -> chain.stream().anyMatch(kind::isIn))
        .findFirst()
        .map(kind -> new UnwritableDisk(kind, place(chain), chain.get(0)));
  }

  private static String place(List<Throwable> chain) {
    return chain.stream()
        .flatMap(link -> place(link).stream())
        .findFirst()
        .map(path -> " '%s'".formatted(path.replaceFirst("^file:(?=/[^/])", "")))
        .orElse("");
  }

  private static Optional<String> place(Throwable link) {
    if (link instanceof FileSystemException file) {
      return Optional.ofNullable(file.getFile());
    }
    return link instanceof SparkThrowable spark
        ? Optional.ofNullable(spark.getMessageParameters().get("path"))
        : Optional.empty();
  }

  KaratException explanation() {
    return new UsageException(kind.message.formatted(place), failure);
  }
}
