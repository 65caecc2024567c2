package io.karat.mart;

import static java.util.stream.Collectors.joining;

import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The views over several tables: {@code customers}, one wide row per customer, and {@code dates},
 * one row per day.
 */
record WideViews(Schemas schemas) {
  static final String CUSTOMERS = "customers";
  static final String DATES = "dates";

  private static final String INDICATORS = "customer_indicators";
  private static final String VALUES = "customer_value";
  private static final Set<String> COMMON =
      Set.of(Columns.AS_OF_DATE, Columns.RUN_ID, Columns.CUSTOMER_ID);

  /**
   * The statements that create the view of customers, or show further columns in it; none if it has
   * all. Columns that it has keep their places, as a view cannot lose any.
   *
   * @param seen the columns that it has
   * @param indicators the columns of customer_indicators
   * @param values the columns of customer_value
   */
  List<String> customers(
      Map<String, MartColumn> seen,
      Map<String, MartColumn> indicators,
      Map<String, MartColumn> values) {
    Map<String, String> sources = new LinkedHashMap<>();
    indicators.keySet().forEach(column -> sources.put(column, "i"));
    values.keySet().stream()
        .filter(column -> !COMMON.contains(column))
        .forEach(column -> sources.putIfAbsent(column, "v"));
    Set<String> shown = new LinkedHashSet<>(seen.keySet());
    shown.retainAll(sources.keySet());
    shown.addAll(sources.keySet());
    if (indicators.isEmpty()
        || values.isEmpty()
        || List.copyOf(shown).equals(List.copyOf(seen.keySet()))) {
      return List.of();
    }

    String view = schemas.view(CUSTOMERS);
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE OR REPLACE VIEW %s AS SELECT %s FROM %s AS i JOIN %s AS v USING (customer_id, run_id)"
            .formatted(
                view,
                shown.stream()
                    .map(column -> "%s.%s".formatted(sources.get(column), Sql.name(column)))
                    .collect(joining(", ")),
                schemas.view(INDICATORS),
                schemas.view(VALUES)));
    statements.add(
        "COMMENT ON VIEW %s IS 'One row per customer: all indicators, scores and states.'"
            .formatted(view));
    shown.stream()
        .map(column -> Optional.ofNullable(indicators.get(column)).orElse(values.get(column)))
        .map(
            column ->
                "COMMENT ON COLUMN %s.%s IS %s"
                    .formatted(view, Sql.name(column.name()), Sql.text(column.comment())))
        .forEach(statements::add);
    return statements;
  }

  /** The statement that creates the view of days: three years up to the as-of day, one after. */
  String dates() {
    return """
    CREATE VIEW %s AS
    SELECT day::date AS date,
      extract(year FROM day)::integer AS year,
      to_char(day, 'YYYY-"Q"Q') AS quarter,
      to_char(day, 'YYYY-MM') AS month,
      to_char(day, 'IYYY-"W"IW') AS week,
      extract(isodow FROM day)::integer AS weekday,
      extract(isodow FROM day) > 5 AS is_weekend,
      day::date - as_of_date AS days_from_as_of,
      day::date = as_of_date AS is_as_of
    FROM %s, generate_series(
      (as_of_date - 1095)::timestamp, (as_of_date + 366)::timestamp, interval '1 day') AS day
    """
        .formatted(schemas.view(DATES), schemas.currentRelease());
  }
}
