package io.karat.models;

import java.util.List;
import java.util.Optional;

/** How models of one kind are learned and compared, for one configuration. */
public interface ModelKind {
  /** What commands, files and models of this kind call it, such as {@code cuts}. */
  String name();

  /** Learns a model anew, as a first run over these customers would. */
  Model fit(ReleasedCustomers customers);

  /**
   * Learns a model that goes on with the live one; like a first one, where a kind knows no better.
   *
   * @param live what nights go by; none where there is no such model yet
   */
  default ModelCandidate candidate(ReleasedCustomers customers, Optional<Model> live) {
    return new ModelCandidate(fit(customers), List.of(), false);
  }

  /**
   * What would change if another model took the place of the live one.
   *
   * @param customers to whom both are applied
   */
  ModelComparison compare(Model live, Model other, ReleasedCustomers customers);
}
