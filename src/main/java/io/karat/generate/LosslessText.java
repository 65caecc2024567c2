package io.karat.generate;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.make_dt_interval;
import static org.apache.spark.sql.functions.unix_seconds;

import java.time.LocalDateTime;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.TimestampType;

/** Values as text that is read back as the same value in any time zone. */
final class LosslessText {
  static final Column ABSENT = lit(null).cast("string");

  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  private LosslessText() {}

  static Column of(Column value, DataType type) {
    return type instanceof TimestampType ? ofInstant(value) : value.cast("string");
  }

  /** An instant of whole seconds, such as 2024-01-02 09:30:00Z. */
  static Column ofInstant(Column instant) {
    Column zero = lit(0);
    Column sinceEpoch = make_dt_interval(zero, zero, zero, unix_seconds(instant));
    return concat(lit(EPOCH).plus(sinceEpoch).cast("string"), lit("Z"));
  }
}
