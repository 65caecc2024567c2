package io.karat.lakehouse;

import io.karat.engine.SparkAction;
import io.karat.engine.SparkActionException;
import io.karat.publishing.ShownRelease;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Table of one row that names the release which readers see. All tables change at once when it
 * does.
 */
record CurrentPointer(Lake lake) {
  static final String NAME = "current_release";

  private static final int TRIES = 10;

  /** The release that readers see; empty if there is none yet. */
  Optional<ShownRelease> shown() {
    return lake.has(NAME)
        ? row()
            .filter(row -> row.getLong(2) > 0)
            .map(row -> new ShownRelease(row.getString(0), day(row), row.getLong(2)))
        : Optional.empty();
  }

  /** The id of the output that it follows; empty if there is no pointer yet. */
  Optional<String> outputId() {
    return lake.has(NAME) ? row().map(row -> row.getString(3)) : Optional.empty();
  }

  private Optional<Row> row() {
    return lake
        .rows("SELECT run_id, as_of_date, commit_number, output_id FROM " + lake.refreshed(NAME))
        .stream()
        .findFirst();
  }

  private static LocalDate day(Row row) {
    return row.<java.sql.Date>getAs(1).toLocalDate();
  }

  /** Creates the pointer, to nothing yet, where there is none. */
  void require(String outputId) {
    if (!lake.has(NAME)) {
      lake.run(
          """
          CREATE TABLE IF NOT EXISTS %s USING iceberg
          COMMENT 'The release that readers see, in one row.'
          TBLPROPERTIES ('write.update.mode' = 'copy-on-write',
            'write.update.isolation-level' = 'serializable')
          AS SELECT CAST(NULL AS STRING) run_id, CAST(NULL AS DATE) as_of_date,
            CAST(NULL AS TIMESTAMP) published_at, 0L commit_number, %s output_id
          """
              .formatted(lake.name(NAME), Lake.text(outputId)));
    }
  }

  /**
   * Shows readers a release, unless they see that of a later commit. Of several processes that do
   * so at once, Iceberg lets one through after the other.
   *
   * @param publishedAt the time of its commit
   */
  void show(ShownRelease release, Instant publishedAt, String outputId) {
    for (int tried = 1; !isShown(release); tried++) {
      try {
        SparkAction.run(() -> update(release, publishedAt, outputId));
      } catch (SparkActionException conflict) {
        if (tried == TRIES) {
          throw conflict;
        }
      }
    }
  }

  private boolean isShown(ShownRelease release) {
    return shown().filter(it -> it.commit() >= release.commit()).isPresent();
  }

  private void update(ShownRelease release, Instant publishedAt, String outputId) {
    lake.run(
        """
        UPDATE %s SET run_id = %s, as_of_date = DATE '%s',
          published_at = TIMESTAMP '%s', commit_number = %d
        WHERE commit_number < %d AND output_id = %s
        """
            .formatted(
                lake.refreshed(NAME),
                Lake.text(release.runId()),
                release.asOf(),
                publishedAt,
                release.commit(),
                release.commit(),
                Lake.text(outputId)));
  }
}
