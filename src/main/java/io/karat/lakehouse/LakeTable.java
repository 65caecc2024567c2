package io.karat.lakehouse;

import static org.apache.spark.sql.functions.col;

import io.karat.publishing.Release;
import io.karat.tables.Columns;
import io.karat.tables.ContentHash;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Table of a lake: the rows of each run are a partition, and a tag is the snapshot with which they
 * came.
 *
 * @param partition the column with the run that a row belongs to
 */
record LakeTable(Lake lake, String name, String partition) {
  /** What the name of a tag begins with, before the run. */
  private static final String TAG = "run_";

  /** Creates the table with the columns of a release, where there is none. */
  void require(StructType columns, String meaning) {
    StructType nullable = new StructType();
    for (StructField it : columns.fields()) {
      nullable = nullable.add(it.name(), it.dataType(), true, it.metadata());
    }
    lake.run(
        """
        CREATE TABLE IF NOT EXISTS %s (%s) USING iceberg PARTITIONED BY (%s) COMMENT %s
        TBLPROPERTIES ('format-version' = '2', 'write.spark.accept-any-schema' = 'true',
          'write.distribution-mode' = 'none', 'write.spark.fanout.enabled' = 'true')
        """
            .formatted(
                lake.name(name), nullable.toDDL(), Lake.quoted(partition), Lake.text(meaning)));
  }

  /** The runs that are there, whole. */
  List<String> runs() {
    return lake
        .texts("SELECT name FROM %s.refs WHERE type = 'TAG'".formatted(lake.refreshed(name)))
        .stream()
        .filter(tag -> tag.startsWith(TAG))
        .map(tag -> tag.substring(TAG.length()))
        .toList();
  }

  boolean has(String run) {
    return runs().contains(run);
  }

  /** Writes the rows of a run, in place of those of an attempt that was cut off. */
  void write(String run, Dataset<Row> rows) {
    lake.asked(
        () -> {
          rows.writeTo(lake.name(name))
              .option("mergeSchema", "true")
              .option("check-ordering", "false")
              .overwrite(isOf(run));
          return run;
        });
  }

  /**
   * Reads the rows of a run back.
   *
   * @throws LakeException if they are not those that were published
   */
  void requireSame(String run, StructType columns, Release.Table published) {
    Column[] read =
        Arrays.stream(columns.fields())
            .filter(it -> !it.name().equals(partition) || partition.equals(Columns.RUN_ID))
            .map(it -> col(it.name()).cast(it.dataType()).as(it.name()))
            .toArray(Column[]::new);
    published
        .damage(
            ContentHash.of(lake.spark().table(lake.refreshed(name)).where(isOf(run)).select(read)))
        .ifPresent(
            damage -> {
              throw new LakeException(lake, "table '%s' %s".formatted(name, damage));
            });
  }

  /** Names the snapshot with which a run came, which says that it is whole. */
  void tag(String run) {
    lake.run(
        "ALTER TABLE %s CREATE OR REPLACE TAG %s"
            .formatted(lake.name(name), Lake.quoted(TAG + run)));
  }

  private Column isOf(String run) {
    return col(partition).equalTo(run);
  }

  /**
   * Removes the rows and tags of all runs but some, and the snapshots that only they need.
   *
   * @param before snapshots since then stay, for those who read them
   */
  void keep(Collection<String> kept, Instant before) {
    for (String run : runs()) {
      if (!kept.contains(run)) {
        lake.run("ALTER TABLE %s DROP TAG %s".formatted(lake.name(name), Lake.quoted(TAG + run)));
      }
    }
    lake.run(
        "DELETE FROM %s WHERE %s NOT IN (%s)"
            .formatted(lake.name(name), Lake.quoted(partition), Lake.literals(kept)));
    lake.expire(name, before);
  }
}
