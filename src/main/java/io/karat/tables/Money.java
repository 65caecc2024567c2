package io.karat.tables;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.try_add;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.UnscaledDecimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * Exact money as whole minor units (cents, for a scale of 2), so that a sum costs no more than one
 * of integers.
 *
 * <p>One amount has at most 18 digits. A sum is kept in two halves, the units above and below 2^32,
 * neither of which overflows for any number of rows.
 *
 * @param scale the number of decimals
 * @param currency of every amount, if it is configured
 */
public record Money(int scale, Optional<Currency> currency) {
  /** The most digits of one amount, decimals included. */
  public static final int DIGITS = 18;

  static final int HALF = 32;
  private static final long LOW_HALF = (1L << HALF) - 1;
  private static final long LIMIT = 1_000_000_000_000_000_000L;

  /** Money of no stated currency. */
  public Money(int scale) {
    this(scale, Optional.empty());
  }

  /** The type of one amount, and of the sums of a customer in a published table. */
  public DecimalType amountType() {
    return DataTypes.createDecimalType(DIGITS, scale);
  }

  /** The type of any other sum. */
  public DecimalType sumType() {
    return DataTypes.createDecimalType(DecimalType.MAX_PRECISION(), scale);
  }

  /** The least amount that is too large: 10 to the power of 18 minus the decimals. */
  public BigDecimal limit() {
    return BigDecimal.TEN.pow(DIGITS - scale);
  }

  /** Minor units of a decimal; null if it has more than 18 digits. */
  public Column minorUnits(Column amount) {
    return unscaled(amount.try_cast(amountType()));
  }

  /** Minor units of a decimal that has {@link #amountType}. */
  public static Column unscaled(Column amount) {
    return UnscaledDecimals.unscaled(amount);
  }

  /** The amount of minor units, as a decimal. */
  public Column amount(Column minorUnits) {
    return UnscaledDecimals.decimal(minorUnits, amountType());
  }

  /** The units above 2^32, to be added separately. */
  public static Column highHalf(Column minorUnits) {
    return shiftright(minorUnits, HALF);
  }

  /** The units below 2^32, to be added separately. */
  public static Column lowHalf(Column minorUnits) {
    return minorUnits.bitwiseAND(lit(LOW_HALF));
  }

  /** The sum from its two halves; 0 if both are null. */
  public Column sum(Column high, Column low) {
    Column minorUnits = digits(high).multiply(lit(new BigDecimal(1L << HALF))).plus(digits(low));
    Column sum =
        scale == 0 ? minorUnits : minorUnits.multiply(lit(BigDecimal.ONE.movePointLeft(scale)));
    return coalesce(shortSum(high, low), sum.cast(sumType()));
  }

  /** The sum if it has at most 18 digits, which needs no big decimals; else null. */
  private Column shortSum(Column high, Column low) {
    Column minorUnits = minorUnitsOf(coalesce(high, lit(0L)), coalesce(low, lit(0L)));
    return UnscaledDecimals.decimal(minorUnits, sumType());
  }

  /** The minor units from their two halves; null if they have more than 18 digits. */
  public static Column minorUnitsOf(Column high, Column low) {
    Column fits = abs(high).lt(lit(1L << (62 - HALF))).and(abs(low).lt(lit(1L << 62)));
    Column minorUnits = when(fits, try_add(shiftleft(high, HALF), low));
    return when(abs(minorUnits).lt(lit(LIMIT)), minorUnits);
  }

  /** The decimals of an amount that people read: no more than its currency has. */
  public int shownScale() {
    return currency
        .map(Currency::getDefaultFractionDigits)
        .filter(digits -> digits >= 0)
        .map(digits -> Math.min(digits, scale))
        .orElse(scale);
  }

  /** An amount in words: {@code 1,234.56 GBP}. */
  public String text(BigDecimal amount) {
    int places = shownScale();
    String number =
        String.format(
            Locale.ROOT, "%,." + places + "f", amount.setScale(places, RoundingMode.HALF_UP));
    return currency.map(it -> number + " " + it.getCurrencyCode()).orElse(number);
  }

  private static Column digits(Column half) {
    return coalesce(half, lit(0L)).cast("decimal(20,0)");
  }
}
