package io.karat.indicators;

import static org.apache.spark.sql.functions.col;

import io.karat.settings.IndicatorSettings;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.tables.CustomerDecimals;
import io.karat.tables.DecimalTypes;
import io.karat.tables.Money;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StructType;

/**
 * The type in which an indicator is published: sums of money with the decimals of money, every
 * other fraction as decimal(18,6), counts as bigint.
 */
final class PublishedType {
  private PublishedType() {}

  /** The type to cast to; empty if the computed one is published as it is. */
  static Optional<DataType> of(
      IndicatorSettings indicator, StructType computed, String column, Money money) {
    DataType type = computed.apply(column).dataType();
    if (type instanceof DoubleType || type instanceof FloatType) {
      return Optional.of(DecimalTypes.RATIO);
    }
    if (type instanceof DecimalType decimal) {
      boolean isSum = indicator.unit() == Unit.MONEY && decimal.scale() <= money.scale();
      return Optional.of(isSum ? money.amountType() : DecimalTypes.RATIO);
    }
    return type instanceof IntegerType && indicator.unit() == Unit.COUNT
        ? Optional.of(DataTypes.LongType)
        : Optional.empty();
  }

  /**
   * A computed indicator as it is published. A quotient that is too large is unknown; a sum or a
   * number ends the night.
   */
  static Column value(IndicatorColumn column, StructType computed, Money money) {
    Column value = col(column.name());
    return of(column.indicator(), computed, column.name(), money)
        .map(
            type ->
                type instanceof DecimalType decimal && !isQuotient(column, decimal)
                    ? CustomerDecimals.of(
                        value, computed.apply(column.name()).dataType(), decimal, column.name())
                    : value.try_cast(type))
        .orElse(value)
        .as(column.name());
  }

  private static boolean isQuotient(IndicatorColumn column, DecimalType type) {
    return type.equals(DecimalTypes.RATIO)
        && Set.of(Unit.MONEY, Unit.SHARE, Unit.DAYS).contains(column.indicator().unit());
  }
}
