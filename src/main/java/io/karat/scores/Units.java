package io.karat.scores;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DecimalType;

/** Whole numbers as the decimals that they stand for. */
final class Units {
  private Units() {}

  /** The decimal whose digits are {@code units}. */
  static Column decimal(Column units, DecimalType type) {
    return ExpressionUtils.column(
        new MakeDecimal(ExpressionUtils.expression(units), type.precision(), type.scale()));
  }
}
