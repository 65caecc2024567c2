package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TimeZone;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of ORC files, whose timestamps have no zone. */
@ExtendWith(LocalSpark.class)
class OrcFilesTest {
  private static final TimeZone HERE = TimeZone.getDefault();

  private final SparkSession spark;
  @TempDir private Path temporary;
  private DeliveredFiles files;

  OrcFilesTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void readOrc() {
    files = DeliveredFiles.in(temporary, spark).with("format=orc");
  }

  @AfterEach
  void comeBack() {
    TimeZone.setDefault(HERE);
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, UTC",
    "Europe/Berlin, America/New_York",
    "Europe/Berlin, Asia/Shanghai",
    "Europe/Berlin, Europe/Berlin",
    "UTC, Asia/Kolkata",
    "Pacific/Auckland, UTC"
  })
  void timesAreThoseOfTheWallClockWhereverTheyAreRead(String written, String read)
      throws IOException {
    TimeZone.setDefault(TimeZone.getTimeZone(written));
    // What a clock shows there, which Spark writes so.
    files.rows(
        "a.orc",
        """
        SELECT customer_id, amount, to_utc_timestamp(shown, '%s') transaction_time
        FROM VALUES ('ann', 10.00, TIMESTAMP '2026-02-10 23:30:00'),
                    ('bob', 20.00, TIMESTAMP '2026-02-10 00:30:00.000001'),
                    ('cid', 30.00, TIMESTAMP '2026-02-09 23:59:59.999999'),
                    ('dan', 40.00, CAST(NULL AS TIMESTAMP)) AS rows(customer_id, amount, shown)
        """
            .formatted(written));
    TimeZone.setDefault(TimeZone.getTimeZone(read));

    assertEquals(
        """
        ann | 2026-02-10 | 1000 | candidate
        bob | 2026-02-10 | 2000 | candidate
        cid | 2026-02-09 | 3000 | candidate
        dan | null | 4000 | unreadable_time
        """,
        files.outcomes("customer_id", "day", "amount"));
  }

  /** Those with a zone, and those without one in Spark's own words, are what they are. */
  @ParameterizedTest
  @CsvSource({"UTC", "America/New_York"})
  void timesWithoutAZoneInSparkAreReadAlike(String read) throws IOException {
    files.rows(
        "a.orc",
        "SELECT 'ann' customer_id, 10.00 amount, TIMESTAMP_NTZ '2026-02-10 23:30:00' transaction_time");
    TimeZone.setDefault(TimeZone.getTimeZone(read));

    assertEquals("ann 2026-02-10 10.00\n", files.read());
  }
}
