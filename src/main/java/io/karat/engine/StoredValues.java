package io.karat.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Values of a row of Parquet: texts, decimals, days, truth values, whole and floating numbers. */
public final class StoredValues {
  private StoredValues() {}

  /** The values that are not null, by column, in the order of the columns. */
  public static Map<String, Object> of(Group row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int column = 0; column < row.getType().getFieldCount(); column++) {
      if (row.getFieldRepetitionCount(column) > 0) {
        values.put(row.getType().getFieldName(column), value(row, column));
      }
    }
    return values;
  }

  private static Object value(Group row, int column) {
    PrimitiveType type = row.getType().getType(column).asPrimitiveType();
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return new BigDecimal(unscaled(row, column, type), decimal.getScale());
    }

    return switch (type.getPrimitiveTypeName()) {
      case INT32 ->
          meaning instanceof DateLogicalTypeAnnotation
              ? LocalDate.ofEpochDay(row.getInteger(column, 0))
              : (Object) (long) row.getInteger(column, 0);
      case INT64 -> row.getLong(column, 0);
      case BOOLEAN -> row.getBoolean(column, 0);
      case FLOAT -> row.getFloat(column, 0);
      case DOUBLE -> row.getDouble(column, 0);
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> row.getString(column, 0);
    };
  }

  private static BigInteger unscaled(Group row, int column, PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> BigInteger.valueOf(row.getInteger(column, 0));
      case INT64 -> BigInteger.valueOf(row.getLong(column, 0));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> integer(row.getBinary(column, 0).toByteBuffer());
      case BOOLEAN, FLOAT, DOUBLE, INT96 ->
          throw new IllegalStateException("No decimal is stored as " + type);
    };
  }

  private static BigInteger integer(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return new BigInteger(bytes);
  }
}
