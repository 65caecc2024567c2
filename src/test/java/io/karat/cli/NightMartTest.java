package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.mart.LivePostgres;
import io.karat.mart.LivePostgres.Bi;
import io.karat.night.ToyFirm;
import io.karat.run.ExitCode;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Test of a night with a mart on the command line. */
@ExtendWith({LocalSpark.class, LivePostgres.class})
class NightMartTest {
  private final SparkSession spark;
  private final Bi bi;
  private final Transcript transcript = new Transcript(false);
  @TempDir Path folder;

  NightMartTest(SparkSession spark, Bi bi) {
    this.spark = spark;
    this.bi = bi;
  }

  /**
   * Expects every published table in the database once the obstacle is removed, and the password in
   * no text.
   */
  @Test
  void aNightIsLiveInTheFolderFirstAndThenInPostgreSql() throws IOException, SQLException {
    ToyFirm firm =
        ToyFirm.at(spark, folder)
            .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE");
    assertEquals(ExitCode.USAGE, type(firm, "wrong horse"));
    assertFalse(Files.exists(firm.output().resolve("commits")));
    bi.asOwner(
        "CREATE SCHEMA {schema} AUTHORIZATION karat", "CREATE TABLE {schema}.customer_value ()");

    assertEquals(ExitCode.UNEXPECTED, type(firm, LivePostgres.SECRET));

    String run = firm.out().head().live();
    assertTrue(
        transcript
            .remarks()
            .endsWith(
                ("Night 2026-03-01 is live in '%s', but not in PostgreSQL: must be owner of table"
                        + " customer_value. Readers of schema '%s' of %s still see what they saw"
                        + " before. Remove the cause, then run 'karat publish %s'.\n")
                    .formatted(firm.output(), bi.schema(), bi.url(), run)),
        transcript.remarks());
    String report = Files.readString(firm.output().resolve("run_report.json"));
    assertTrue(report.contains("\"exit_code\" : 1"), report);
    bi.asOwner("DROP TABLE {schema}.customer_value");

    assertEquals(ExitCode.PUBLISHED, type(firm, LivePostgres.SECRET));

    assertTrue(transcript.results().startsWith("Night 2026-03-01 is unchanged and live"));
    assertEquals(
        "2026-03-01|%s|ann|10.00".formatted(run),
        bi.read(
            "SELECT as_of_date, run_id, customer_id, sales_amount_lifetime"
                + " FROM {schema}.customer_indicators"));
    assertEquals(
        "2026-03-01|%s|ann|worth|sales_amount_lifetime|50.000000".formatted(run),
        bi.read("SELECT * FROM {schema}.value_contributions_long WHERE model = 'worth'"));
    assertEquals(
        Integer.toString(firm.out().head().release(run).orElseThrow().tables().size() + 3),
        bi.read("SELECT count(*) FROM pg_views WHERE schemaname = '{schema}'"));
    assertEquals(
        "ann|10.00|TOP|1|∅",
        bi.read(
            "SELECT customer_id, sales_amount_lifetime, worth_tier, worth_tier_rank,"
                + " worth_tier_change FROM {schema}.customers"));
    assertEquals(
        "2026-03-01|2026|2026-Q1|2026-03|2026-W09|7|t",
        bi.read(
            "SELECT date, year, quarter, month, week, weekday, is_weekend FROM {schema}.dates"
                + " WHERE is_as_of"));
    String all = transcript.results() + transcript.remarks() + report;
    assertFalse(all.contains("horse"), all);
  }

  private ExitCode type(ToyFirm firm, String password) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), password);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return transcript.type(
        List.of(new NightCommand(firm)),
        "night",
        "--as-of",
        "2026-03-01",
        "--set",
        "output.publish=[directory, postgresql]",
        "--set",
        "pyramids={worth: {weights: {sales_amount_lifetime: 1}, tiers: [{name: TOP}]}}",
        "--set",
        "output.postgresql.url=" + bi.url(),
        "--set",
        "output.postgresql.user=karat",
        "--set",
        "output.postgresql.schema=" + bi.schema(),
        "--set",
        "output.postgresql.password_file=" + file);
  }
}
