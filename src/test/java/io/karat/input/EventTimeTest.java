package io.karat.input;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.util.TimeZone;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class EventTimeTest {
  private static final String ZONE = "spark.sql.session.timeZone";

  /** New York is 4 hours behind UTC in July, London 1 hour ahead, Shanghai 8. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          America/New_York | Asia/Tokyo       | 2026-07-02T03:30:00Z | 2026-07-01T23:30:00-04:00
          Europe/London    | America/New_York | 2026-07-01T22:30:00Z | 2026-07-01T23:30:00+01:00
          Asia/Shanghai    | America/New_York | 2026-07-01T15:30:00Z | 2026-07-01T23:30:00+08:00
          """)
  void oneEventFallsOnOneBusinessDayInEveryForm(
      String business, String machine, String instant, String zoned, SparkSession spark) {
    TimeZone machineBefore = TimeZone.getDefault();
    String businessBefore = spark.conf().get(ZONE);
    try {
      TimeZone.setDefault(TimeZone.getTimeZone(machine));
      spark.conf().set(ZONE, business);

      assertEquals("2026-07-01 at " + instant, read("TIMESTAMP'%s'".formatted(instant), spark));
      assertEquals("2026-07-01 at " + instant, read("TIMESTAMP_NTZ'2026-07-01 23:30:00'", spark));
      assertEquals("2026-07-01 at " + instant, read("'2026-07-01 23:30:00'", spark));
      assertEquals("2026-07-01 at " + instant, read("'%s'".formatted(instant), spark));
      assertEquals("2026-07-01 at " + instant, read("'%s'".formatted(zoned), spark));
      assertEquals("2026-07-01", read("DATE'2026-07-01'", spark).substring(0, 10));
      assertEquals("2026-07-01", read("'2026-07-01'", spark).substring(0, 10));
    } finally {
      spark.conf().set(ZONE, businessBefore);
      TimeZone.setDefault(machineBefore);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ' 2026-03-01 08:00 '    | 2026-03-01 at 2026-03-01T08:00:00Z
          '2026-03-01T08:00:00+02:00' | 2026-03-01 at 2026-03-01T06:00:00Z
          '2026-3-1'              | 2026-03-01 at 2026-03-01T00:00:00Z
          '12:30'                 | unreadable
          'T12:30'                | unreadable
          '2011'                  | unreadable
          '2026-01'               | unreadable
          '2026-1'                | unreadable
          '2026-01-'              | unreadable
          '20110701'              | unreadable
          '01/07/2011'            | unreadable
          '2026-02-31'            | unreadable
          'today'                 | unreadable
          ''                      | unreadable
          CAST(NULL AS TIMESTAMP) | unreadable
          CAST(NULL AS DATE)      | unreadable
          """)
  void aTextIsATimeOnlyWhereItNamesADay(String sql, String expected, SparkSession spark) {
    assertEquals(expected, read(sql, spark));
  }

  /** Of the same letters Shanghai, London and Dublin think otherwise than Java. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          '2026-07-01 23:30:00 UTC' | 2026-07-01 at 2026-07-01T23:30:00Z
          '2026-07-01T23:30:00 GMT' | 2026-07-01 at 2026-07-01T23:30:00Z
          '2026-07-01 23:30:00 UTC+01:00' | 2026-07-01 at 2026-07-01T22:30:00Z
          '2026-07-01 23:30:00 Europe/London' | 2026-07-01 at 2026-07-01T22:30:00Z
          '2026-07-01 23:30:00 CST' | unreadable
          '2026-07-01 23:30:00 BST' | unreadable
          '2026-07-01T23:30:00.5IST' | unreadable
          '2026-7-1 3:30 EST'       | unreadable
          '2026-07-01 23:30:00 CET' | unreadable
          """)
  void aZoneOfThreeLettersIsReadOnlyWhereItMeansOne(
      String sql, String expected, SparkSession spark) {
    assertEquals(expected, read(sql, spark));
  }

  private static String read(String sql, SparkSession spark) {
    Dataset<Row> source = spark.sql("SELECT %s AS time".formatted(sql));
    Row read =
        source
            .select(
                EventTime.day(col("time"), source.schema().apply("time").dataType()).as("day"),
                EventTime.instant(col("time"), source.schema().apply("time").dataType()).as("at"))
            .selectExpr(
                "cast(day as string)",
                "date_format(to_utc_timestamp(at, current_timezone()), \"yyyy-MM-dd'T'HH:mm:ss'Z'\")")
            .first();
    return read.isNullAt(0) ? "unreadable" : read.get(0) + " at " + read.get(1);
  }
}
