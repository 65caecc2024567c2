package io.karat.lifetime;

import io.karat.models.Model;
import io.karat.models.ModelChoice;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.LifetimeSettings.Accept;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The model of lifetime value that a night uses.
 *
 * @param ageDays the days from its training to the night; below 0 if it was trained after it
 */
public record LifetimeChoice(LifetimeModel model, long ageDays) {
  /**
   * Chooses among the accepted models, in order of precedence. One that was trained by the night
   * comes before one that was trained later; if newer models are accepted automatically, the newest
   * of them. If all were trained later, the oldest.
   *
   * @return empty if none of them is for these settings
   */
  public static Optional<LifetimeChoice> of(
      List<Model> inForce, LifetimeSettings settings, LocalDate asOf) {
    List<LifetimeModel> models =
        inForce.stream()
            .map(LifetimeModel::parse)
            .filter(model -> model.answers(settings))
            .toList();
    return ModelChoice.of(
            models, LifetimeModel::trainedAsOf, settings.accept() == Accept.AUTO, asOf)
        .map(choice -> new LifetimeChoice(choice.model(), choice.ageDays()));
  }

  public boolean isTrainedLater() {
    return ageDays < 0;
  }
}
