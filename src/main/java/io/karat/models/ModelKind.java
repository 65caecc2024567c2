package io.karat.models;

import java.util.List;
import java.util.Optional;

/** A kind of model, which fits and compares models for one configuration. */
public interface ModelKind {
  /** The name of the kind in commands and files, such as {@code cuts}. */
  String name();

  /** Fits a model from scratch, as a first run over these customers would. */
  Model fit(ReleasedCustomers customers);

  /**
   * Fits a model that continues the live one; by default, one from scratch.
   *
   * @param live the model in use; empty if there is none of this kind yet
   */
  default ModelCandidate candidate(ReleasedCustomers customers, Optional<Model> live) {
    return new ModelCandidate(fit(customers), List.of(), false);
  }

  /**
   * Compares the results of the live model with those of another one.
   *
   * @param customers the customers that both are applied to
   */
  ModelComparison compare(Model live, Model other, ReleasedCustomers customers);
}
