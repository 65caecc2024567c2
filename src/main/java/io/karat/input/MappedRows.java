package io.karat.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.expressions.ExpressionException;
import io.karat.expressions.RowExpression;
import io.karat.expressions.TrySemantics;
import io.karat.run.InputException;
import io.karat.run.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * Source rows with the configured expressions evaluated but not yet typed; one row per source row.
 */
final class MappedRows {
  private static final String RAW = "raw_";
  private static final String IS_INCLUDED = "is_included";

  private final InputMapping mapping;
  private final Dataset<Row> rows;

  private MappedRows(InputMapping mapping, Dataset<Row> rows) {
    this.mapping = mapping;
    this.rows = rows;
  }

  /**
   * Evaluates the expressions of a mapping.
   *
   * @param source the source's rows
   * @param kept columns of the source that stay beside the mapped ones
   * @throws InputException if the source lacks a column or a mapped column has the wrong type
   * @throws UsageException if an expression does not fit the source's types
   */
  static MappedRows of(Dataset<Row> source, InputMapping mapping, List<Column> kept) {
    requireColumns(source, mapping);
    List<Column> columns = new ArrayList<>(kept);
    Column where = mapping.where().map(RowExpression::column).orElse(lit(true));
    columns.add(where.as(IS_INCLUDED));
    mapping.columns().forEach((name, value) -> columns.add(value.column().as(RAW + name)));
    mapping.prefer().ifPresent(prefer -> columns.add(prefer.column().as(ValidatedRows.PREFER)));
    sourceKey(mapping).forEach(name -> columns.add(col(quoted(name)).as(keyColumn(name))));

    MappedRows mapped = new MappedRows(mapping, selected(source, columns, mapping.table().name()));
    mapped.requireTypes();
    return mapped;
  }

  private static Dataset<Row> selected(Dataset<Row> source, List<Column> columns, String table) {
    try {
      return TrySemantics.fitting(
          source.sparkSession(), () -> source.select(columns.toArray(Column[]::new)));
    } catch (ExpressionException wrong) {
      throw new UsageException(
          "Input '%s' cannot be mapped: %s".formatted(table, wrong.getMessage()), wrong);
    }
  }

  InputMapping mapping() {
    return mapping;
  }

  Dataset<Row> rows() {
    return rows;
  }

  Column isIncluded() {
    return coalesce(col(IS_INCLUDED), lit(false));
  }

  static Column raw(String name) {
    return col(RAW + name);
  }

  DataType type(String name) {
    return rows.schema().apply(RAW + name).dataType();
  }

  /**
   * The columns that hold the key: our columns, else those of the source under a name of their own.
   */
  static List<String> keyColumns(InputMapping mapping) {
    return mapping.key().stream().map(name -> mapping.maps(name) ? name : keyColumn(name)).toList();
  }

  /** The columns of {@link #rows} that hold source columns of the key. */
  static List<String> sourceKeyColumns(InputMapping mapping) {
    return sourceKey(mapping).map(MappedRows::keyColumn).toList();
  }

  private static Stream<String> sourceKey(InputMapping mapping) {
    return mapping.key().stream().filter(name -> !mapping.maps(name));
  }

  private static String keyColumn(String name) {
    return "key_" + name;
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static void requireColumns(Dataset<Row> source, InputMapping mapping) {
    Map<String, String> found = new TreeMap<>();
    Arrays.stream(source.columns()).forEach(name -> found.put(folded(name), name));
    List<String> problems = new ArrayList<>();
    mapping.columns().forEach((name, value) -> problems.addAll(missing(value, name, found)));
    mapping.where().ifPresent(value -> problems.addAll(missing(value, "where", found)));
    mapping.prefer().ifPresent(value -> problems.addAll(missing(value, "prefer", found)));
    sourceKey(mapping)
        .filter(name -> !found.containsKey(folded(name)))
        .forEach(name -> problems.add("column '%s', used by 'key', is missing".formatted(name)));
    if (!problems.isEmpty()) {
      throw new InputException(
          "Input '%s' does not match its mapping: %s. Found columns: %s"
              .formatted(
                  mapping.table().name(),
                  String.join("; ", problems),
                  String.join(", ", source.columns())));
    }
  }

  private static List<String> missing(RowExpression value, String user, Map<String, String> found) {
    return value.words().stream()
        .filter(word -> !found.containsKey(folded(word)))
        .map(word -> "column '%s', used by '%s', is missing".formatted(word, user))
        .toList();
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void requireTypes() {
    InputSchema table = mapping.table();
    DataType where = rows.schema().apply(IS_INCLUDED).dataType();
    if (!(where instanceof BooleanType)) {
      throw new UsageException(
          "Input '%s' cannot be mapped: 'where' is %s, expected a condition. Correct 'inputs.%s.where'."
              .formatted(table.name(), where.simpleString(), table.name()));
    }

    List<String> problems = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      if (!field.name().startsWith(RAW)) {
        continue;
      }

      String name = field.name().substring(RAW.length());
      boolean isMoney =
          table.moneyColumns().contains(name)
              || table.amountColumn().stream().anyMatch(name::equals);
      if (isMoney && !ExactAmount.isReadable(field.dataType())) {
        problems.add(wrongType(field, name, "a number or text"));
      }
      columnType(name)
          .filter(type -> !type.isReadable(field.dataType()))
          .ifPresent(type -> problems.add(wrongType(field, name, type.expected())));
    }
    if (!problems.isEmpty()) {
      throw new InputException(
          "Input '%s' has columns of the wrong type: %s. Convert them in the mapping"
              .formatted(table.name(), String.join("; ", problems)));
    }
  }

  private Optional<ColumnType> columnType(String name) {
    InputSchema table = mapping.table();
    return table.time().equals(Optional.of(name))
        ? Optional.of(ColumnType.DATE)
        : Optional.ofNullable(table.otherColumns().get(name));
  }

  private static String wrongType(StructField field, String name, String expected) {
    return "'%s' is %s, expected %s".formatted(name, field.dataType().simpleString(), expected);
  }
}
