package io.karat.engine;

import java.io.IOException;
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
import org.apache.parquet.schema.MessageType;
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
    Map<String, Object> known = StoredValues.of(row);
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    schema
        .getFields()
        .forEach(it -> values.put(it.getName(), Optional.ofNullable(known.get(it.getName()))));
    return values;
  }
}
