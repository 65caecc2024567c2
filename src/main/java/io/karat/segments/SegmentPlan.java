package io.karat.segments;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorScale;
import io.karat.scores.ScorePlan;
import io.karat.settings.BilingualText;
import io.karat.settings.Clustering;
import java.util.List;
import java.util.Optional;

/**
 * The plan by which a configuration assigns customers to segments.
 *
 * @param settings with the features that can be computed
 * @param columns the columns that the models of the configuration use, features included
 */
public record SegmentPlan(Clustering settings, List<IndicatorColumn> columns) {
  public SegmentPlan {
    columns = List.copyOf(columns);
  }

  /** The plan of a configuration; empty if clustering is off. */
  public static Optional<SegmentPlan> of(ScorePlan scores) {
    return scores.models().clustering().map(it -> new SegmentPlan(it, scores.columns()));
  }

  /** The names of the features, in the order of the configuration. */
  List<String> features() {
    return settings.features().stream().map(Clustering.Feature::indicator).toList();
  }

  /** The scale on which an indicator is compared. */
  IndicatorScale scale(String feature) {
    return IndicatorScale.of(column(feature).indicator().unit());
  }

  IndicatorColumn column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No model uses '%s'".formatted(name)));
  }

  /** The name of a segment: the configured one, else that of its model. */
  BilingualText name(Segment segment) {
    return Optional.ofNullable(settings.names().get(segment.id())).orElse(segment.name());
  }

  /** The name of the segment of customers with an unknown feature. */
  BilingualText unknownName() {
    return Optional.ofNullable(settings.names().get(Segment.UNKNOWN)).orElse(Segment.UNKNOWN_NAME);
  }
}
