package io.karat.input;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The instant and the business day of an event. A date, a wall-clock time, an instant and a text
 * fall on the same day because the session's time zone is the business one.
 */
final class EventTime {
  /** Earlier days count as default values or typing errors, such as the zero of Unix time. */
  static final LocalDate EARLIEST = LocalDate.of(1970, 1, 2);

  /**
   * A text needs a whole day: a month would be read as its first day, a bare time of day as
   * today's. Three letters for a zone, other than UTC and GMT, mean several ones: of CST and BST
   * Java knows those of Chicago and Dhaka, which are half a day from Shanghai's and London's.
   */
  private static final String DATED =
      "^\\d{4}-\\d{1,2}-\\d{1,2}+(?!T?[^A-Z]*+(?!UTC|GMT)[A-Z]{3}$)";

  /** The days that every reader of the tables knows. */
  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);

  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
  private static final Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999999Z");

  private EventTime() {}

  static boolean isReadable(DataType type) {
    return type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DateType
        || type instanceof StringType;
  }

  /** The instant; null where it cannot be read. */
  static Column instant(Column raw, DataType type) {
    Column instant = read(raw, type);
    return when(instant.between(lit(FIRST_INSTANT), lit(LAST_INSTANT)), instant);
  }

  /** The business day; null where it cannot be read. */
  static Column day(Column raw, DataType type) {
    return type instanceof DateType ? known(raw) : known(to_date(read(raw, type)));
  }

  private static Column read(Column raw, DataType type) {
    if (type instanceof StringType) {
      return when(trim(raw).rlike(DATED), trim(raw).try_cast("timestamp"));
    }

    // Spark's conversion of a day far off ends the job.
    return (type instanceof DateType ? known(raw) : raw).try_cast("timestamp");
  }

  /** A day that every reader knows; null for any other. */
  private static Column known(Column day) {
    return when(day.between(lit(FIRST_DAY), lit(LAST_DAY)), day);
  }

  static Column isAncient(Column day) {
    return day.lt(lit(EARLIEST));
  }
}
