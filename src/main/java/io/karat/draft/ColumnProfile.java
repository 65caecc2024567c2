package io.karat.draft;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Profile of a column in the first rows of its table.
 *
 * @param rows of the table that were looked at
 * @param filled rows in which it has a value
 * @param distinct about how many values it has
 * @param numbers values that are numbers
 * @param negatives of them those below zero
 * @param decimals the most decimals of one
 * @param times values that read as a day or time, by the pattern of that; empty for ISO 8601
 * @param values its values, sorted, where they are few
 */
record ColumnProfile(
    String name,
    DataType type,
    long rows,
    long filled,
    long distinct,
    long numbers,
    long negatives,
    int decimals,
    Map<String, Long> times,
    List<String> values) {
  /** The forms of days and times that are looked for; the first is ISO 8601. */
  static final List<String> TIME_PATTERNS =
      List.of(
          "",
          "yyyyMMdd",
          "dd.MM.yyyy",
          "dd.MM.yyyy HH:mm",
          "dd/MM/yyyy",
          "MM/dd/yyyy",
          "d/M/yyyy H:mm",
          "M/d/yyyy H:mm");

  private static final double NEARLY_ALL = 0.99;

  ColumnProfile {
    times = Map.copyOf(times);
    values = List.copyOf(values);
  }

  /** The column in Spark SQL. */
  String reference() {
    return name.matches("[A-Za-z_]\\w*") ? name : "`%s`".formatted(name.replace("`", "``"));
  }

  boolean isText() {
    return type instanceof StringType;
  }

  boolean isNumber() {
    return filled > 0 && numbers >= NEARLY_ALL * filled;
  }

  /** Whether it can tell one thing from another. */
  boolean isKey() {
    return !isTyped()
        && (!(type instanceof DoubleType || type instanceof FloatType)
            || (decimals == 0 && isNumber()));
  }

  boolean isFlag() {
    return type instanceof BooleanType || (isText() && distinct == 2);
  }

  private boolean isTyped() {
    return type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof BooleanType;
  }

  boolean isTime() {
    return !(type instanceof BooleanType) && (isTyped() || !patterns().isEmpty());
  }

  /** The patterns that nearly all values have. */
  List<String> patterns() {
    return TIME_PATTERNS.stream()
        .filter(pattern -> filled > 0 && times.getOrDefault(pattern, 0L) >= NEARLY_ALL * filled)
        .toList();
  }

  /** The column as a time in Spark SQL. */
  String time() {
    Optional<String> pattern = patterns().stream().findFirst().filter(it -> !it.isEmpty());
    String text = isText() ? reference() : "CAST(%s AS STRING)".formatted(reference());
    return isTyped() || pattern.isEmpty()
        ? reference()
        : "to_timestamp(%s, '%s')".formatted(text, pattern.get());
  }
}
