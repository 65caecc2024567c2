package io.karat.cli;

import static java.util.stream.Collectors.joining;

import io.karat.run.InputException;
import io.karat.run.KaratException;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Spark error condition with its parameters, and its explanation for users who deliver files. */
record SparkCondition(String name, Map<String, String> facts, Throwable failure) {
  /** The condition of a failure; empty if Spark gave it none. */
  static Optional<SparkCondition> of(Throwable failure) {
    return failure instanceof SparkThrowable spark && spark.getCondition() != null
        ? Optional.of(
            new SparkCondition(spark.getCondition(), spark.getMessageParameters(), failure))
        : Optional.empty();
  }

  /** The explanation of a condition that the user can fix; empty for any other. */
  Optional<KaratException> explanation() {
    return switch (name) {
      case "PATH_NOT_FOUND" -> input(missing());
      case "UNABLE_TO_INFER_SCHEMA" -> input(empty());
      case "CANNOT_MERGE_SCHEMAS" -> input(conflicting());
      case "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER" -> input(unreadable(shown(fact("path"))));
      case "FAILED_READ_FILE.FILE_NOT_EXIST" -> input(vanished());
      case "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH" -> input(mistyped());
      case "USER_RAISED_EXCEPTION" ->
          Optional.of(new RefusedException(fact("errorMessage"), failure));
      case "DATA_SOURCE_NOT_FOUND", "_LEGACY_ERROR_TEMP_1139" ->
          Optional.of(new UsageException(unknownFormat(), failure));
      default -> name.startsWith("FAILED_READ_FILE") ? input(unreadable(file())) : Optional.empty();
    };
  }

  private Optional<KaratException> input(String message) {
    return Optional.of(new InputException(message, failure));
  }

  private String missing() {
    return ("Input '%s' does not exist: expected a file, a folder or a pattern that matches one."
            + " Correct the path, or deliver the files.")
        .formatted(shown(fact("path")));
  }

  private String empty() {
    return ("An input of format %s has no files, so its columns are unknown: expected at least one"
            + " file. Correct the path, or deliver the files.")
        .formatted(fact("format"));
  }

  private String conflicting() {
    return ("The files of one input have different types: %s. Expected one type per column. Deliver"
            + " them again with one type.")
        .formatted(differences(struct(fact("left")), struct(fact("right"))));
  }

  private String unreadable(String file) {
    return "File '%s' cannot be read: %s. %s".formatted(file, reason(), advice());
  }

  private String advice() {
    if (isDenied()) {
      return "Change its permissions.";
    }
    if (Failures.detail(root()).startsWith("Checksum error")) {
      return "Delete that file if another program replaced the data since, else deliver it again.";
    }
    return isUnsupported()
        ? "Write it in another way, such as Parquet with zstd."
        : "Deliver it again, or move it away.";
  }

  /** Whether the file is sound, but made in a way that this Spark does not know. */
  private boolean isUnsupported() {
    return root() instanceof ClassNotFoundException
        || root() instanceof UnsupportedOperationException;
  }

  private String vanished() {
    return isDenied()
        ? unreadable(file())
        : ("File '%s' vanished before it was read: expected input files to stay until the"
                + " command ends. Run again.")
            .formatted(file());
  }

  private String mistyped() {
    return ("File '%s' has column %s as %s: expected %s, as in the files beside it."
            + " Deliver it again with that type.")
        .formatted(
            file(),
            fact("column").replace('[', '\'').replace(']', '\''),
            fact("actualType"),
            fact("expectedType"));
  }

  private String unknownFormat() {
    return ("Format '%s' is unknown to this Spark: expected one that it can read, such as parquet,"
            + " orc, csv or json. Correct it, or add its package with --packages.")
        .formatted(fact("provider"));
  }

  private String reason() {
    String detail = Failures.detail(root());
    if (detail.contains("is not a Parquet file")) {
      return "it is not a Parquet file";
    }
    if (isDenied()) {
      return "user '%s' has no permission".formatted(System.getProperty("user.name"));
    }
    if (detail.contains("CRC checksum verification failed")) {
      return "a page of it does not match its checksum";
    }
    if (root() instanceof ClassNotFoundException) {
      return "it needs '%s', which this Spark lacks".formatted(detail);
    }
    return detail.startsWith("Checksum error") ? checksum() : detail;
  }

  private String checksum() {
    String path = file();
    String sidecar = ".%s.crc".formatted(path.substring(path.lastIndexOf('/') + 1));
    return "it does not match its checksum file '%s'".formatted(sidecar);
  }

  /** Whether a local file may not be read, which Hadoop reports as a missing file. */
  private boolean isDenied() {
    return Failures.detail(root()).endsWith("(Permission denied)");
  }

  private Throwable root() {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private String fact(String key) {
    return facts.getOrDefault(key, "unknown");
  }

  /** The file, decoded: most conditions carry its path as a URI, with {@code %20} for a space. */
  private String file() {
    return shown(new Path(URI.create(fact("path"))).toString());
  }

  private static String shown(String path) {
    return path.replaceFirst("^file:/+", "/");
  }

  private static StructType struct(String quoted) {
    return (StructType) DataType.fromDDL(quoted.replaceAll("^\"|\"$", ""));
  }

  private static String differences(StructType one, StructType other) {
    List<String> names = List.of(other.fieldNames());
    return Arrays.stream(one.fields())
        .filter(field -> names.contains(field.name()))
        .filter(field -> !field.dataType().equals(other.apply(field.name()).dataType()))
        .map(field -> difference(field, other.apply(field.name())))
        .collect(joining("; "));
  }

  private static String difference(StructField one, StructField other) {
    return "column '%s' is %s in one and %s in another"
        .formatted(one.name(), one.dataType().simpleString(), other.dataType().simpleString());
  }
}
