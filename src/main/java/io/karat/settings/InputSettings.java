package io.karat.settings;

import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where one table comes from and how it becomes ours.
 *
 * @param paths files, folders, globs or Hadoop URIs
 * @param format any Spark source
 * @param options of that source, by name
 * @param key columns, ours or the source's, in which re-deliveries are equal; absent is the default
 *     of the grain, an empty list looks for none
 * @param prefer the highest of re-deliveries stays
 * @param where the rows that are read at all
 * @param columns our name to an expression over the source's columns, in the order of the table's
 *     columns
 * @param characteristics what else is declared of customers, by name; of other tables none
 * @param maxAgeDays how old the newest day of a path with {@code {latest}} may be; any age where
 *     absent
 * @param roundAmounts whether amounts with more decimals are rounded instead of quarantined
 * @param at where the table is configured
 */
public record InputSettings(
    InputTable table,
    List<String> paths,
    String format,
    SortedMap<String, String> options,
    Grain grain,
    Optional<List<String>> key,
    Optional<Expression> prefer,
    Optional<Expression> where,
    Map<String, Expression> columns,
    SortedMap<String, Characteristic> characteristics,
    Optional<Integer> maxAgeDays,
    boolean roundAmounts,
    Location at) {
  public InputSettings {
    paths = List.copyOf(paths);
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    key = key.map(List::copyOf);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    characteristics = Collections.unmodifiableSortedMap(new TreeMap<>(characteristics));
  }

  /** Whether our column of this name is mapped or declared. */
  public boolean has(String column) {
    return columns.containsKey(column) || characteristics.containsKey(column);
  }

  /** What one row is. */
  public enum Grain {
    /** A transaction. */
    TRANSACTION,
    /** A line; the lines of a transaction add up to it. */
    LINE
  }
}
