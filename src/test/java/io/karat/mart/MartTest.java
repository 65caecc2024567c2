package io.karat.mart;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.mart.LivePostgres.Bi;
import io.karat.publishing.Commit;
import io.karat.publishing.PublisherException;
import io.karat.run.ExitCode;
import io.karat.testing.LocalSpark;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The release that readers of a mart see after nights, rollbacks and repeats. */
@ExtendWith({LocalSpark.class, LivePostgres.class})
class MartTest {
  private static final String VALUE =
      "SELECT as_of_date, run_id, customer_id, tier, sales FROM {schema}.customer_value ORDER BY 3";

  private static final String PARTITIONS =
      "SELECT inhrelid::regclass FROM pg_inherits"
          + " WHERE inhparent::regclass::text LIKE '{schema}_runs.%' ORDER BY 1";

  private final SparkSession spark;
  private final Bi bi;
  @TempDir Path folder;
  private ToyReleases toy;

  MartTest(SparkSession spark, Bi bi) {
    this.spark = spark;
    this.bi = bi;
  }

  @BeforeEach
  void open() throws IOException {
    toy = ToyReleases.at(spark, folder, bi);
  }

  @Test
  void readersSeeTheLiveReleaseInEveryTable() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");

    try (Connection reader = bi.asReader()) {
      assertEquals("2026-03-01|a|ann|GOLD|12.50\n2026-03-01|a|bob|∅|0.05", bi.read(reader, VALUE));
      assertEquals(
          "a|2026-03-01|2026-03-02 12:00:00|1",
          bi.read(
              reader,
              "SELECT run_id, as_of_date, published_at AT TIME ZONE 'UTC', commit_number"
                  + " FROM {schema}.current_release"));
    }

    toy.follow("b", "2026-03-02");

