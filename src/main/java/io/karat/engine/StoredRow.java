package io.karat.engine;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Row of Parquet files that is found by a key, without Spark. */
public final class StoredRow {
  private StoredRow() {}

  /**
   * Finds the first row of some files with a text in a column.
   *
   * @param columns the columns that are read; those that the files do not have are left out
   * @return the values by column: texts, decimals, days, truth values, and whole and floating
   *     numbers; empty where null. Empty if no row has the text
   * @throws IOException if a file cannot be read
   */
  public static Optional<Map<String, Optional<Object>>> of(
      List<String> files, String key, String text, Collection<String> columns, Configuration hadoop)
      throws IOException {
    for (String file : files) {
      MessageType all = StoredFooter.of(file, hadoop).getFileMetaData().getSchema();
      List<Type> read = new ArrayList<>();
      all.getFields().stream()
          .filter(field -> field.getName().equals(key) || columns.contains(field.getName()))
          .forEach(read::add);
      MessageType schema = new MessageType(all.getName(), read);
      Configuration reading = new Configuration(hadoop);
      reading.set(ReadSupport.PARQUET_READ_SCHEMA, schema.toString());
      try (ParquetReader<Group> rows =
          ParquetReader.builder(new GroupReadSupport(), new Path(file))
              .withConf(reading)
              .withFilter(
                  FilterCompat.get(
                      FilterApi.eq(FilterApi.binaryColumn(key), Binary.fromString(text))))
              .build()) {
        Group row = rows.read();
        if (row != null) {
          return Optional.of(values(row, schema));
        }
      }
    }
    return Optional.empty();
  }

  private static Map<String, Optional<Object>> values(Group row, MessageType schema) {
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    for (Type field : schema.getFields()) {
      String name = field.getName();
      values.put(
          name,
          row.getFieldRepetitionCount(name) == 0
              ? Optional.empty()
              : Optional.of(value(row, name, field.asPrimitiveType())));
    }
    return values;
  }

  private static Object value(Group row, String name, PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return new BigDecimal(unscaled(row, name, type), decimal.getScale());
    }
    return switch (type.getPrimitiveTypeName()) {
      case INT32 ->
          meaning instanceof DateLogicalTypeAnnotation
              ? LocalDate.ofEpochDay(row.getInteger(name, 0))
              : (Object) (long) row.getInteger(name, 0);
      case INT64 -> row.getLong(name, 0);
      case BOOLEAN -> row.getBoolean(name, 0);
      case DOUBLE -> row.getDouble(name, 0);
      case FLOAT -> (double) row.getFloat(name, 0);
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> row.getString(name, 0);
    };
  }

  private static BigInteger unscaled(Group row, String name, PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> BigInteger.valueOf(row.getInteger(name, 0));
      case INT64 -> BigInteger.valueOf(row.getLong(name, 0));
      case BINARY, FIXED_LEN_BYTE_ARRAY, BOOLEAN, DOUBLE, FLOAT, INT96 ->
          new BigInteger(row.getBinary(name, 0).getBytes());
    };
  }
}
