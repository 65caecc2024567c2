package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.UnscaledDecimals;
import io.karat.tables.DecimalTypes;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * The values of a column as whole numbers in the same order, so that they compare fast: decimals in
 * units of their last digit, doubles in millionths, days as days since 1970.
 *
 * <p>A decimal of more than 18 digits becomes the largest whole number, or the least.
 */
record RankedValue(DataType type) {
  /** The type in which any of the values is shown. */
  private static final int DOUBLE_SCALE = 6;

  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

  Column of(Column value) {
    if (type instanceof DecimalType decimal) {
      DataType small = DataTypes.createDecimalType(Money.DIGITS, decimal.scale());
      Column large = when(value.gt(0), lit(Long.MAX_VALUE)).when(value.lt(0), lit(Long.MIN_VALUE));
      return coalesce(Money.unscaled(value.try_cast(small)), large);
    }
    if (type instanceof DateType) {
      return unix_date(value).cast(DataTypes.LongType);
    }
    if (type instanceof DoubleType || type instanceof FloatType) {
      return floor(value.multiply(Math.pow(10, DOUBLE_SCALE)).plus(lit(0.5)));
    }
    return value.cast(DataTypes.LongType);
  }

  /** The whole number of a value, rounded up. */
  long of(BigDecimal value) {
    BigInteger units =
        value.movePointRight(scale()).setScale(0, RoundingMode.CEILING).toBigInteger();
    return units.max(LEAST).min(MOST).longValueExact();
  }

  /** The value of a whole number. */
  Column number(Column units) {
    return UnscaledDecimals.decimal(units, DataTypes.createDecimalType(38, scale()))
        .cast(DecimalTypes.NUMBER);
  }

  private int scale() {
    if (type instanceof DecimalType decimal) {
      return decimal.scale();
    }
    return type instanceof DoubleType || type instanceof FloatType ? DOUBLE_SCALE : 0;
  }
}
