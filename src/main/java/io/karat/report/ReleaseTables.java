package io.karat.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;

/**
 * Tables of a release.
 *
 * @param folders the folder of a table, by its name
 */
record ReleaseTables(UnaryOperator<String> folders, Configuration hadoop) {
  static final String INDICATORS = "customer_indicators";
  static final String VALUES = "customer_value";
  static final String HISTORY = "customer_value_history";

  /** The tables that a report reads in full. */
  static final List<String> SMALL =
      List.of(
          "tiers",
          "rfm_cells",
          "scorecard_quadrants",
          "concentration",
          "market_coverage",
          "segments",
          "segment_profiles",
          "transitions",
          "dictionary",
          "quality_results",
          "runs");

  private static final int DAY = "2026-03-01".length();

  String folder(String table) {
    return folders.apply(table);
  }

  SmallTable table(String name) {
    return new SmallTable(new Path(folder(name)), hadoop);
  }

  /** The rows of every small table. */
  Map<String, List<TableRow>> small() throws IOException {
    Map<String, List<TableRow>> tables = new LinkedHashMap<>();
    for (String name : SMALL) {
      tables.put(name, table(name).rows());
    }
    return Collections.unmodifiableMap(tables);
  }

  /**
   * The files of some nights of the history, earliest first: the last two nights, and others spread
   * evenly over those before.
   *
   * @param most the largest number of nights
   */
  List<List<Path>> nights(int most) throws IOException {
    SortedMap<String, List<Path>> nights = new TreeMap<>();
    for (Path file : table(HISTORY).files()) {
      nights.computeIfAbsent(night(file), day -> new ArrayList<>()).add(file);
    }
    return some(List.copyOf(nights.values()), most);
  }

  /** The night of a history file, with which its name begins. */
  static String night(Path file) {
    return file.getName().substring(0, DAY);
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
  boolean fits(Path file, StructType columns) throws IOException {
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
