package io.karat.settings;

import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of one input: where its rows are and the mapping to Karat's columns.
 *
 * @param paths files, folders, globs or Hadoop URIs; the one table if the format is one of tables;
 *     none for {@code jdbc}
 * @param format a format of files or tables, or {@code jdbc}
 * @param options options of that source, by name
 * @param secrets those that no text shows
 * @param joins tables whose columns the rows get before they are mapped, in the order in which they
 *     are joined
 * @param key columns of Karat or of the source whose values identify a row delivered again; the
 *     default of the grain if absent, no deduplication if the list is empty
 * @param prefer of rows delivered again, the one with the highest value is used
 * @param where the condition for rows to be read at all
 * @param columns expressions over the source's columns by Karat's column name, in the order of the
 *     table's columns
 * @param characteristics declared attributes of customers, or columns of other rows for measures,
 *     by name
 * @param maxAgeDays the largest age in days of the newest day of a path with {@code {latest}}; no
 *     limit if absent
 * @param roundAmounts whether amounts with more decimals are rounded instead of quarantined
 * @param keepIds what is kept of the text of ids
 * @param at the place of the input's settings
 */
public record InputSettings(
    InputTable table,
    List<String> paths,
    String format,
    SortedMap<String, String> options,
    SecretOptions secrets,
    List<JoinSettings> joins,
    Grain grain,
    Optional<List<String>> key,
    Optional<Expression> prefer,
    Optional<Expression> where,
    Map<String, Expression> columns,
    SortedMap<String, Characteristic> characteristics,
    Optional<Integer> maxAgeDays,
    boolean roundAmounts,
    KeptIds keepIds,
    Location at) {
  public InputSettings {
    paths = List.copyOf(paths);
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    joins = List.copyOf(joins);
    key = key.map(List::copyOf);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    characteristics = Collections.unmodifiableSortedMap(new TreeMap<>(characteristics));
  }

  /** Whether Karat's column of this name is mapped or declared. */
  public boolean has(String column) {
    return columns.containsKey(column) || characteristics.containsKey(column);
  }

  /** Every setting of it that says what its rows mean, as canonical text. */
  public String canonical() {
    return CanonicalSettings.text(this, Set.of("paths"));
  }

  /** Part of the text of an id that is kept. */
  public enum KeptIds {
    /** All but white space, padding and invisible characters at the ends, in normal form C. */
    TRIMMED,
    /** All, as it is written. */
    RAW
  }

  /** Grain of the rows. */
  public enum Grain {
    /** One row per transaction. */
    TRANSACTION,
    /** One row per line; the lines of a transaction add up to it. */
    LINE
  }
}
