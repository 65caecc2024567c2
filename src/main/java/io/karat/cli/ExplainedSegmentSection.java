package io.karat.cli;

import static io.karat.settings.Translations.text;

import io.karat.explain.CustomerExplanation;
import io.karat.segments.SegmentExplanation;
import io.karat.segments.SegmentExplanation.Coordinate;
import io.karat.segments.SegmentExplanation.Distance;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Section on the customer's segment: features, distances, rule, and whether the previous segment
 * was kept.
 */
record ExplainedSegmentSection(Language language) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    return customer.segment().map(this::lines).orElse(List.of());
  }

  private List<String> lines(SegmentExplanation explained) {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            language,
            "explain.segment",
            explained.segment().id(),
            explained.segment().name(),
            explained.model()));
    features(explained).lines().forEach(line -> lines.add("  " + line));
    if (explained.distances().isEmpty()) {
      lines.add(text(language, "explain.no_distance"));
    } else {
      distances(explained).lines().forEach(line -> lines.add("  " + line));
    }
    explained.rule().ifPresent(rule -> lines.add(text(language, "explain.rule", rule)));
    explained
        .before()
        .map(before -> text(language, before(explained.isHeld()), before))
        .ifPresent(lines::add);
    return lines;
  }

  private ConsoleTable features(SegmentExplanation explained) {
    ConsoleTable features =
        new ConsoleTable(
            text(language, "explain.feature"),
            text(language, "explain.value"),
            text(language, "explain.deviations"));
    for (Coordinate one : explained.features()) {
      features.row(one.feature(), cell(one.value()), cell(one.deviations()));
    }
    return features;
  }

  private ConsoleTable distances(SegmentExplanation explained) {
    ConsoleTable distances =
        new ConsoleTable(
            text(language, "explain.segment_id"),
            text(language, "explain.name"),
            text(language, "explain.distance"));
    for (Distance one : explained.distances()) {
      distances.row(one.segment().id(), one.segment().name().in(language), one.distance());
    }
    return distances;
  }

  private static String before(boolean isHeld) {
    return isHeld ? "explain.segment_kept" : "explain.segment_before";
  }

  private static Object cell(Optional<BigDecimal> number) {
    return number.isPresent() ? number.get() : "";
  }
}
