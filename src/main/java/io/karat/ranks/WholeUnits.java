package io.karat.ranks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Money;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;

/**
 * A column in whole units of its last decimal, so that sorting it costs no more than sorting
 * integers.
 *
 * @param value the column
 * @param type its type, which gives the unit
 * @param integer the units; null if the value is null or has more than 18 digits
 */
record WholeUnits(Column value, DataType type, Column integer) {
  private static final DecimalType FRACTION =
      DataTypes.createDecimalType(DecimalType.MAX_PRECISION(), 6);

  /**
   * The units of a column of a frame.
   *
   * @throws IllegalArgumentException if it is neither a number nor a date
   */
  static WholeUnits of(StructType frame, String name) {
    DataType type = frame.apply(name).dataType();
    Column value = col(name);
    if (type instanceof DecimalType decimal) {
      return decimal(value, decimal);
    }
    if (type instanceof DoubleType || type instanceof FloatType) {
      return decimal(value.try_cast(FRACTION), FRACTION);
    }
    if (type instanceof DateType) {
      return new WholeUnits(value, type, unix_date(value).cast("bigint"));
    }
    if (isWhole(type)) {
      return new WholeUnits(value, type, value.cast("bigint"));
    }
    throw new IllegalArgumentException(
        "Column '%s' cannot be ranked: it is %s, expected a number or a date"
            .formatted(name, type.simpleString()));
  }

  private static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  private static WholeUnits decimal(Column value, DecimalType type) {
    return new WholeUnits(value, type, integer(value, type));
  }

  private static Column integer(Column value, DecimalType type) {
    if (type.precision() <= Money.DIGITS) {
      return Money.unscaled(value);
    }

    return type.scale() > Money.DIGITS
        ? lit(null).cast("bigint")
        : Money.unscaled(value.try_cast(DataTypes.createDecimalType(Money.DIGITS, type.scale())));
  }

  /** The value as a text if it has no integer, which is rare; else null. */
  Column text(Column knownInteger) {
    return type instanceof DecimalType decimal && decimal.precision() > Money.DIGITS
        ? when(knownInteger.isNull(), value.cast("string"))
        : lit(null).cast("string");
  }

  int scale() {
    return type instanceof DecimalType decimal ? decimal.scale() : 0;
  }

  /** A decimal of this scale, converted to the type of the column. */
  Column typed(Column decimals) {
    return type instanceof DateType
        ? date_from_unix_date(decimals.cast("int"))
        : decimals.cast(type);
  }
}
