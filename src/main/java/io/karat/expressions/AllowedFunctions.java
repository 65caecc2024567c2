package io.karat.expressions;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Spark SQL functions that a configuration may use: each is deterministic, reads one row only,
 * and reaches nothing outside the row.
 */
public final class AllowedFunctions {
  private static final Map<String, List<String>> BY_TOPIC =
      Map.of(
          "numbers",
          words(
              "abs bround cbrt ceil ceiling exp floor greatest least ln log log10 log1p log2 mod"
                  + " negative pmod positive pow power round sign signum sqrt try_add try_divide"
                  + " try_mod try_multiply try_subtract"),
          "conditions",
          words(
              "between coalesce if ifnull isnan isnotnull isnull nanvl nullif nullifzero nvl nvl2"
                  + " zeroifnull"),
          "text",
          words(
              "ascii btrim char char_length character_length chr concat concat_ws contains endswith"
                  + " hash hex ilike initcap instr lcase left len length like locate lower lpad"
                  + " ltrim md5 position regexp_extract regexp_like regexp_replace regexp_substr"
                  + " replace reverse right rlike rpad rtrim sha1 sha2 split_part startswith substr"
                  + " substring substring_index translate trim ucase upper xxhash64"),
          "types",
          words(
              "bigint boolean date double float int smallint string timestamp tinyint"
                  + " try_to_number"),
          "days and times",
          words(
              "add_months convert_timezone date_add date_diff date_format date_from_unix_date"
                  + " date_part date_sub date_trunc dateadd datediff datepart day dayofmonth"
                  + " dayofweek dayofyear extract from_unixtime from_utc_timestamp hour last_day"
                  + " make_date make_timestamp make_timestamp_ntz minute month months_between"
                  + " next_day quarter second timestamp_micros timestamp_millis timestamp_seconds"
                  + " to_date to_timestamp to_timestamp_ltz to_timestamp_ntz to_unix_timestamp"
                  + " to_utc_timestamp trunc try_to_timestamp unix_date unix_millis unix_seconds"
                  + " unix_timestamp weekday weekofyear year"),
          "nested values",
          words("array_contains cardinality element_at get_json_object size try_element_at"));

  private static final Set<String> NAMES =
      BY_TOPIC.values().stream().collect(TreeSet::new, Set::addAll, Set::addAll);

  private AllowedFunctions() {}

  /** Function names by topic, both in alphabetical order. */
  public static Map<String, List<String>> byTopic() {
    return new TreeMap<>(BY_TOPIC);
  }

  static boolean contains(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  static Set<String> names() {
    return NAMES;
  }

  private static List<String> words(String names) {
    return List.of(names.split(" "));
  }
}
