package io.karat.mart;

import static java.util.stream.Collectors.joining;

import io.karat.tables.Columns;
import java.util.List;

/**
 * The view of contributions in long form: one row per customer, model and indicator that counts,
 * from a table with a column {@code <model>__<indicator>} for each.
 */
record ContributionView(Schemas schemas, MartTable table) {
  private static final String OF = "__";

  /** The name that readers use. */
  String view() {
    return schemas.view(table.name() + "_long");
  }

  /** Whether the table has contributions. */
  boolean isNeeded() {
    return !contributions().isEmpty();
  }

  private List<String> contributions() {
    return table.name().equals("value_contributions")
        ? table.columns().stream().map(MartColumn::name).filter(it -> it.contains(OF)).toList()
        : List.of();
  }

  /** The statement that creates the view, or shows further columns in it. */
  String definition() {
    String wide = schemas.view(table.name());
    String rows =
        contributions().stream()
            .map(
                column -> "(%s, %s, %s)".formatted(model(column), indicator(column), value(column)))
            .collect(joining(", "));
    return """
    CREATE OR REPLACE VIEW %s AS
    SELECT %s, model, indicator, points
    FROM %s CROSS JOIN LATERAL (VALUES %s) AS contribution (model, indicator, points)
    WHERE points IS NOT NULL
    """
        .formatted(
            view(),
            Sql.names(List.of(Columns.AS_OF_DATE, Columns.RUN_ID, Columns.CUSTOMER_ID)),
            wide,
            rows);
  }

  private static String model(String column) {
    return Sql.text(column.substring(0, column.indexOf(OF)));
  }

  private static String indicator(String column) {
    return Sql.text(column.substring(column.indexOf(OF) + OF.length()));
  }

  private static String value(String column) {
    return "CAST(%s AS numeric(18,6))".formatted(Sql.name(column));
  }
}
