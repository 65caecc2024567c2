package io.karat.segments;

import io.karat.models.ModelCustomers;
import io.karat.scores.ScorePlan;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fitting of segments on the customers of a night, unless a model for them is in use. */
public final class SegmentFitting {
  private SegmentFitting() {}

  /**
   * The model that a night uses: the first in use that was fitted to the features of the
   * configuration, else a new one, which starts jobs. A new one does not reuse ids of the first
   * model in use.
   *
   * @param indicators one row per customer, {@code customer_indicators}
   * @param inForce the accepted models, in order of precedence
   */
  public static SegmentModel fit(
      SegmentPlan plan, Dataset<Row> indicators, LocalDate asOf, List<SegmentModel> inForce) {
    return inForce.stream()
        .filter(model -> model.isFor(plan.features()))
        .findFirst()
        .orElseGet(
            () -> {
              Optional<SegmentModel> parent = inForce.stream().findFirst();
              return new SegmentTrainer(plan, sample(plan, indicators, parent), asOf, parent)
                  .train(false)
                  .model();
            });
  }

  /** Fits a new model, whose segments keep the ids of the live ones that they continue. */
  static SegmentTrainer.Trained candidate(
      SegmentPlan plan, ModelCustomers customers, Optional<SegmentModel> live) {
    TrainingSample sample = sample(plan, customers.indicators(), live);
    return new SegmentTrainer(plan, sample, customers.asOf(), live).train(true);
  }

  /**
   * A sample of the features, and of those columns of another model that the table has; with the
   * interval at which customers buy, if it is known.
   */
  private static TrainingSample sample(
      SegmentPlan plan, Dataset<Row> indicators, Optional<SegmentModel> other) {
    Set<String> names = new LinkedHashSet<>(plan.features());
    List<String> there = Arrays.asList(indicators.columns());
    Optional.of(ScorePlan.OWN_INTERVAL).filter(there::contains).ifPresent(names::add);
    other.ifPresent(
        model -> model.featureNames().stream().filter(there::contains).forEach(names::add));
    return TrainingSample.of(indicators, List.copyOf(names), plan.settings().sample());
  }
}
