package io.karat.models;

/** How models of one kind are learned and compared, for one configuration. */
public interface ModelKind {
  /** What commands, files and models of this kind call it, such as {@code cuts}. */
  String name();

  /** Learns a model anew, as a first run over these customers would. */
  Model fit(ReleasedCustomers customers);

  /**
   * What would change if another model took the place of the live one.
   *
   * @param customers to whom both are applied
   */
  Comparison compare(Model live, Model other, ReleasedCustomers customers);
}
