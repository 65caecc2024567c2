package io.karat.input;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.KeyText;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;

/**
 * Column of a key, such as a customer's id, as text. Text is compared as {@link KeyText} says, a
 * fraction type that holds a whole number is that number; null where there is none.
 *
 * @param raw the mapped expression
 * @param type its type, one that {@link #isReadable}
 * @param isRaw whether text stays as it is written
 */
record KeyColumn(Column raw, DataType type, boolean isRaw) {
  static final String EXPECTED = "text, a whole number or a UUID";

  /** The last whole number up to which every one is a double, and a float. */
  private static final long EXACT_DOUBLE = 1L << 53;

  private static final long EXACT_FLOAT = 1L << 24;

  static boolean isReadable(DataType type) {
    return type instanceof StringType
        || type instanceof BinaryType
        || type instanceof NullType
        || isNumber(type);
  }

  private static boolean isNumber(DataType type) {
    return type instanceof DecimalType
        || type instanceof DoubleType
        || type instanceof FloatType
        || type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  /** The key; null where it is missing, blank, a word for none, shortened or a fraction. */
  Column text() {
    if (type instanceof DecimalType decimal && decimal.scale() > 0) {
      // Decimals of two types would be compared in a third, which may lose the fraction.
      Column whole = raw.try_cast("decimal(38,0)");
      return when(whole.try_cast(decimal).equalTo(raw), whole.cast("string"));
    }
    if (type instanceof DoubleType || type instanceof FloatType) {
      long exact = type instanceof FloatType ? EXACT_FLOAT : EXACT_DOUBLE;
      return when(abs(raw).leq(lit(exact)).and(raw.equalTo(floor(raw))), floor(raw).cast("string"));
    }

    Column text = raw.cast("string");
    if (isNumber(type)) {
      return text;
    }
    return isRaw ? when(KeyText.normalized(text).isNotNull(), text) : KeyText.id(text);
  }

  /** True where bytes are no text, false where they are; null where there are none. */
  Column isGarbled() {
    return type instanceof StringType || type instanceof BinaryType
        ? KeyText.isText(raw.cast("string")).equalTo(false)
        : lit(false);
  }
}
