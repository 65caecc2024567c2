package io.karat.input;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.transform_values;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;

/** Widening of two types to one that holds all values of both, to the last digit. */
final class TypeWidening {
  private static final int MOST_DIGITS = 38;
  private static final Map<DataType, Integer> DIGITS_OF_WHOLE =
      Map.of(
          DataTypes.ByteType, 3,
          DataTypes.ShortType, 5,
          DataTypes.IntegerType, 10,
          DataTypes.LongType, 20);

  private TypeWidening() {}

  /** The narrowest type that holds all values of both; empty if there is none. */
  static Optional<DataType> of(DataType one, DataType other) {
    if (one.equals(other) || other instanceof NullType) {
      return Optional.of(one);
    }
    if (one instanceof NullType) {
      return Optional.of(other);
    }
    if (one instanceof StructType left && other instanceof StructType right) {
      return struct(left, right);
    }
    if (one instanceof ArrayType left && other instanceof ArrayType right) {
      return of(left.elementType(), right.elementType())
          .map(element -> DataTypes.createArrayType(element, true));
    }
    if (one instanceof MapType left && other instanceof MapType right) {
      return left.keyType().equals(right.keyType())
          ? of(left.valueType(), right.valueType())
              .map(value -> DataTypes.createMapType(left.keyType(), value, true))
          : Optional.empty();
    }
    return number(one, other)
        .or(() -> number(other, one))
        .or(() -> time(one, other))
        .or(() -> time(other, one));
  }

  /** A value in a type that {@link #of} has found for its own and others. */
  static Column value(Column value, DataType own, DataType wide) {
    if (own.equals(wide)) {
      return value;
    }
    if (own instanceof StructType left && wide instanceof StructType right) {
      Column[] fields =
          Stream.of(right.fields()).map(it -> field(value, left, it)).toArray(Column[]::new);
      return when(value.isNotNull(), functions.struct(fields));
    }
    if (own instanceof ArrayType left && wide instanceof ArrayType right) {
      return transform(value, it -> value(it, left.elementType(), right.elementType()));
    }
    if (own instanceof MapType left && wide instanceof MapType right) {
      return transform_values(value, (key, it) -> value(it, left.valueType(), right.valueType()));
    }
    return value.cast(wide);
  }

  private static Column field(Column value, StructType own, StructField wide) {
    boolean isThere = List.of(own.fieldNames()).contains(wide.name());
    Column field =
        isThere
            ? value(value.getField(wide.name()), own.apply(wide.name()).dataType(), wide.dataType())
            : lit(null).cast(wide.dataType());
    return field.as(wide.name());
  }

  private static Optional<DataType> number(DataType narrow, DataType wide) {
    int digits = digits(narrow);
    if (wide instanceof DecimalType decimal) {
      if (narrow instanceof DecimalType other) {
        return decimal(
            Math.max(whole(decimal), whole(other)), Math.max(decimal.scale(), other.scale()));
      }
      return digits > 0
          ? decimal(Math.max(whole(decimal), digits), decimal.scale())
          : Optional.empty();
    }
    if (digits > 0 && digits(wide) >= digits) {
      return Optional.of(wide);
    }
    boolean isExactDouble = narrow instanceof FloatType || (digits > 0 && digits <= 10);
    if (wide instanceof DoubleType && isExactDouble) {
      return Optional.of(wide);
    }
    return wide instanceof FloatType && digits > 0 && digits <= 10
        ? Optional.of(DataTypes.DoubleType)
        : Optional.empty();
  }

  private static int digits(DataType type) {
    return DIGITS_OF_WHOLE.getOrDefault(type, 0);
  }

  private static int whole(DecimalType type) {
    return type.precision() - type.scale();
  }

  private static Optional<DataType> decimal(int whole, int scale) {
    return whole + scale <= MOST_DIGITS
        ? Optional.of(DataTypes.createDecimalType(whole + scale, scale))
        : Optional.empty();
  }

  private static Optional<DataType> time(DataType narrow, DataType wide) {
    return narrow instanceof DateType && wide instanceof TimestampNTZType
        ? Optional.of(wide)
        : Optional.empty();
  }

  private static Optional<DataType> struct(StructType one, StructType other) {
    Map<String, DataType> fields = new LinkedHashMap<>();
    for (StructType type : List.of(one, other)) {
      for (StructField field : type.fields()) {
        DataType known = fields.getOrDefault(field.name(), DataTypes.NullType);
        Optional<DataType> merged = of(known, field.dataType());
        if (merged.isEmpty()) {
          return Optional.empty();
        }

        fields.put(field.name(), merged.get());
      }
    }
    StructType merged = new StructType();
    for (Map.Entry<String, DataType> field : fields.entrySet()) {
      merged = merged.add(field.getKey(), field.getValue());
    }
    return Optional.of(merged);
  }
}
