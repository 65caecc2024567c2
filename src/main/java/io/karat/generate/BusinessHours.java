package io.karat.generate;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.unix_date;

import java.time.ZoneId;
import org.apache.spark.sql.Column;

/** The business hours of the firm, in its own time zone: from 9:00 to 20:00. */
record BusinessHours(ZoneId zone) {
  private static final int OPENING_SECOND = 9 * 3600;
  private static final int OPEN_SECONDS = 11 * 3600;
  private static final long DAY_SECONDS = 24 * 3600;

  /**
   * An instant within the hours of that day.
   *
   * @param even a draw between 0 and 1, from opening to closing
   */
  Column timeOn(Column day, Column even) {
    Column wallClock =
        unix_date(day)
            .multiply(lit(DAY_SECONDS))
            .plus(OPENING_SECOND)
            .plus(even.multiply(OPEN_SECONDS).cast("long"));
    return to_utc_timestamp(timestamp_seconds(wallClock), zone.getId());
  }
}
