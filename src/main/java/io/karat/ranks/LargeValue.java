package io.karat.ranks;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.right;
import static org.apache.spark.sql.functions.startswith;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.when;

import java.math.BigInteger;
import org.apache.spark.sql.Column;

/**
 * Values of more than 18 digits as texts that sort like the values: all 38 digits, each as its
 * complement to 9 if the value is negative.
 */
final class LargeValue {
  static final int DIGITS = 38;

  private static final String FIGURES = "0123456789";
  private static final String COMPLEMENTS = "9876543210";

  private LargeValue() {}

  /** The integer that sorts before or after all values of at most 18 digits. */
  static Column extreme(Column number) {
    return when(isNegative(number), lit(Long.MIN_VALUE))
        .when(number.isNotNull(), lit(Long.MAX_VALUE));
  }

  /** The sortable texts of decimals that are written with the same scale. */
  static Column ordered(Column number) {
    Column digits = digits(number);
    return when(isNegative(number), translate(digits, FIGURES, COMPLEMENTS)).otherwise(digits);
  }

  private static Column isNegative(Column number) {
    return startswith(number, lit("-"));
  }

  /** All digits of a number, without its sign. */
  static Column digits(Column number) {
    return right(concat(lit("0".repeat(DIGITS)), translate(number, "-.", "")), lit(DIGITS));
  }

  /** The units of a sortable text. */
  static BigInteger units(boolean isNegative, String text) {
    if (!isNegative) {
      return new BigInteger(text);
    }

    StringBuilder digits = new StringBuilder(DIGITS);
    text.chars().forEach(digit -> digits.append(COMPLEMENTS.charAt(digit - '0')));
    return new BigInteger(digits.toString()).negate();
  }
}
