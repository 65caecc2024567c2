package io.karat.mart;

import static java.util.Map.entry;

import io.karat.publishing.Staging;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A published table in PostgreSQL, with a partition per run.
 *
 * @param comment the meaning of a row; may be empty
 * @param columns as published
 */
record MartTable(String name, String comment, List<MartColumn> columns) {
  static final String HISTORY = Staging.HISTORY_TABLE;

  /** The column with the release that shows a row of {@link #RUNS}. */
  static final String OF_RELEASE = "of_release";

  /**
   * A table that lists earlier runs too, so that the run of a row is not the one that published it.
   */
  private static final String RUNS = "runs";

  private static final String VALUE = "customer_value";

  /** Columns that are never null and together unique in a run; tables without them are small. */
  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          entry("customer_indicators", List.of(Columns.CUSTOMER_ID)),
          entry(VALUE, List.of(Columns.CUSTOMER_ID)),
          entry(HISTORY, List.of(Columns.CUSTOMER_ID)),
          entry("value_contributions", List.of(Columns.CUSTOMER_ID)),
          entry("tiers", List.of("model", "tier")),
          entry("tier_profiles", List.of("model", "tier", "indicator")),
          entry("class_disagreements", List.of("model", "level", "other_model", "other_level")),
          entry("screening_funnel", List.of("screening", "criterion")),
          entry("scorecard_quadrants", List.of("quadrant")),
          entry("concentration", List.of("indicator", "percent")),
          entry("indicator_correlations", List.of("model", "indicator", "other_indicator")),
          entry("segments", List.of("segment_id")),
          entry("transitions", List.of("model", "period_days", "from_state", "to_state")),
          entry("key_account_changes", List.of(Columns.CUSTOMER_ID, "model", "period_days")),
          entry("state_values", List.of("model", "state")),
          entry("key_accounts", List.of(Columns.CUSTOMER_ID, "reason")),
          entry("findings", List.of("position")),
          entry("churn_levels", List.of("satisfaction_level")),
          entry("dictionary", List.of("table_name", "column_name")),
          entry(RUNS, List.of(Columns.RUN_ID)));

  MartTable {
    columns = List.copyOf(columns);
  }

  static MartTable of(String name, String comment, StructType schema)
      throws UnloadableReleaseException {
    List<MartColumn> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      columns.add(MartColumn.of(field));
    }
    return new MartTable(name, comment, columns);
  }

  /** The column that decides the partition of a row. */
  String partitionColumn() {
    return name.equals(RUNS) ? OF_RELEASE : Columns.RUN_ID;
  }

  boolean isOfNights() {
    return name.equals(HISTORY);
  }

  /** Whether all rows of a partition are of one day. */
  boolean isOfOneDay() {
    return !name.equals(RUNS);
  }

  /** The published columns, and the partition's column if it is not one of them. */
  List<MartColumn> stored() {
    return name.equals(RUNS)
        ? Stream.concat(
                columns.stream(),
                Stream.of(new MartColumn(OF_RELEASE, "text", "The release that shows the row.")))
            .toList()
        : columns;
  }

  /** The primary key, with the partition's column last; empty if rows have no key. */
  List<String> key() {
    List<String> own = KEYS.getOrDefault(name, List.of());
    return own.isEmpty() ? own : Stream.concat(own.stream(), Stream.of(partitionColumn())).toList();
  }

  /**
   * The columns of codes, which readers filter by: those with a column for the name beside them.
   */
  List<String> indexed() {
    if (!name.equals(VALUE)) {
      return List.of();
    }

    List<String> names = columns.stream().map(MartColumn::name).toList();
    Set<String> all = Set.copyOf(names);
    return names.stream()
        .filter(column -> !column.equals(Columns.CUSTOMER_ID))
        .filter(column -> all.contains(column.replaceFirst("_id$", "") + "_name"))
        .toList();
  }
}
