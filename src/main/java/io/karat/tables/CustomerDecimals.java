package io.karat.tables;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * Decimals of the tables with a row per customer. None has more than 18 digits, so that they are
 * stored, copied and added as whole numbers.
 */
public final class CustomerDecimals {
  private CustomerDecimals() {}

  /**
   * A value in the type of its column, rounded half up; null for null and for what is no number.
   *
   * <p>A number with more digits ends the query with a message that names the column.
   *
   * @param computed the type of the value: a decimal, a float or a double
   */
  public static Column of(Column value, DataType computed, DecimalType type, String column) {
    Column isNumber =
        computed instanceof DecimalType
            ? value.isNotNull()
            : abs(value).lt(lit(Double.POSITIVE_INFINITY));
    return coalesce(
        value.try_cast(type), when(isNumber, raise_error(lit(tooLarge(column, type))).cast(type)));
  }

  private static String tooLarge(String column, DecimalType type) {
    return "Column '%s' of a customer does not fit into %s: expected less than %s. Correct the amounts, use a lower money_scale or a larger unit."
        .formatted(
            column,
            type.simpleString(),
            "%,d".formatted(BigDecimal.TEN.pow(type.precision() - type.scale()).toBigInteger()));
  }
}
