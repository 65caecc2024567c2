package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import io.karat.segments.SegmentExplanation;
import io.karat.segments.SegmentExplanation.Coordinate;
import io.karat.segments.SegmentExplanation.Distance;
import io.karat.settings.BilingualText;
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
        said("Segment %s, %s, by segments %s", "细分群 %s：%s（模型 %s）")
            .formatted(
                explained.segment().id(),
                explained.segment().name().in(language),
                explained.model()));
    ConsoleTable features =
        new ConsoleTable(
            said("feature", "特征"),
            said("value", "值"),
            said("deviations from the mean", "偏离均值的标准差"));
    for (Coordinate one : explained.features()) {
      features.row(one.feature(), cell(one.value()), cell(one.deviations()));
    }
    features.lines().forEach(line -> lines.add("  " + line));
    if (explained.distances().isEmpty()) {
      lines.add(said("A feature is unknown, so there is no distance.", "特征未知，无法计算距离。"));
    } else {
      ConsoleTable distances =
          new ConsoleTable(said("segment", "细分群"), said("name", "名称"), said("distance", "距离"));
      for (Distance one : explained.distances()) {
        distances.row(one.segment().id(), one.segment().name().in(language), one.distance());
      }
      distances.lines().forEach(line -> lines.add("  " + line));
    }
    explained
        .rule()
        .ifPresent(rule -> lines.add(said("Rule in words, %s", "规则 %s").formatted(rule)));
    explained
        .before()
        .ifPresent(
            before ->
                lines.add(
                    said("The night before: %s.", "前一夜：%s。").formatted(before)
                        + (explained.isHeld()
                            ? said(
                                " The customer stays: no other centre is nearer by enough, or it"
                                    + " was left less than a week ago.",
                                "其他中心的距离优势不足，或一周内刚离开，客户保持不变。")
                            : "")));
    return lines;
  }

  private String said(String en, String zh) {
    return new BilingualText(en, zh).in(language);
  }

  private static Object cell(Optional<BigDecimal> number) {
    return number.isPresent() ? number.get() : "";
  }
}
