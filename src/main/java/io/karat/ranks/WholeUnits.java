package io.karat.ranks;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.right;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.karat.frame.Money;
import java.math.BigInteger;
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
 * A column as whole units of its last decimal, so that putting them in order costs what it costs
 * for integers.
 *
 * <p>What has more than 18 digits is rare: there the integer is the greatest or least there is, and
 * a text beside it decides.
 *
 * @param integer null where the column is
 * @param text the 38 digits of what does not fit the integer, else null; for what is below 0 each
 *     digit is its complement to 9, so that texts are in the order of values
 * @param type what the units are units of
 */
record WholeUnits(Column integer, Column text, DataType type) {
  private static final String DIGITS = "0123456789";
  private static final String COMPLEMENTS = "9876543210";
  private static final String ZEROS = "0".repeat(DecimalType.MAX_PRECISION());
  private static final DecimalType FRACTION =
      DataTypes.createDecimalType(DecimalType.MAX_PRECISION(), 6);

  /**
   * A column of a frame.
   *
   * @throws IllegalArgumentException if it is neither numbers nor days
   */
  static WholeUnits of(StructType frame, String name) {
    DataType type = frame.apply(name).dataType();
    Column value = col("`" + name + "`");
    if (type instanceof DecimalType decimal) {
      return decimal(value, decimal);
    }
    if (type instanceof DoubleType || type instanceof FloatType) {
      return decimal(value.try_cast(FRACTION), FRACTION);
    }
    if (type instanceof DateType) {
      return integer(unix_date(value), type);
    }
    if (isWhole(type)) {
      return integer(value, type);
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

  private static WholeUnits integer(Column value, DataType type) {
    return new WholeUnits(value.cast("bigint"), lit(null).cast("string"), type);
  }

  private static WholeUnits decimal(Column value, DecimalType type) {
    Column fitting = fitting(value, type);
    Column isLarge = value.isNotNull().and(fitting.isNull());
    Column extreme = when(value.lt(0), lit(Long.MIN_VALUE)).when(value.geq(0), lit(Long.MAX_VALUE));
    Column digits =
        right(
            concat(lit(ZEROS), replace(abs(value).cast("string"), lit("."), lit(""))),
            lit(ZEROS.length()));
    Column text = when(value.lt(0), translate(digits, DIGITS, COMPLEMENTS)).otherwise(digits);
    return new WholeUnits(coalesce(fitting, extreme), when(isLarge, text), type);
  }

  private static Column fitting(Column value, DecimalType type) {
    if (type.precision() <= Money.DIGITS) {
      return Money.unscaled(value);
    }

    return type.scale() > Money.DIGITS
        ? lit(null).cast("bigint")
        : Money.unscaled(value.try_cast(DataTypes.createDecimalType(Money.DIGITS, type.scale())));
  }

  int scale() {
    return type instanceof DecimalType decimal ? decimal.scale() : 0;
  }

  /** Decimals of its scale, in its type. */
  Column typed(Column decimals) {
    return type instanceof DateType
        ? date_from_unix_date(decimals.cast("int"))
        : decimals.cast(type);
  }

  /** The value of an integer that has a text beside it. */
  static BigInteger large(long integer, String text) {
    if (integer > 0) {
      return new BigInteger(text);
    }

    StringBuilder digits = new StringBuilder();
    text.chars().forEach(digit -> digits.append(COMPLEMENTS.charAt(digit - '0')));
    return new BigInteger(digits.toString()).negate();
  }
}
