package io.karat.cli;

import io.karat.expressions.Spelling;
import io.karat.lifetime.LifetimeModel;
import io.karat.models.ModelKind;
import io.karat.night.LifetimeKind;
import io.karat.night.NightPlan;
import io.karat.night.PredictionKind;
import io.karat.prediction.PredictionModel;
import io.karat.run.UsageException;
import io.karat.scores.CutKind;
import io.karat.scores.CutModel;
import io.karat.segments.SegmentKind;
import io.karat.segments.SegmentModel;
import io.karat.segments.SegmentPlan;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Kinds of models that can be typed.
 *
 * @param built factories of the kinds of this version, by name
 */
record ModelKinds(SortedMap<String, Function<NightPlan, ModelKind>> built) {
  ModelKinds {
    built = Collections.unmodifiableSortedMap(new TreeMap<>(built));
  }

  static ModelKinds ofThisVersion() {
    return new ModelKinds(
        new TreeMap<>(
            Map.of(
                CutModel.KIND,
                plan -> new CutKind(plan.scores()),
                SegmentModel.KIND,
                plan -> SegmentKind.of(SegmentPlan.of(plan.scores())),
                LifetimeModel.KIND,
                LifetimeKind::of,
                PredictionModel.KIND,
                PredictionKind::of)));
  }

  /**
   * Ends a command that names an unknown kind.
   *
   * @throws UsageException if this version has no models of that kind
   */
  void require(String typed) {
    if (!built.containsKey(typed)) {
      throw missing(typed);
    }
  }

  /**
   * The kind of this name under a configuration.
   *
   * @throws UsageException if this version has no models of that kind
   */
  ModelKind of(String typed, NightPlan plan) {
    return Optional.ofNullable(built.get(typed)).orElseThrow(() -> missing(typed)).apply(plan);
  }

  private UsageException missing(String typed) {
    String hint =
        Spelling.closest(typed, built.keySet())
            .map("Did you mean '%s'?"::formatted)
            .orElse("Expected one of %s.".formatted(String.join(", ", built.keySet())));
    return new UsageException("Unknown kind of model '%s'. %s".formatted(typed, hint));
  }
}
