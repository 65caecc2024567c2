package io.karat.segments;

import io.karat.quality.CheckResult;
import io.karat.quality.DriftChecks;
import io.karat.quality.PopulationStabilityIndex;
import io.karat.settings.Checks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The drift of customers since their segments were fitted: the population stability index of each
 * feature, the share of customers far from their centre, and the share that changed segment since
 * the previous night.
 */
record Drift(SegmentPlan plan, SegmentModel model, SegmentFigures figures) {
  private static final int PLACES = 6;

  List<CheckResult> checks(Checks settings, LocalDate asOf) {
    SegmentFigures.Count all = figures.all();
    SegmentFigures.Count unknown = figures.count(Segment.UNKNOWN);
    DriftChecks checks =
        new DriftChecks(
            settings, asOf, model.fittedAsOf(), model.training().complete(), all.customers());
    List<CheckResult> results = new ArrayList<>();
    for (Feature feature : model.features()) {
      long[] then = feature.counts().stream().mapToLong(Long::longValue).toArray();
      boolean isGrowing = plan.column(feature.name()).isGrowing();
      results.add(
          checks.psi(
              feature.name(),
              isGrowing,
              PopulationStabilityIndex.of(then, figures.buckets(feature.name()))));
    }
    results.add(checks.segmentDistance(share(all.far(), all.customers() - unknown.customers())));
    results.add(checks.segmentMovement(share(all.changed(), all.looked())));
    return results;
  }

  private static Optional<BigDecimal> share(long part, long all) {
    return all <= 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(part).divide(BigDecimal.valueOf(all), PLACES, RoundingMode.HALF_UP));
  }
}