    assertEquals("2026-03-02|b|ann|GOLD|12.50\n2026-03-02|b|bob|∅|0.05", bi.read(VALUE));
    assertEquals("2026-03-02|S1", bi.read("SELECT as_of_date, segment_id FROM {schema}.segments"));
    assertEquals("b\nearlier", bi.read("SELECT run_id FROM {schema}.runs ORDER BY run_id"));
    assertEquals(
        "2026-03-01|a|12.55\n2026-03-02|b|12.55",
        bi.read(
            "SELECT as_of_date, run_id, sum(sales) FROM {schema}.customer_value_history"
                + " GROUP BY 1, 2 ORDER BY 1"));
  }

  @Test
  void aRollbackShowsTheNightBeforeAndItsHistory() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    toy.follow("b", "2026-03-02");

    toy.rollBack();
    toy.follow();

    assertEquals("a|3", bi.read("SELECT run_id, commit_number FROM {schema}.current_release"));
    assertEquals(
        "2026-03-01", bi.read("SELECT DISTINCT as_of_date FROM {schema}.customer_value_history"));
  }

  @Test
  void aRepeatChangesNothingAndASlowerProcessCannotTurnBack() throws IOException, SQLException {
    Commit first = toy.follow("a", "2026-03-01");
    toy.follow("b", "2026-03-02");
    String partitions = bi.read(PARTITIONS);

    toy.follow();
    toy.mart().follow(first, SilentProgress.INSTANCE);

    assertEquals("b|2", bi.read("SELECT run_id, commit_number FROM {schema}.current_release"));
    assertEquals(partitions, bi.read(PARTITIONS));
  }

  @Test
  void whatItShowsIsSaidBesideWhatTheDirectorySays() throws IOException {
    String place = "schema '%s' of %s.".formatted(bi.schema(), bi.url());
    toy.publish("a", "2026-03-01");
    assertEquals(
        "PostgreSQL shows nothing in %s It is behind the output folder: 'karat publish a' updates it."
            .formatted(place),
        state());

    toy.follow();
    assertEquals("PostgreSQL shows night 2026-03-01, run a in " + place, state());

    toy.publish("b", "2026-03-02");
    assertEquals(
        "PostgreSQL shows night 2026-03-01, run a in %s It is behind the output folder: 'karat publish b' updates it."
            .formatted(place),
        state());
  }

  private String state() throws IOException {
    return toy.mart().state(toy.output().status());
  }

  @Test
  void aNightThatTheMartMissedIsInItsHistoryAllTheSame() throws IOException, SQLException {
    toy.publish("a", "2026-03-01");
    toy.follow("b", "2026-03-02");

    assertEquals(
        "2026-03-01|a\n2026-03-02|b",
        bi.read(
            "SELECT DISTINCT as_of_date, run_id FROM {schema}.customer_value_history ORDER BY 1"));
    assertEquals("b", bi.read("SELECT run_id FROM {schema}_runs.loaded_release"));
  }

  @Test
  void tablesHaveCommentsKeysAndIndexesAndReadersMayReadThemAlone()
      throws IOException, SQLException {
    toy.follow("a", "2026-03-01");

    assertEquals(
        "One row per customer.|What they buy. Isn't it?",
        bi.read(
            "SELECT obj_description('{schema}.customer_value'::regclass, 'pg_class'), description"
                + " FROM pg_description JOIN pg_attribute ON objoid = attrelid AND objsubid = attnum"
                + " WHERE attname = 'sales' AND attrelid = '{schema}.customer_value'::regclass"));
    assertEquals(
        """
        customer_value|(customer_id, run_id)
        customer_value|(tier)
        customer_value_history|(customer_id, run_id)
        runs|(run_id, of_release)
        segments|(segment_id, run_id)""",
        bi.read(
            "SELECT tablename, substring(indexdef FROM '\\(.*') FROM pg_indexes"
                + " JOIN pg_class ON relname = tablename AND relkind = 'p'"
                + " AND relnamespace = '{schema}_runs'::regnamespace"
                + " WHERE schemaname = '{schema}_runs' ORDER BY 1, 2"));
    assertEquals(
        "customer_value|anne\ncustomer_value_history|anne\ndates|anne\nruns|anne\nsegments|anne",
        bi.read(
            "WITH views AS MATERIALIZED (SELECT viewname FROM pg_views"
                + " WHERE schemaname = '{schema}') SELECT viewname, 'anne' FROM views"
                + " WHERE has_table_privilege('anne', '{schema}.' || viewname, 'SELECT')"
                + " ORDER BY 1"));
    assertEquals("f", bi.read("SELECT has_schema_privilege('anne', '{schema}_runs', 'USAGE')"));
  }

  @Test
  void aQuestionAboutOneNightOfTheHistoryReadsItsPartitionAlone() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    toy.follow("b", "2026-03-02");

    String plan =
        bi.read(
            "EXPLAIN SELECT * FROM {schema}.customer_value_history"
                + " WHERE as_of_date = DATE '2026-03-02'");

    assertTrue(plan.contains("customer_value_history_b_"), plan);
    assertFalse(plan.contains("customer_value_history_a_"), plan);
  }

  @Test
  void aNewColumnIsAddedAndOneThatIsGoneStaysEmpty() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    Commit commit =
        toy.publish(
            "b",
            "2026-03-02",
            toy.value("ann | GOLD | 12.50")
                .drop("tier", "tier_name")
                .withColumn("visits", lit(3L)));

    toy.mart().follow(commit, SilentProgress.INSTANCE);

    assertEquals(
        "ann|∅|12.50|3",
        bi.read("SELECT customer_id, tier, sales, visits FROM {schema}.customer_value"));
  }

  @Test
  void aColumnOfAnotherTypeStopsTheMartAndSaysWhatToDo() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    Commit commit =
        toy.publish(
            "b",
            "2026-03-02",
            toy.value("ann | GOLD | 12.50")
                .withColumn("sales", col("sales").cast("decimal(38,4)")));

    assertEquals(
        ("Night 2026-03-02 is live in '%s', but not in PostgreSQL: column 'sales' of"
                + " 'customer_value' is numeric(38,2) there and numeric(38,4) in the release: set"
                + " output.postgresql.schema to a new schema, or drop both schemas, which are then"
                + " created again. Readers of schema '%s' of %s still see night 2026-03-01, run a. Remove the cause,"
                + " then run 'karat publish b'.")
            .formatted(folder, bi.schema(), bi.url()),
        failure(commit));
    assertEquals("a", bi.read("SELECT run_id FROM {schema}.current_release"));

    bi.asOwner("DROP SCHEMA {schema}, {schema}_runs CASCADE");
    toy.follow();

    assertEquals(
        "2026-03-01|12.5500\n2026-03-02|12.5000",
        bi.read(
            "SELECT as_of_date, sum(sales) FROM {schema}.customer_value_history"
                + " GROUP BY 1 ORDER BY 1"));
  }

  private String failure(Commit commit) {
    PublisherException failure =
        assertThrows(
            PublisherException.class, () -> toy.mart().follow(commit, SilentProgress.INSTANCE));
    assertEquals(ExitCode.UNEXPECTED, failure.exitCode());
    return String.valueOf(failure.getMessage());
  }
}
