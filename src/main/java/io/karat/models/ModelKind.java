package io.karat.models;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A kind of model, which fits and compares models for one configuration. */
public interface ModelKind {
  /** The name of the kind in commands and files, such as {@code cuts}. */
  String name();

  /**
   * Chooses the model that a night uses: one in force, or a new one fitted on the night's
   * customers.
   *
   * @param inForce the accepted model and that of the night before, in order of precedence
   * @param lastFit the as-of day of the newest fit, accepted or not
   */
  NightModel ofNight(ModelCustomers customers, List<Model> inForce, Optional<LocalDate> lastFit);

  /** Fits a model from scratch, as a first run over these customers would. */
  Model fit(ModelCustomers customers);

  /**
   * Fits a model that continues the live one; by default, one from scratch.
   *
   * @param live the model in use; empty if there is none of this kind yet
   */
  default ModelCandidate candidate(ModelCustomers customers, Optional<Model> live) {
    return new ModelCandidate(fit(customers), List.of(), false);
  }

  /**
   * Compares the results of the live model with those of another one.
   *
   * @param customers the customers that both are applied to
   */
  ModelComparison compare(Model live, Model other, ModelCustomers customers);
}
