package io.karat.tables;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.run.Run;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The contract of a published table: its columns in order, each with a type and a meaning. {@code
 * as_of_date} and {@code run_id} come first in every table.
 *
 * @param meaning the meaning of one row
 * @param own the columns after the first two
 */
public record TableContract(String name, BilingualText meaning, List<ColumnContract> own) {
  private static final List<ColumnContract> COMMON = TableDefinitions.part("every_table", Map.of());

  public TableContract {
    own = List.copyOf(own);
  }

  /** All columns in order. */
  public List<ColumnContract> columns() {
    return Stream.concat(COMMON.stream(), own.stream()).toList();
  }

  /** The table's own columns as a Spark schema. */
  public StructType schema() {
    return schema(own);
  }

  /** All columns as the Spark schema of the published files. */
  public StructType publishedSchema() {
    return schema(columns());
  }

  private static StructType schema(List<ColumnContract> columns) {
    return DataTypes.createStructType(
        columns.stream()
            .map(column -> DataTypes.createStructField(column.name(), column.type(), true))
            .toList());
  }

  /**
   * The published rows: the columns of the contract in order, with their comments.
   *
   * @param rows has every own column in its type
   * @throws IllegalStateException if it has not, which is a defect of ours
   */
  public Dataset<Row> publish(Dataset<Row> rows, Run run, Language language) {
    requireTypes(rows);
    Column[] columns =
        columns().stream().map(column -> value(column, run, language)).toArray(Column[]::new);
    return rows.select(columns);
  }

  /**
   * The published rows of a small table, in the order of {@link #publishedSchema(Language)}.
   *
   * @param rows have the own columns in their order
   */
  public List<Row> publish(List<Row> rows, Run run) {
    List<Row> published = new ArrayList<>();
    for (Row row : rows) {
      List<Object> values = new ArrayList<>(List.of(run.asOf(), run.id()));
      for (int i = 0; i < row.size(); i++) {
        values.add(row.get(i));
      }
      published.add(RowFactory.create(values.toArray()));
    }
    return published;
  }

  /** All columns as the Spark schema of the published files, with their comments. */
  public StructType publishedSchema(Language language) {
    return DataTypes.createStructType(
        columns().stream()
            .map(
                column ->
                    DataTypes.createStructField(
                        column.name(), column.type(), true, comment(column, language)))
            .toList());
  }

  private static Metadata comment(ColumnContract column, Language language) {
    return new MetadataBuilder().putString("comment", column.meaning().in(language)).build();
  }

  private static Column value(ColumnContract column, Run run, Language language) {
    Column value =
        switch (column.name()) {
          case Columns.AS_OF_DATE -> lit(run.asOf());
          case Columns.RUN_ID -> lit(run.id());
          default -> col(column.name());
        };
    return value.as(column.name(), comment(column, language));
  }

  private void requireTypes(Dataset<Row> rows) {
    Map<String, DataType> found = new HashMap<>();
    for (StructField field : rows.schema().fields()) {
      found.put(field.name(), field.dataType());
    }
    String problems =
        own.stream()
            .filter(column -> !column.type().equals(found.get(column.name())))
            .map(
                column ->
                    "column '%s' is %s, expected %s"
                        .formatted(
                            column.name(), found.get(column.name()), column.type().simpleString()))
            .collect(joining("; "));
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "Table '%s' breaks its contract: %s. Found columns: %s"
              .formatted(name, problems, String.join(", ", Arrays.asList(rows.columns()))));
    }
  }
}
