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
 * The positive values of a column in three parts of some digits each, to be added up on their own
 * without a sum that overflows; 0 where there is none.
 */
final class AddedValue {
  /** How the parts are called, from the largest. */
  static final List<String> PARTS = List.of("large", "middle", "small");

  private static final int DIGITS = 12;
  private static final int LARGE_DIGITS = 14;
  private static final long BASE = 1_000_000_000_000L;

  private AddedValue() {}

  /** The parts of nothing. */
  static List<Column> none() {
    return PARTS.stream().map(part -> lit(0L).as(part)).toList();
  }

  /** The parts of a column. */
  static List<Column> of(WholeUnits units) {
    Column quotient = call_function("div", units.integer(), lit(BASE));
    return List.of(
        part(units, digits(units, 1, LARGE_DIGITS), lit(0L)).as("large"),
        part(units, digits(units, LARGE_DIGITS + 1, DIGITS), quotient).as("middle"),
        part(
                units,
                digits(units, LARGE_DIGITS + DIGITS + 1, DIGITS),
                units.integer().mod(lit(BASE)))
            .as("small"));
  }

  private static Column digits(WholeUnits units, int from, int length) {
    return substring(units.text(), from, length).cast("bigint");
  }

  private static Column part(WholeUnits units, Column large, Column fitting) {
    return when(units.integer().gt(0), coalesce(large, fitting)).otherwise(lit(0L));
  }

  /** What the parts of a sum amount to. */
  static BigInteger sum(long large, long middle, long small) {
    BigInteger base = BigInteger.valueOf(BASE);
    return BigInteger.valueOf(large)
        .multiply(base)
        .add(BigInteger.valueOf(middle))
        .multiply(base)
        .add(BigInteger.valueOf(small));
  }
}
