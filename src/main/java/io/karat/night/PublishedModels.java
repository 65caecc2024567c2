package io.karat.night;

import io.karat.groups.GroupTable;
import io.karat.lifetime.LifetimeScores;
import io.karat.prediction.PredictionPlan;
import io.karat.prediction.PredictionScores;
import io.karat.scores.ScorePlan;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.PredictionSettings;
import io.karat.tables.Money;
import java.util.List;
import java.util.Optional;

/**
 * Models and other parts of a plan that decide which tables and columns a night publishes.
 *
 * @param lifetime empty without a model of lifetime value
 * @param prediction empty if nothing is predicted
 * @param groups empty if no groups are followed
 * @param isAllocated whether a resource is allocated
 */
public record PublishedModels(
    ScorePlan scores,
    Optional<LifetimeScores> lifetime,
    Optional<PredictionScores> prediction,
    Optional<GroupTable> groups,
    boolean isAllocated) {

  public static PublishedModels of(NightPlan plan) {
    return new PublishedModels(
        plan.scores(),
        plan.lifetime(),
        plan.predictionColumns(),
        plan.groupTable(),
        !plan.allocation().resources().isEmpty());
  }

  /** The built-in models, and whatever else can be configured. */
  public static PublishedModels builtIn() {
    Money money = new Money(2);
    return new PublishedModels(
        ScorePlan.builtIn(),
        Optional.of(new LifetimeScores(LifetimeSettings.builtIn(), money)),
        Optional.of(
            new PredictionScores(
                new PredictionPlan(PredictionSettings.builtIn(), List.of(), List.of()),
                money,
                Optional.empty())),
        Optional.of(GroupTable.builtIn()),
        true);
  }
}
