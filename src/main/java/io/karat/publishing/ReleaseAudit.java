package io.karat.publishing;

import io.karat.engine.SparkAction;
import io.karat.engine.SparkActionException;
import io.karat.run.RefusedException;
import io.karat.tables.ContentHash;
import io.karat.tables.StoredSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Audit of published tables: reads them back, and compares rows and content hashes with those of
 * the commit.
 */
public record ReleaseAudit(SparkSession spark, OutputFolder output) implements ReleaseCheck {
  /**
   * Finding about one table.
   *
   * @param rows the number of rows that the commit says
   * @param damage what is wrong with it, as a clause; empty if it is as it was published
   */
  public record Finding(String table, long rows, Optional<String> damage) {
    String words() {
      return "%s %s".formatted(table, damage.orElse("is as it was published"));
    }
  }

  @Override
  public void require(Release release, String refusal) throws IOException {
    List<String> damaged =
        tables(release).stream().filter(it -> it.damage().isPresent()).map(Finding::words).toList();
    if (!damaged.isEmpty()) {
      throw new RefusedException(
          ("%s: the files of run %s are damaged: %s. Nothing was changed. Restore them from a"
                  + " backup, or run 'karat repair' and compute the night again.")
              .formatted(refusal, release.runId(), String.join("; ", damaged)));
    }
  }

  /** What is wrong with the history rows of a night, as a clause; empty if nothing is. */
  Optional<String> history(Commit.Night night) {
    return night.files().isEmpty()
        ? Optional.empty()
        : damage(night.table(), night.files().stream().map(output::location).toList());
  }

  /** Audits every table of a release whose files are kept, and the history rows of its night. */
  public List<Finding> of(Release release) throws IOException {
    List<Finding> findings = new ArrayList<>(tables(release));
    Optional<HistoryNight> night = output.history().night(release);
    if (night.isPresent()) {
      findings.add(
          finding("history of " + release.asOf(), night.get().table(), night.get().files()));
    }
    return findings;
  }

  /** Audits every table of a release whose files are kept. */
  List<Finding> tables(Release release) throws IOException {
    spark.sparkContext().setJobDescription("karat: audit of run " + release.runId());
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, Release.Table> table : release.tables().entrySet()) {
      findings.add(finding(table.getKey(), table.getValue(), output.tables(release)));
    }
    return findings;
  }

  private Finding finding(String name, Release.Table table, RunTables tables) {
    try {
      return finding(name, table, tables.parquet(name));
    } catch (IOException | DamagedFileException unreadable) {
      return new Finding(name, table.rows(), Optional.of(unreadable(unreadable)));
    }
  }

  private Finding finding(String name, Release.Table table, List<String> files) {
    return new Finding(name, table.rows(), damage(table, files));
  }

  private Optional<String> damage(Release.Table table, List<String> files) {
    try {
      return table.damage(SparkAction.result(() -> contentOf(files)));
    } catch (SparkActionException unreadable) {
      return Optional.of(unreadable(unreadable));
    }
  }

  private static String unreadable(Exception problem) {
    return "cannot be read (%s)".formatted(reason(problem));
  }

  private ContentHash contentOf(List<String> files) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Map<StructType, List<String>> bySchema = new HashMap<>();
    for (String file : files) {
      bySchema
          .computeIfAbsent(StoredSchema.ofFile(file, hadoop), it -> new ArrayList<>())
          .add(file);
    }
    ContentHash content = ContentHash.NONE;
    for (Map.Entry<StructType, List<String>> group : bySchema.entrySet()) {
      Dataset<Row> rows =
          spark.read().schema(group.getKey()).parquet(group.getValue().toArray(String[]::new));
      content = content.plus(ContentHash.of(rows));
    }
    return content;
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
