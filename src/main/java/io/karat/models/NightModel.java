package io.karat.models;

import io.karat.settings.BilingualText;
import java.util.List;
import java.util.Optional;

/**
 * The choice of a model for a night.
 *
 * @param used the model that the tables are made with; empty if none could be fitted
 * @param candidate a model fitted beside it, which waits to be accepted
 * @param remarks remarks for the readers of the tables
 */
public record NightModel(
    Optional<Model> used, Optional<Model> candidate, List<BilingualText> remarks) {
  public NightModel {
    remarks = List.copyOf(remarks);
  }

  /** A choice that leaves nothing to say. */
  public static NightModel of(Model used) {
    return new NightModel(Optional.of(used), Optional.empty(), List.of());
  }
}
