package io.karat.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Wording of the conditions in the table of segments. */
record RuleSentences(ReportData brief) {
  private static final Pattern CONDITION = Pattern.compile("(\\w+) (>=|<) (-?[0-9.]+)");
  private static final Pattern UNKNOWN = Pattern.compile("(\\w+) IS NULL");

  /** Interval of an indicator: {@code from} inclusive, {@code below} exclusive. */
  private record Range(Optional<BigDecimal> from, Optional<BigDecimal> below) {
    Range and(Range other) {
      return new Range(
          Stream.concat(from.stream(), other.from.stream()).max(Comparator.naturalOrder()),
          Stream.concat(below.stream(), other.below.stream()).min(Comparator.naturalOrder()));
    }
  }

  /** Words each of the rules that are alternatives. */
  List<String> alternatives(String sql) {
    if (UNKNOWN.matcher(sql).find()) {
      List<String> labels =
          UNKNOWN
              .matcher(sql)
              .results()
              .map(found -> brief.voice().within(brief.label(found.group(1))))
              .toList();
      return List.of(
          brief.say(
              labels.size() == 1 ? "segments.unknown" : "segments.one_unknown",
              String.join(brief.say("comma"), labels)));
    }
    if (!CONDITION.matcher(sql).find()) {
      return List.of(brief.say(sql.equals("TRUE") ? "segments.everybody" : "segments.nobody"));
    }
    return Arrays.stream(sql.split(" OR ")).map(this::inWords).toList();
  }

  /** Words a rule; conditions on the same indicator become one. */
  private String inWords(String rule) {
    Map<String, Range> ranges = new LinkedHashMap<>();
    Matcher found = CONDITION.matcher(rule);
    while (found.find()) {
      Optional<BigDecimal> value = Optional.of(new BigDecimal(found.group(3)));
      Range range =
          found.group(2).equals("<")
              ? new Range(Optional.empty(), value)
              : new Range(value, Optional.empty());
      ranges.merge(found.group(1), range, Range::and);
    }
    List<String> words = new ArrayList<>();
    ranges.forEach(
        (indicator, range) -> {
          String label = brief.label(indicator);
          words.add(words(indicator, range, words.isEmpty() ? label : brief.voice().within(label)));
        });
    return String.join(brief.say("segments.and"), words);
  }

  private String words(String indicator, Range range, String label) {
    Optional<String> from = range.from().map(it -> brief.value(indicator, it));
    Optional<String> below = range.below().map(it -> brief.value(indicator, it));
    if (from.isEmpty()) {
      return brief.say("segments.below", label, below.orElse(""));
    }
    return below
        .map(end -> brief.say("segments.between", label, from.get(), end))
        .orElseGet(() -> brief.say("segments.at_least", label, from.get()));
  }
}
