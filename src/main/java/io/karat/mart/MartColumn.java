package io.karat.mart;

import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampType;

/**
 * A column of PostgreSQL.
 *
 * @param type as {@code format_type} prints it
 * @param comment may be empty
 */
record MartColumn(String name, String type, String comment) {
  static MartColumn of(StructField field) throws UnloadableReleaseException {
    if (!StorableNames.isShort(field.name())) {
      throw new UnloadableReleaseException(
          "the name of column '%s' is longer than the %d bytes that PostgreSQL allows: rename it"
              .formatted(field.name(), StorableNames.MOST_BYTES));
    }
    return new MartColumn(
        field.name(), type(field.dataType()), field.getComment().getOrElse(() -> ""));
  }

  /** The definition, such as {@code "sales" numeric(38,2)}. */
  String definition() {
    return "%s %s".formatted(Sql.name(name), type);
  }

  private static String type(DataType type) {
    if (type instanceof DecimalType decimal) {
      return "numeric(%d,%d)".formatted(decimal.precision(), decimal.scale());
    } else if (type instanceof StringType) {
      return "text";
    } else if (type instanceof LongType) {
      return "bigint";
    } else if (type instanceof IntegerType) {
      return "integer";
    } else if (type instanceof BooleanType) {
      return "boolean";
    } else if (type instanceof DateType) {
      return "date";
    } else if (type instanceof TimestampType) {
      return "timestamp with time zone";
    } else if (type instanceof DoubleType) {
      return "double precision";
    }
    throw new IllegalArgumentException("No column of ours is " + type.simpleString());
  }
}
