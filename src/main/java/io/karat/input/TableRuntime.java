package io.karat.input;

import io.karat.engine.SparkActionException;
import io.karat.run.InputException;
import io.karat.run.UsageException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.package$;

/**
 * Library that is no part of Spark, such as one that reads tables of a format.
 *
 * @param title what it is for, in words
 * @param mainClass a class of the library
 * @param packages its Maven coordinates for each release line of Spark that it is built for
 */
public record TableRuntime(String title, String mainClass, Map<String, String> packages) {
  /** The library of Iceberg. */
  public static final TableRuntime ICEBERG =
      new TableRuntime(
          "an Iceberg table",
          "org.apache.iceberg.spark.source.IcebergSource",
          Map.of(
              "4.0", "org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:1.11.0",
              "4.1", "org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.12.0"));

  public TableRuntime {
    packages = Map.copyOf(packages);
  }

  /** Whether the library is on the class path. */
  public boolean isThere() {
    try {
      Class.forName(mainClass, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException missing) {
      return false;
    }
  }

  /**
   * Ends a command whose input needs the library.
   *
   * @throws UsageException if it is not on the class path
   */
  void require(Source source) {
    if (!isThere()) {
      throw new UsageException(
          "Input '%s' is %s, which this Spark cannot read: its jar is missing. %s"
              .formatted(source.table(), title, remedy()));
    }
  }

  /** What to do where the library is missing. */
  public String remedy() {
    return remedy(package$.MODULE$.SPARK_VERSION());
  }

  String remedy(String spark) {
    String line = spark.replaceAll("^(\\d+\\.\\d+).*", "$1");
    return Optional.ofNullable(packages.get(line))
        .map(
            "Add --packages %s to the command, or put that jar and those that it needs into the jars of Spark."
                ::formatted)
        .orElseGet(
            () ->
                "No package of it is known for Spark %s: take Spark %s, or put a jar of it for this Spark into the jars of Spark."
                    .formatted(line, String.join(" or ", new TreeSet<>(packages.keySet()))));
  }

  /** The failure of an input whose table cannot be read, with the first line of the reason. */
  InputException unreadable(Source source, SparkActionException failure) {
    String reason =
        String.valueOf(failure.getMessage())
            .lines()
            .findFirst()
            .orElse("")
            .replaceAll("^\\[[A-Z0-9_.]+\\] |[.\\s]+$", "");
    return new InputException(
        "Input '%s' cannot be read: '%s' is %s, whose reader says: %s. Correct 'inputs.%s' or its options, or repair the table."
            .formatted(
                source.table(), source.path(), title, reason, Source.pathKey(source.table())),
        failure);
  }
}
