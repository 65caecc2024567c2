package io.karat.expressions;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.jdk.javaapi.OptionConverters;

/**
 * Reason why an expression of one row may not use a function, by the group in which Spark lists it.
 *
 * @param name in lower case
 */
record RefusedFunction(String name) {
  private static final String ADVICE = "'karat dictionary --functions' lists the allowed functions";
  private static final String NESTED = "it gives or takes several values, a column holds one";
  private static final String ROWS = "it looks at several rows, an expression at one";
  private static final String OTHER =
      "it is not on the list of functions that give one value per row, the same in every run";
  private static final Map<String, String> BY_GROUP =
      Map.ofEntries(
          Map.entry("agg_funcs", ROWS),
          Map.entry("window_funcs", ROWS),
          Map.entry("generator_funcs", "it makes several rows of one"),
          Map.entry("table_funcs", "it makes several rows of one"),
          Map.entry("array_funcs", NESTED),
          Map.entry("collection_funcs", NESTED),
          Map.entry("lambda_funcs", NESTED),
          Map.entry("map_funcs", NESTED),
          Map.entry("struct_funcs", NESTED),
          Map.entry("json_funcs", NESTED),
          Map.entry("csv_funcs", NESTED),
          Map.entry("xml_funcs", NESTED),
          Map.entry("variant_funcs", NESTED),
          Map.entry("misc_funcs", "its result depends on more than the row"));
  private static final Set<String> NESTED_TEXT =
      Set.of("split", "sentences", "regexp_extract_all", "str_to_map");
  private static final Set<String> CHANGING =
      Set.of(
          ("rand randn random uniform randstr uuid now curdate current_date current_timestamp"
                  + " current_time localtimestamp shuffle")
              .split(" "));
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("split", "split_part(text, ',', 1) for one part"),
          Map.entry("str_to_map", "regexp_extract for one value"),
          Map.entry("regexp_extract_all", "regexp_extract for one match"),
          Map.entry("sentences", "regexp_extract for one word"),
          Map.entry("from_json", "get_json_object(text, '$.name') for one value"),
          Map.entry("json_tuple", "get_json_object(text, '$.name') for one value"),
          Map.entry("parse_json", "get_json_object(text, '$.name') for one value"),
          Map.entry("to_number", "try_to_number"),
          Map.entry("try_to_date", "to_date, which gives NULL where it fails"),
          Map.entry("parse_url", "regexp_extract"));

  /** The whole message, with the allowed function that is nearest to it if there is one. */
  String message() {
    Optional<String> group = group();
    if (group.isEmpty()) {
      return "function '%s' is not known to Spark.%s %s"
          .formatted(name, Spelling.hint(name, AllowedFunctions.names()), ADVICE);
    }

    String instead = Optional.ofNullable(INSTEAD.get(name)).map(" Use %s;"::formatted).orElse("");
    return "function '%s' is not allowed: %s.%s %s"
        .formatted(name, reason(group.get()), instead, ADVICE);
  }

  private String reason(String group) {
    if (NESTED_TEXT.contains(name)) {
      return NESTED;
    }
    return CHANGING.contains(name)
        ? "its result differs from run to run"
        : BY_GROUP.getOrDefault(group, OTHER);
  }

  /** The group in which Spark lists the function; empty if Spark does not know it. */
  private Optional<String> group() {
    return OptionConverters.toJava(
            FunctionRegistry.builtin().lookupFunction(new FunctionIdentifier(name)))
        .map(ExpressionInfo::getGroup);
  }
}
