package io.karat.engine;

import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDateTime;
import java.util.TimeZone;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Column of a file.
 *
 * @param type the type in which Spark takes it from the file
 * @param reading how a value of that type is understood
 * @param written the type in the file's own words, for messages
 */
public record FileColumn(String name, DataType type, Reading reading, String written) {
  private static final long NANOSECONDS_PER_MICROSECOND = 1_000;

  /** A column of times by the wall clock, which Spark takes for times of this machine's zone. */
  static FileColumn local(String name) {
    return new FileColumn(name, DataTypes.TimestampType, Reading.LOCAL, "timestamp");
  }

  /** A column of a type that Spark has. */
  static FileColumn plain(String name, DataType type) {
    return new FileColumn(name, type, Reading.PLAIN, type.simpleString());
  }

  /** A column that a file lacks, taken from it as null. */
  public static FileColumn absent(String name, DataType type) {
    return plain(name, type);
  }

  /** A column that cannot be read. */
  static FileColumn unreadable(String name, String written) {
    return new FileColumn(name, DataTypes.NullType, Reading.UNREADABLE, written);
  }

  public boolean isReadable() {
    return reading != Reading.UNREADABLE;
  }

  /** Whether the file has values of it, which have a type. */
  public boolean hasValues() {
    return isReadable() && !type.equals(DataTypes.NullType);
  }

  /** The type of the values that it stands for. */
  public DataType valueType() {
    return switch (reading) {
      case PLAIN, UNREADABLE -> type;
      case NANOSECONDS -> DataTypes.TimestampType;
      case LOCAL, LOCAL_NANOSECONDS -> DataTypes.TimestampNTZType;
      case UUID -> DataTypes.StringType;
    };
  }

  /** The values that it stands for. Nanoseconds are cut to microseconds, towards the past. */
  public Column value(Column taken) {
    return switch (reading) {
      case PLAIN, UNREADABLE -> taken;
      case NANOSECONDS -> timestamp_micros(microseconds(taken));
      case LOCAL -> wallClock(shownHere(taken));
      case LOCAL_NANOSECONDS -> wallClock(microseconds(taken));
      case UUID -> uuid(taken);
    };
  }

  private static Column microseconds(Column nanoseconds) {
    Column thousand = lit(NANOSECONDS_PER_MICROSECOND);
    Column isCut = nanoseconds.mod(thousand).lt(0);
    return functions
        .call_function("div", nanoseconds, thousand)
        .minus(when(isCut, lit(1)).otherwise(lit(0)));
  }

  /** What the clock of this machine shows then, in microseconds as if it were that of UTC. */
  private static Column shownHere(Column timestamp) {
    return unix_micros(from_utc_timestamp(timestamp, TimeZone.getDefault().getID()));
  }

  /** No time zone has a part in it, so that no hour is lost or doubled where clocks change. */
  private static Column wallClock(Column microseconds) {
    Column seconds =
        microseconds
            .cast("decimal(19,0)")
            .multiply(lit("0.000001").cast("decimal(7,6)"))
            .cast("decimal(18,6)");
    return lit(LocalDateTime.of(1970, 1, 1, 0, 0))
        .plus(functions.make_dt_interval(lit(0), lit(0), lit(0), seconds));
  }

  private static Column uuid(Column bytes) {
    Column digits = lower(hex(bytes));
    return when(
        bytes.isNotNull(),
        concat_ws(
            "-",
            substring(digits, 1, 8),
            substring(digits, 9, 4),
            substring(digits, 13, 4),
            substring(digits, 17, 4),
            substring(digits, 21, 12)));
  }

  /** Way in which values of a column are understood. */
  public enum Reading {
    /** As they are. */
    PLAIN,
    /** Timestamps are those at which the clock of this machine shows what the file has. */
    LOCAL,
    /** Whole numbers count nanoseconds since 1970 in UTC. */
    NANOSECONDS,
    /** Whole numbers count nanoseconds since 1970 by the wall clock. */
    LOCAL_NANOSECONDS,
    /** Sixteen bytes are a UUID. */
    UUID,
    /** Not at all: Spark has no such type. */
    UNREADABLE
  }
}
