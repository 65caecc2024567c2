package io.karat.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.engine.KeyText;
import io.karat.engine.SourceFormat;
import io.karat.expressions.ExpressionException;
import io.karat.expressions.RowExpression;
import io.karat.expressions.Spelling;
import io.karat.expressions.TrySemantics;
import io.karat.run.InputException;
import io.karat.run.UsageException;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
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
    Column where = mapping.where().map(value -> value.column(source)).orElse(lit(true));
    columns.add(where.as(IS_INCLUDED));
    if (List.of(source.columns()).contains(SourceFormat.MALFORMED)) {
      columns.add(source.col(SourceFormat.MALFORMED));
    }
    if (List.of(source.columns()).contains(JoinedSource.UNMATCHED)) {
      columns.add(source.col(JoinedSource.UNMATCHED));
    }
    mapping.columns().forEach((name, value) -> columns.add(value.column(source).as(RAW + name)));
    mapping
        .prefer()
        .ifPresent(prefer -> columns.add(prefer.column(source).as(ValidatedRows.PREFER)));
    sourceKey(mapping)
        .forEach(
            name -> columns.add(key(source.col(SourceFormat.quoted(name)), source, mapping, name)));

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

  /** A key of the source's own columns; its text is compared as that of our ids. */
  private static Column key(Column own, Dataset<Row> source, InputMapping mapping, String name) {
    DataType type = source.select(own).schema().apply(0).dataType();
    Column value =
        type instanceof StringType ? new KeyColumn(own, type, mapping.isIdRaw()).text() : own;
    return value.as(keyColumn(mapping, name));
  }

  /** For each text of the key in the source's own columns: true where it was lost in decoding. */
  Stream<Column> garbledKeys() {
    return sourceKeyColumns(mapping).stream()
        .filter(name -> rows.schema().apply(name).dataType() instanceof StringType)
        .map(name -> KeyText.isText(rows.col(name)).equalTo(false));
  }

  /** True where a row does not fit its format; false for formats in which every row does. */
  Column isMalformed() {
    return List.of(rows.columns()).contains(SourceFormat.MALFORMED)
        ? rows.col(SourceFormat.MALFORMED).isNotNull()
        : lit(false);
  }

  /** Whether rows say which joined tables have no row for them. */
  boolean hasJoins() {
    return List.of(rows.columns()).contains(JoinedSource.UNMATCHED);
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
    return mapping.key().stream()
        .map(name -> mapping.maps(name) ? name : keyColumn(mapping, name))
        .toList();
  }

  /** The columns of {@link #rows} that hold source columns of the key. */
  static List<String> sourceKeyColumns(InputMapping mapping) {
    return sourceKey(mapping).map(name -> keyColumn(mapping, name)).toList();
  }

  private static Stream<String> sourceKey(InputMapping mapping) {
    return mapping.key().stream().filter(name -> !mapping.maps(name));
  }

  private static String keyColumn(InputMapping mapping, String name) {
    return "key_" + mapping.key().indexOf(name);
  }

  private static void requireColumns(Dataset<Row> source, InputMapping mapping) {
    Map<String, String> found = new LinkedHashMap<>();
    Arrays.stream(source.columns())
        .filter(name -> !JoinedTable.OF_READING.contains(name))
        .forEach(name -> found.put(folded(name), name));
    List<String> problems = new ArrayList<>();
    mapping.columns().forEach((name, value) -> problems.addAll(missing(value, name, found)));
    mapping.where().ifPresent(value -> problems.addAll(missing(value, "where", found)));
    mapping.prefer().ifPresent(value -> problems.addAll(missing(value, "prefer", found)));
    sourceKey(mapping)
        .filter(name -> !found.containsKey(folded(name)))
        .forEach(name -> problems.add(missing(name, "key") + suggestion(name, found)));
    if (!problems.isEmpty()) {
      throw new InputException(
          "Input '%s' does not match its mapping: %s. Found columns: %s"
              .formatted(
                  mapping.table().name(),
                  String.join("; ", problems),
                  String.join(", ", found.values())));
    }
  }

  private static List<String> missing(RowExpression value, String user, Map<String, String> found) {
    return value.words().stream()
        .filter(word -> !found.containsKey(folded(word)))
        .map(word -> missing(word, user) + suggestion(word, found))
        .toList();
  }

  private static String missing(String column, String user) {
    return "column '%s', used by '%s', is missing".formatted(column, user);
  }

  private static String suggestion(String column, Map<String, String> found) {
    return Spelling.closest(column, found.values())
        .map(", did you mean '%s'?"::formatted)
        .orElse("");
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
      if (name.equals(Columns.CUSTOMER_ID) && !KeyColumn.isReadable(field.dataType())) {
        problems.add(wrongType(field, name, KeyColumn.EXPECTED));
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
