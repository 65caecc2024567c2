package io.karat.indicators;

import io.karat.settings.IndicatorSettings;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.tables.DecimalTypes;
import io.karat.tables.Money;
import java.util.Optional;
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
}
