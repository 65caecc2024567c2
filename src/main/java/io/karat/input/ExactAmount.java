package io.karat.input;

import static io.karat.input.QuarantineReason.OVERFLOWING_AMOUNT;
import static io.karat.input.QuarantineReason.TOO_MANY_DECIMALS;
import static io.karat.input.QuarantineReason.UNREADABLE_AMOUNT;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Money;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;

/**
 * An amount read exactly from any source type. A fraction in a double, such as 0.1, is read as it
 * prints.
 */
final class ExactAmount {
  private static final String WIDE = "decimal(38,18)";
  private static final double BEYOND_WIDE = 1e20;

  private final Column raw;
  private final Column exact;
  private final boolean alwaysFits;
  private final boolean alwaysInScale;
  private final boolean isDecimal;
  private final Money money;
  private final boolean rounded;

  /**
   * Reads an amount of a source.
   *
   * @param raw the mapped expression
   * @param type its type, one that {@link #isReadable}
   * @param rounded whether surplus decimals are rounded (half up) instead of refused
   */
  ExactAmount(Column raw, DataType type, Money money, boolean rounded) {
    DecimalType exactType = exactType(type);
    this.raw = raw;
    this.isDecimal = type instanceof DecimalType || isWhole(type);
    this.exact = isDecimal ? raw.cast(exactType) : trim(raw.cast("string")).try_cast(exactType);
    this.alwaysInScale = exactType.scale() <= money.scale();
    this.money = money;
    this.rounded = rounded && !alwaysInScale;
    int carried = this.rounded ? 1 : 0;
    this.alwaysFits =
        exactType.precision() - exactType.scale() + carried <= Money.DIGITS - money.scale();
  }

  static boolean isReadable(DataType type) {
    return type instanceof DecimalType
        || isWhole(type)
        || type instanceof DoubleType
        || type instanceof FloatType
        || type instanceof StringType;
  }

  private static boolean isWhole(DataType type) {
    return type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType;
  }

  private static DecimalType exactType(DataType type) {
    if (type instanceof DecimalType decimal) {
      return decimal;
    }

    return (DecimalType) DataType.fromDDL(isWhole(type) ? "decimal(19,0)" : WIDE);
  }

  /** Whether the source type cannot hold more decimals than money has. */
  boolean isAlwaysInScale() {
    return alwaysInScale;
  }

  /** Minor units; null where the amount is unreadable, overflows, or has too many decimals. */
  Column minorUnits() {
    Column whole = alwaysInScale || rounded ? lit(true) : isInScale();
    return when(fits().and(whole), money.minorUnits(exact));
  }

  /** The readable amount if it has too many decimals, else null. */
  Column surplusDecimals() {
    return alwaysInScale || rounded
        ? lit(null).cast(WIDE)
        : when(fits().and(not(isInScale())), exact.cast(WIDE));
  }

  /** The amount that rounding added, else null; null if decimals are not rounded. */
  Column rounding() {
    Column kept = money.amount(money.minorUnits(exact)).cast(WIDE);
    return !rounded
        ? lit(null).cast(WIDE)
        : when(fits().and(not(isInScale())), kept.minus(exact.cast(WIDE)).cast(WIDE));
  }

  /** The code of the quarantine reason if there is no number at all, else null. */
  Column unreadable() {
    return when(exact.isNull().and(not(isHuge())), lit(UNREADABLE_AMOUNT.code()));
  }

  /** The code of a quarantine reason if the number is below zero, else null. */
  Column negative(QuarantineReason reason) {
    Column isBelow = exact.lt(0);
    Column isNegative =
        isDecimal ? isBelow : coalesce(isBelow, isHuge().and(raw.try_cast("double").lt(0)));
    return when(isNegative, lit(reason.code()));
  }

  /** The code of the quarantine reason if the number has too many digits, else null. */
  Column overflowing() {
    return alwaysFits
        ? lit(null).cast("string")
        : when(exact.isNull().and(isHuge()).or(not(fits())), lit(OVERFLOWING_AMOUNT.code()));
  }

  /** The code of the quarantine reason if the number has too many decimals, else null. */
  Column scaleRefusal() {
    return alwaysInScale || rounded
        ? lit(null).cast("string")
        : when(not(isInScale()), lit(TOO_MANY_DECIMALS.code()));
  }

  private Column fits() {
    Column kept = rounded ? round(exact, money.scale()) : exact;
    return alwaysFits ? exact.isNotNull() : abs(kept).lt(lit(money.limit()));
  }

  /** Whether the number has no more decimals than money. */
  Column isInScale() {
    return exact.equalTo(round(exact, money.scale()));
  }

  /** Whether the value is a number, but too large for the exact type. */
  private Column isHuge() {
    if (isDecimal) {
      return lit(false);
    }

    Column number = raw.try_cast("double");
    return coalesce(abs(number).geq(lit(BEYOND_WIDE)).and(not(isnan(number))), lit(false));
  }
}
