package io.karat.engine;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DecimalType;

/** Decimals as the whole numbers of their digits, which cost what integers cost. */
public final class UnscaledDecimals {
  private UnscaledDecimals() {}

  /** The digits of a decimal of at most 18 digits; null for null. */
  public static Column unscaled(Column decimal) {
    return ExpressionUtils.column(new UnscaledValue(ExpressionUtils.expression(decimal)));
  }

  /** The decimal whose digits are {@code units}; null where they are too many for the type. */
  public static Column decimal(Column units, DecimalType type) {
    return ExpressionUtils.column(
        new MakeDecimal(ExpressionUtils.expression(units), type.precision(), type.scale()));
  }
}
