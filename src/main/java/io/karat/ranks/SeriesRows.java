package io.karat.ranks;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * One row per customer and series, for the series in which a customer has a value.
 *
 * @param customers one row per customer
 */
record SeriesRows(Dataset<Row> customers, List<RankedColumn> columns) {
  static final String SERIES = "series";
  static final String INTEGER = "integer";
  static final String TEXT = "text";

  private static final String ADDED_INTEGER = "added_integer";
  private static final String ADDED_TEXT = "added_text";

  SeriesRows {
    columns = List.copyOf(columns);
  }

  /** Whether any column takes its shares of value from another column. */
  boolean hasAdded() {
    return columns.stream().anyMatch(column -> column.added().isPresent());
  }

  /**
   * {@code series}; {@code integer}, which is the greatest or the least long for a value of more
   * than 18 digits; {@code text}, only for such values; and the parts of the value to add up, if
   * there is one.
   */
  Dataset<Row> rows() {
    Column[] series = IntStream.range(0, columns.size()).mapToObj(this::row).toArray(Column[]::new);
    List<Column> fields = new ArrayList<>();
    fields.add(col(SERIES));
    fields.add(integer(INTEGER, TEXT).as(INTEGER));
    fields.add(col(TEXT));
    if (hasAdded()) {
      fields.addAll(SplitSum.parts(integer(ADDED_INTEGER, ADDED_TEXT), col(ADDED_TEXT)));
    }
    return withIntegers()
        .select(inline(array(series)))
        .select(fields.toArray(Column[]::new))
        .filter(col(SERIES).isNotNull().and(col(INTEGER).isNotNull()));
  }

  private static Column integer(String known, String text) {
    return coalesce(col(known), LargeValue.extreme(col(text)));
  }

  /** All columns, with an integer column beside each number, as it is used more than once. */
  private Dataset<Row> withIntegers() {
    Set<String> numbers = new TreeSet<>();
    Set<String> all = new TreeSet<>();
    for (RankedColumn column : columns) {
      numbers.add(column.value());
      column.added().ifPresent(numbers::add);
      column.group().ifPresent(all::add);
    }
    all.addAll(numbers);
    List<Column> named = new ArrayList<>(all.stream().map(functions::col).toList());
    numbers.forEach(name -> named.add(units(name).integer().as(integerOf(name))));
    return customers.select(named.toArray(Column[]::new));
  }

  private Column row(int index) {
    RankedColumn column = columns.get(index);
    Column group = column.group().map(functions::col).orElse(lit(RankResults.ALL));
    List<Column> fields = new ArrayList<>();
    fields.add(Series.key(index, group).as(SERIES));
    fields.addAll(number(Optional.of(column.value()), INTEGER, TEXT));
    if (hasAdded()) {
      fields.addAll(number(column.added(), ADDED_INTEGER, ADDED_TEXT));
    }
    return struct(fields.toArray(Column[]::new));
  }

  private List<Column> number(Optional<String> name, String integer, String text) {
    Column known = name.map(it -> col(integerOf(it))).orElse(lit(null).cast("bigint"));
    Column written = name.map(it -> units(it).text(known)).orElse(lit(null).cast("string"));
    return List.of(known.as(integer), written.as(text));
  }

  private WholeUnits units(String name) {
    return WholeUnits.of(customers.schema(), name);
  }

  private static String integerOf(String name) {
    return "integer of " + name;
  }
}
