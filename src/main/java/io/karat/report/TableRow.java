package io.karat.report;

import io.karat.settings.Language;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Row of a published table.
 *
 * @param values values by column; null values are left out
 */
record TableRow(Map<String, Object> values) {
  TableRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The row of a Spark result. */
  static TableRow of(Row row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String column : row.schema().fieldNames()) {
      Optional.ofNullable(row.<Object>getAs(column)).ifPresent(value -> values.put(column, value));
    }
    return new TableRow(values);
  }

  /** The row with the values of another one. */
  TableRow with(TableRow other) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.putAll(other.values);
    return new TableRow(all);
  }

  Optional<String> text(String column) {
    return Optional.ofNullable(values.get(column)).map(String::valueOf);
  }

  /** A text, empty if it is null. */
  String word(String column) {
    return text(column).orElse("");
  }

  Optional<BigDecimal> number(String column) {
    return Optional.ofNullable(values.get(column))
        .map(value -> value instanceof BigDecimal number ? number : new BigDecimal(value + ""));
  }

  /** A number, 0 if it is null. */
  BigDecimal amount(String column) {
    return number(column).orElse(BigDecimal.ZERO);
  }

  /** The sum of a column over rows, in which null counts as 0. */
  static BigDecimal sum(List<TableRow> rows, String column) {
    return rows.stream().map(it -> it.amount(column)).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  long count(String column) {
    return amount(column).longValue();
  }

  int whole(String column) {
    return amount(column).intValue();
  }

  boolean holds(String column) {
    return Boolean.TRUE.equals(values.get(column));
  }

  /** A name in the given language; the English one if the table has no translation. */
  String name(String column, Language language) {
    String translated =
        switch (language) {
          case EN -> column;
          case ZH -> column + "_zh";
        };
    return text(translated).or(() -> text(column)).orElse("");
  }
}
