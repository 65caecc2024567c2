package io.karat.ranks;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.math.BigInteger;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * The positive values of a column, split into three parts of a few digits each, so that no sum of a
 * part overflows; 0 if a value is not positive.
 */
final class SplitSum {
  /** The names of the parts, from the most significant. */
  static final List<String> PARTS = List.of("large", "middle", "small");

  private static final int DIGITS = 12;
  private static final int LARGE_DIGITS = LargeValue.DIGITS - 2 * DIGITS;
  private static final long BASE = 1_000_000_000_000L;

  private SplitSum() {}

  /**
   * The parts of values.
   *
   * @param integer the value as in {@link WholeUnits}
   * @param text the value as in {@link WholeUnits}, if it has more than 18 digits
   */
  static List<Column> parts(Column integer, Column text) {
    Column digits = LargeValue.digits(text);
    Column quotient = call_function("div", integer, lit(BASE));
    return List.of(
        part(integer, large(digits, 0, LARGE_DIGITS), lit(0L)).as("large"),
        part(integer, large(digits, LARGE_DIGITS, DIGITS), quotient).as("middle"),
        part(integer, large(digits, LARGE_DIGITS + DIGITS, DIGITS), integer.mod(lit(BASE)))
            .as("small"));
  }

  private static Column large(Column digits, int after, int length) {
    return substring(digits, after + 1, length).cast("bigint");
  }

  private static Column part(Column integer, Column large, Column fitting) {
    return when(integer.gt(0), coalesce(large, fitting)).otherwise(lit(0L));
  }

  /** The total of a sum in parts. */
  static BigInteger sum(long large, long middle, long small) {
    BigInteger base = BigInteger.valueOf(BASE);
    return BigInteger.valueOf(large)
        .multiply(base)
        .add(BigInteger.valueOf(middle))
        .multiply(base)
        .add(BigInteger.valueOf(small));
  }
}
