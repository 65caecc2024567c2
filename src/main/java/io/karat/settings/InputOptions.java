package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.OptionText;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Mapping;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Shape of the options of a Spark source. Options that would let rows vanish, or that Karat decides
 * itself, are refused; their names compare ignoring case, as in Spark.
 */
record InputOptions() implements Shape<Map<String, String>> {
  private static final MapOf<String> TEXTS =
      new MapOf<>(new OptionText(), "a mapping of option names to texts", false);

  private static final Set<String> ENCODINGS = Set.of("encoding", "charset");

  /** Options with the only value that they may have, and what any other would do. */
  private static final Map<String, OnlyValue> ONLY =
      Map.of(
          "ignorecorruptfiles",
          new OnlyValue("false", "the rows of a file that cannot be read would be missing"),
          "ignoremissingfiles",
          new OnlyValue("false", "the rows of a file that vanishes would be missing"),
          "ignoreinvalidpartitionpaths",
          new OnlyValue("false", "the rows of folders beside partitions would be missing"),
          "ignoreextension",
          new OnlyValue("true", "the rows of files with another ending would be missing"),
          "mergeschema",
          new OnlyValue("true", "columns that only some files have would be missing"),
          "mode",
          new OnlyValue(
              "PERMISSIVE", "a malformed row is quarantined, it neither vanishes nor ends the run"),
          "samplingratio",
          new OnlyValue("1", "columns that only other rows have would be missing"));

  /** Options that have no value in Karat, with the reason and what to do instead. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "modifiedbefore", byAge(),
          "modifiedafter", byAge(),
          "columnnameofcorruptrecord",
              "malformed rows are quarantined with their reason. Remove it.",
          "datetimerebasemode", rebase(),
          "int96rebasemode", rebase(),
          "path", files(),
          "paths", files());

  private static String byAge() {
    return "rows would depend on when files were written. Name files in 'path', rows in 'where'.";
  }

  private static String rebase() {
    return "days and times are read as they are written, in every input. Remove it.";
  }

  private static String files() {
    return "files are named in 'path' beside 'options'. Move it there.";
  }

  @Override
  public Optional<Map<String, String>> read(Value found, Problems problems) {
    Optional<Map<String, String>> options = TEXTS.read(found, problems);
    if (found instanceof Mapping mapping) {
      mapping
          .members()
          .forEach((name, value) -> check(name, value, options.orElse(Map.of()), problems));
    }
    return options;
  }

  private static void check(
      String name, Value value, Map<String, String> texts, Problems problems) {
    String option = name.toLowerCase(Locale.ROOT);
    String text = texts.get(name);
    if (text == null) {
      return;
    }

    String key = value.at().key();
    OnlyValue only = ONLY.get(option);
    if (REFUSED.containsKey(option)) {
      problems.add(value.at(), "'%s' is refused: %s".formatted(key, REFUSED.get(option)));
    } else if (only != null && !only.is(text)) {
      problems.add(
          value.at(),
          "'%s' is %s, expected %s: %s. Remove it."
              .formatted(key, value.found(), only.value(), only.reason()));
    } else if (ENCODINGS.contains(option) && !isKnown(text)) {
      problems.add(
          value.at(),
          "'%s' is %s, expected an encoding that Java knows, e.g. windows-1252 or UTF-8. Correct it."
              .formatted(key, value.found()));
    }
  }

  private static boolean isKnown(String encoding) {
    try {
      return Charset.isSupported(encoding);
    } catch (IllegalCharsetNameException noName) {
      return false;
    }
  }

  @Override
  public String expected() {
    return TEXTS.expected();
  }

  @Override
  public ObjectNode schema() {
    return TEXTS.schema();
  }

  /** The only value of an option, and the reason why it may have no other. */
  private record OnlyValue(String value, String reason) {
    boolean is(String text) {
      return text.strip().replaceFirst("(?<=\\d)\\.0+$", "").equalsIgnoreCase(value);
    }
  }
}
