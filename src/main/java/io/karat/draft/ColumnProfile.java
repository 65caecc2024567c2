package io.karat.draft;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Profile of a column in the first rows of its table.
 *
 * @param rows of the table that were looked at
 * @param filled rows in which it has a value
 * @param distinct how many values it has
 * @param form in which its values are numbers; empty if they are none
 * @param isUnsure whether its numbers may mean others than they read as
 * @param currencies the signs and codes of currencies in its numbers, one of each
 * @param range its least and its largest number; empty if it has none
 * @param negatives of its numbers those below zero
 * @param decimals the most decimals of one
 * @param times the forms in which nearly all values are days or times
 * @param values its values, sorted, where they are few
 */
record ColumnProfile(
    String name,
    DataType type,
    long rows,
    long filled,
    long distinct,
    Optional<NumberForm> form,
    boolean isUnsure,
    List<String> currencies,
    Optional<NumberRange> range,
    long negatives,
    int decimals,
    List<TimeForm> times,
    List<String> values) {
  private static final double NEARLY_ALL = 0.99;
  private static final int FEW = 30;

  ColumnProfile {
    currencies = List.copyOf(currencies);
    times = List.copyOf(times);
    values = List.copyOf(values);
  }

  /** Whether nearly all texts are of a kind, as a few may be wrong; false where there is none. */
  static boolean nearlyAll(List<String> texts, Predicate<String> kind) {
    long most = (long) (texts.size() * (1 - NEARLY_ALL));
    return !texts.isEmpty() && texts.stream().filter(kind.negate()).limit(most + 1).count() <= most;
  }

  /** The profile of a column in some rows. */
  static ColumnProfile of(StructField field, List<Row> rows) {
    List<String> texts =
        rows.stream()
            .map(row -> row.<Object>getAs(field.name()))
            .filter(Objects::nonNull)
            .map(value -> value.toString().strip())
            .filter(text -> !text.isEmpty())
            .toList();
    boolean isText = field.dataType() instanceof StringType;
    Optional<NumberForm> form = NumberForm.of(texts);
    List<BigDecimal> numbers =
        texts.stream()
            .flatMap(text -> form.stream().flatMap(it -> it.value(text).stream()))
            .toList();
    Set<String> distinct = new TreeSet<>(texts);
    return new ColumnProfile(
        field.name(),
        field.dataType(),
        rows.size(),
        texts.size(),
        distinct.size(),
        form,
        isText && NumberForm.isUnsure(texts),
        form.isPresent() ? NumberForm.currencies(texts) : List.of(),
        NumberRange.of(numbers),
        numbers.stream().filter(number -> number.signum() < 0).count(),
        numbers.stream()
            .mapToInt(number -> Math.max(0, number.stripTrailingZeros().scale()))
            .max()
            .orElse(0),
        TimeForm.ALL.stream().filter(time -> nearlyAll(texts, time.test())).toList(),
        isText && distinct.size() <= FEW ? List.copyOf(distinct) : List.of());
  }

  ColumnProfile withTimes(List<TimeForm> times) {
    return new ColumnProfile(
        name,
        type,
        rows,
        filled,
        distinct,
        form,
        isUnsure,
        currencies,
        range,
        negatives,
        decimals,
        times,
        values);
  }

  /** Whether so many of all values are nearly all. */
  static boolean isNearlyAll(long count, long all) {
    return all > 0 && count >= NEARLY_ALL * all;
  }

  /** The column in Spark SQL. */
  String reference() {
    return reference(name);
  }

  static String reference(String name) {
    return name.matches("[A-Za-z_]\\w*") ? name : "`%s`".formatted(name.replace("`", "``"));
  }

  boolean isText() {
    return type instanceof StringType;
  }

  boolean isNumber() {
    return filled > 0 && form.isPresent();
  }

  /** The column as a number in Spark SQL, in the unit that its name says. */
  String number() {
    String number = form.orElse(NumberForm.PLAIN).reading(reference());
    return unit().map(unit -> unit.reading(number)).orElse(number);
  }

  /** What a person should look at in its numbers. */
  List<String> numberChecks() {
    List<String> checks = new ArrayList<>();
    if (isUnsure) {
      checks.add("whether the mark in %s stands before decimals or thousands".formatted(name));
    }
    if (form.filter(NumberForm::hasSide).isPresent()) {
      checks.add("whether CR in %s is below zero, or DR".formatted(name));
    }
    if (currencies.size() > 1) {
      checks.add(
          "%s has %s, and amounts of several currencies would be added up"
              .formatted(name, String.join(", ", currencies)));
    }
    return checks;
  }

  /** The unit of its amounts that its name says. */
  Optional<AmountUnit> unit() {
    return AmountUnit.of(name);
  }

  /** Whether its numbers have the sign of percent, so that they are no amounts. */
  boolean isInPercent() {
    return form.filter(it -> it == NumberForm.PERCENT).isPresent();
  }

  /** Whether it can tell one thing from another. */
  boolean isKey() {
    return !isTyped()
        && (!(type instanceof DoubleType || type instanceof FloatType)
            || (decimals == 0 && isNumber()));
  }

  /** Whether it has few texts, and a name that a column of a table may have. */
  boolean isCategory() {
    return isText()
        && distinct > 1
        && !values.isEmpty()
        && !isTime()
        && name.matches("[a-z][a-z0-9_]*");
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
    return !(type instanceof BooleanType) && (isTyped() || !times.isEmpty());
  }

  /** Whether it is of days or times by its values alone. */
  boolean isSurelyTime() {
    return isTime() && times.stream().noneMatch(TimeForm::isCount);
  }

  /** The forms of its days and times that differ in the order of day, month and year. */
  List<TimeForm> readings() {
    List<TimeForm> readings = new ArrayList<>();
    for (TimeForm form : times) {
      if (readings.stream().noneMatch(form::isLike)) {
        readings.add(form);
      }
    }
    return readings;
  }

  /** The column as a time in Spark SQL. */
  String time() {
    Optional<TimeForm> first = times.stream().findFirst().filter(it -> !it.equals(TimeForm.ISO));
    String text =
        isText() || first.filter(TimeForm::isCount).isPresent()
            ? reference()
            : "CAST(%s AS STRING)".formatted(reference());
    return isTyped() || first.isEmpty() ? reference() : first.get().reading(text);
  }
}
