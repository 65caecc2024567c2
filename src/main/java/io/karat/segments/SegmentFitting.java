package io.karat.segments;

import io.karat.models.ReleasedCustomers;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Learns segments from the customers of a night, where no model for them is in force. */
public final class SegmentFitting {
  private SegmentFitting() {}

  /**
   * The model that a night goes by: the first in force that was learned for the features of the
   * configuration, or else a new one, which starts jobs. Ids of one in force are not given again.
   *
   * @param indicators one row per customer, {@code customer_indicators}
   * @param inForce the one that decides first
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
                  .learn(false)
                  .model();
            });
  }

  /** A model learned anew that goes on with another one. */
  static SegmentTrainer.Learned candidate(
      SegmentPlan plan, ReleasedCustomers customers, Optional<SegmentModel> live) {
    TrainingSample sample = sample(plan, customers.indicators(), live);
    return new SegmentTrainer(plan, sample, customers.asOf(), live).learn(true);
  }

  /** With the columns of another model, where the table has them. */
  private static TrainingSample sample(
      SegmentPlan plan, Dataset<Row> indicators, Optional<SegmentModel> other) {
    Set<String> names = new LinkedHashSet<>(plan.features());
    List<String> there = Arrays.asList(indicators.columns());
    other.ifPresent(
        model -> model.featureNames().stream().filter(there::contains).forEach(names::add));
    return TrainingSample.of(indicators, List.copyOf(names), plan.settings().sample());
  }
}
