package io.karat.tables;

import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * The exact sum of a column over many rows, as two sums of integers, which cost a tenth of a sum of
 * decimals.
 *
 * @param units the values in units of their last decimal, as bigint
 * @param scale the number of decimals
 */
public record ExactSum(Column units, int scale) {
  /**
   * The sum of a column of a frame.
   *
   * @param name a whole number, or a decimal whose values have at most 18 digits
   */
  public static ExactSum of(StructType frame, String name) {
    Column value = Columns.column(name);
    if (frame.apply(name).dataType() instanceof DecimalType decimal) {
      Money units = new Money(decimal.scale());
      return new ExactSum(Money.unscaled(value.cast(units.amountType())), units.scale());
    }
    return new ExactSum(value.cast("bigint"), 0);
  }

  /** The aggregates of both halves. */
  public List<Column> halves() {
    return halves(units);
  }

  /** The aggregates of both halves of units. */
  public static List<Column> halves(Column units) {
    return List.of(sum(Money.highHalf(units)), sum(Money.lowHalf(units)));
  }

  /** The sum from the aggregates at a position of a row and the one after it; 0 without values. */
  public BigDecimal of(Row row, int position) {
    if (row.isNullAt(position)) {
      return BigDecimal.ZERO.setScale(scale);
    }

    BigInteger units =
        BigInteger.valueOf(row.getLong(position))
            .shiftLeft(Money.HALF)
            .add(BigInteger.valueOf(row.getLong(position + 1)));
    return new BigDecimal(units, scale);
  }
}
