package io.karat.segments;

import static io.karat.settings.Translations.text;
import static java.util.stream.Collectors.joining;

import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of a model as SQL that readers can copy. */
record RuleText(SegmentModel model) {
  private static final int PLACES = 1;

  /** A remark if the rules describe the segments only roughly. */
  List<BilingualText> remarks() {
    return Optional.ofNullable(model.quality().get("fidelity"))
        .filter(fidelity -> !SegmentTables.isFaithful(fidelity))
        .map(
            fidelity ->
                text(
                    "segments.remark.rough",
                    percent(fidelity, RoundingMode.HALF_UP),
                    percent(SegmentTables.FAITHFUL, RoundingMode.UNNECESSARY)))
        .stream()
        .toList();
  }

  private static String percent(BigDecimal share, RoundingMode rounding) {
    return share.movePointRight(2).setScale(PLACES, rounding).stripTrailingZeros().toPlainString()
        + " %";
  }

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
    return switch (rules.size()) {
      case 0 -> "FALSE";
      case 1 -> rules.get(0).sql();
      default -> rules.stream().map(rule -> "(" + rule.sql() + ")").collect(joining(" OR "));
    };
  }

  private String unknown() {
    return model.featureNames().stream().map(name -> name + " IS NULL").collect(joining(" OR "));
  }
}
