package io.karat.report;

import io.karat.movement.ComparisonPeriod;
import io.karat.publishing.RunTables;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Tables of a release, as a report reads them.
 *
 * @param tables the tables of the run, which are not published yet while it writes its report
 */
record ReleaseTables(RunTables tables, Configuration hadoop) {
  static final String INDICATORS = "customer_indicators";
  static final String VALUES = "customer_value";
  static final String HISTORY = "customer_value_history";

  /** The tables that every report reads. */
  static final List<String> SMALL =
      List.of(
          "tiers",
          "rfm_cells",
          "scorecard_quadrants",
          "concentration",
          CoverageSection.TABLE,
          "segments",
          SegmentSection.PROFILES,
          "transitions",
          "dictionary",
          "quality_results",
          "runs");

  /** Those that some releases do not have: of some configurations, and of earlier versions. */
  private static final List<String> NOT_ALWAYS =
      List.of(
          "prediction_coefficients",
          "prediction_back_test",
          "resource_allocation",
          "tier_profiles",
          "class_disagreements",
          "screening_funnel",
          "churn_levels",
          AccountTables.KEY_ACCOUNTS,
          AccountTables.FINDINGS.name());

  String location(String table) {
    return tables.location(table);
  }

  SmallTable table(String name) throws IOException {
    return new SmallTable(tables.files(name), hadoop);
  }

  /** The rows of every small table. */
  Map<String, List<TableRow>> small() throws IOException {
    Map<String, List<TableRow>> small = new LinkedHashMap<>(small(SMALL));
    for (String name : NOT_ALWAYS) {
      if (tables.has(name)) {
        small.put(name, table(name).rows());
      }
    }
    return Collections.unmodifiableMap(small);
  }

  /** The rows of some small tables. */
  Map<String, List<TableRow>> small(List<String> names) throws IOException {
    Map<String, List<TableRow>> small = new LinkedHashMap<>();
    for (String name : names) {
      small.put(name, shown(name));
    }
    return Collections.unmodifiableMap(small);
  }

  /** The rows of a table that a report shows: of two that have a row for each value, not all. */
  private List<TableRow> shown(String name) throws IOException {
    if (name.equals(CoverageSection.TABLE)) {
      LargestValues values = new LargestValues();
      table(name).read(values::add);
      return values.rows();
    }
    List<TableRow> rows = new ArrayList<>();
    boolean isOfSegments = name.equals(SegmentSection.PROFILES);
    table(name)
        .read(
            row -> {
              if (!isOfSegments || SegmentSection.isNumber(row) || SegmentSection.isTrait(row)) {
                rows.add(row);
              }
            });
    return rows;
  }

  /** The customers of a night of the history. */
  Dataset<Row> night(LocalDate night, SparkSession spark) throws IOException {
    List<String> files = tables.nights().getOrDefault(night, List.of());
    return spark
        .read()
        .schema(table(HISTORY).schema(files.get(0)))
        .parquet(files.toArray(String[]::new));
  }

  /**
   * The files of some nights of the history: the last two nights, and others spread evenly over
   * those before.
   *
   * @param most the largest number of nights
   */
  SortedMap<LocalDate, List<String>> nights(int most) throws IOException {
    SortedMap<LocalDate, List<String>> nights = tables.nights();
    nights.keySet().retainAll(some(List.copyOf(nights.keySet()), most));
    return nights;
  }

  /** The latest night of the history before another; empty if there is none. */
  Optional<LocalDate> nightBefore(LocalDate asOf) throws IOException {
    return ComparisonPeriod.PREVIOUS_NIGHT.night(asOf, tables.nights().keySet());
  }

  /** The last two elements of a list, and others spread evenly over those before. */
  static <T> List<T> some(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }

    List<T> some = new ArrayList<>();
    int earlier = all.size() - 1;
    for (int i = 0; i < most - 1; i++) {
      some.add(all.get((int) ((long) i * (earlier - 1) / (most - 2))));
    }
    some.add(all.get(earlier));
    return some;
  }

  /** Whether a history file has each of these columns with the same type, or not at all. */
  boolean fits(String file, StructType columns) throws IOException {
    StructType own = table(HISTORY).schema(file);
    for (String name : columns.fieldNames()) {
      if (List.of(own.fieldNames()).contains(name)
          && !own.apply(name).dataType().equals(columns.apply(name).dataType())) {
        return false;
      }
    }
    return true;
  }
}
