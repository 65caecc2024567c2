package io.karat.models;

import static java.util.Comparator.comparing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A choice among models that were trained on different nights.
 *
 * @param ageDays the days from its training to the night; below 0 if it was trained after it
 */
public record ModelChoice<M>(M model, long ageDays) {
  /**
   * Chooses among models in order of precedence. One that was trained by the night comes before one
   * that was trained later; if all were trained later, the oldest.
   *
   * @param isNewest whether the newest one by the night comes first
   */
  public static <M> Optional<ModelChoice<M>> of(
      List<M> models, Function<M, LocalDate> trainedAsOf, boolean isNewest, LocalDate asOf) {
    Comparator<M> byTraining = comparing(trainedAsOf);
    List<M> earlier =
        models.stream().filter(model -> !trainedAsOf.apply(model).isAfter(asOf)).toList();
    Optional<M> first = isNewest ? earlier.stream().max(byTraining) : earlier.stream().findFirst();
    return first
        .or(() -> models.stream().min(byTraining))
        .map(
            model ->
                new ModelChoice<>(model, ChronoUnit.DAYS.between(trainedAsOf.apply(model), asOf)));
  }

  /** The same choice of something that belongs to the model. */
  public <T> ModelChoice<T> map(Function<M, T> part) {
    return new ModelChoice<>(part.apply(model), ageDays);
  }

  public boolean isTrainedLater() {
    return ageDays < 0;
  }
}
