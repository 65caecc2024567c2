package io.karat.segments;

import io.karat.quality.CheckResult;
import io.karat.quality.DriftChecks;
import io.karat.settings.Checks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The drift of customers since their segments were fitted: the population stability index of each
 * feature, the share of customers far from their centre, and the share that changed segment since
 * the previous night.
 */
record Drift(SegmentPlan plan, SegmentModel model, SegmentFigures figures) {
  private static final double LEAST_SHARE = 1e-4;
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
          checks.psi(feature.name(), isGrowing, index(then, figures.buckets(feature.name()))));
    }
    results.add(checks.segmentDistance(share(all.far(), all.customers() - unknown.customers())));
    results.add(checks.segmentMovement(share(all.changed(), all.looked())));
    return results;
  }

  /**
   * The population stability index: the sum of (now - then) x ln(now / then) over tenths of the
   * customers of the fit, in shares of at least 0.0001; empty if there were no customers then or
   * are none now.
   */
  static Optional<BigDecimal> index(long[] then, long[] now) {
    long allThen = Arrays.stream(then).sum();
    long allNow = Arrays.stream(now).sum();
    if (allThen == 0 || allNow == 0) {
      return Optional.empty();
    }

    double index = 0;
    for (int i = 0; i < then.length; i++) {
      double before = Math.max(LEAST_SHARE, (double) then[i] / allThen);
      double after = Math.max(LEAST_SHARE, (double) now[i] / allNow);
      index += (after - before) * StrictMath.log(after / before);
    }
    return Optional.of(BigDecimal.valueOf(index).setScale(PLACES, RoundingMode.HALF_UP));
  }

  private static Optional<BigDecimal> share(long part, long all) {
    return all <= 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(part).divide(BigDecimal.valueOf(all), PLACES, RoundingMode.HALF_UP));
  }
}
