package io.karat.segments;

import io.karat.indicators.IndicatorColumn;
import io.karat.quality.CheckResult;
import io.karat.quality.DriftChecks;
import io.karat.quality.PopulationStabilityIndex;
import io.karat.settings.Checks;
import io.karat.settings.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The drift of customers since their segments were fitted: the population stability index of each
 * feature, the share of customers far from their centre, and the share that changed segment since
 * the previous night.
 */
record Drift(SegmentPlan plan, SegmentModel model, SegmentFigures figures) {
  private static final int PLACES = 6;

  /**
   * The checks.
   *
   * @param nightBefore the night whose segments the customers had before
   * @param firstDay the first day with rows: what is added up over a window that began before it on
   *     the night of the fit grows merely because days pass
   */
  List<CheckResult> checks(
      Checks settings,
      LocalDate asOf,
      Optional<LocalDate> nightBefore,
      Optional<LocalDate> firstDay) {
    SegmentFigures.Count all = figures.all();
    SegmentFigures.Count unknown = figures.count(Segment.UNKNOWN);
    DriftChecks checks =
        new DriftChecks(
            settings, asOf, model.fittedAsOf(), model.training().complete(), all.customers());
    List<CheckResult> results = new ArrayList<>();
    for (Feature feature : model.features()) {
      long[] then = feature.counts().stream().mapToLong(Long::longValue).toArray();
      IndicatorColumn column = plan.column(feature.name());
      results.add(
          checks.psi(
              feature.name(),
              column.label(),
              column.isGrowing() || isFilling(column, firstDay),
              PopulationStabilityIndex.of(then, figures.buckets(feature.name()))));
    }
    results.add(checks.segmentDistance(share(all.far(), all.customers() - unknown.customers())));
    results.add(checks.segmentMovement(share(all.changed(), all.looked()), nightBefore));
    return results;
  }

  /** Whether the window of a column was not yet full on the night of the fit. */
  private boolean isFilling(IndicatorColumn column, Optional<LocalDate> firstDay) {
    OptionalInt days = column.window().map(Window::days).orElse(OptionalInt.empty());
    LocalDate fitted = LocalDate.parse(model.fittedAsOf());
    return days.isPresent()
        && firstDay.stream().anyMatch(fitted.minusDays(days.getAsInt() - 1L)::isBefore);
  }

  private static Optional<BigDecimal> share(long part, long all) {
    return all <= 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(part).divide(BigDecimal.valueOf(all), PLACES, RoundingMode.HALF_UP));
  }
}
