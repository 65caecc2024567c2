package io.karat.segments;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** The rules of a model as SQL that readers can copy. */
record RuleText(SegmentModel model) {
  /** A SQL expression over {@code customer_indicators} whose value is the segment; a line each. */
  List<String> sql() {
    List<String> lines = new ArrayList<>();
    lines.add("CASE");
    if (model.segments().isEmpty()) {
      lines.add("  WHEN TRUE THEN '%s'".formatted(Segment.UNKNOWN));
    } else if (!model.features().isEmpty()) {
      lines.add("  WHEN %s THEN '%s'".formatted(unknown(), Segment.UNKNOWN));
    }
    for (Rule rule : model.rules()) {
      lines.add("  WHEN %s THEN '%s'".formatted(rule.sql(), rule.segment()));
    }
    lines.add("END");
    return lines;
  }

  /** The condition on customers that the rules of a segment make together. */
  String condition(String segment) {
    if (segment.equals(Segment.UNKNOWN)) {
      return model.features().isEmpty() ? "FALSE" : unknown();
    }

    List<Rule> rules =
        model.rules().stream().filter(rule -> rule.segment().equals(segment)).toList();
    return rules.size() == 1
        ? rules.get(0).sql()
        : rules.stream().map(rule -> "(" + rule.sql() + ")").collect(joining(" OR "));
  }

  private String unknown() {
    return model.featureNames().stream().map(name -> name + " IS NULL").collect(joining(" OR "));
  }
}
