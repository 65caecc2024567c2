package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.util.List;

/**
 * A score of weighted indicators, 0 to 100, and tiers of it.
 *
 * @param name {@code <name>_score} and {@code <name>_tier} are its columns
 * @param isDefault whether it comes with Karat
 */
public record Pyramid(
    String name,
    List<WeightedIndicator> weights,
    Normalisation normalisation,
    MissingValue missing,
    CutPolicy cuts,
    LevelSettings tiers,
    boolean isDefault,
    Location at) {
  public Pyramid {
    weights = List.copyOf(weights);
  }

  /** How an indicator becomes a number from 0 to 100. */
  public enum Normalisation {
    /** The share of customers below, and half of those equal. */
    RANK,
    /** Evenly between the 1st and the 99th percentile. */
    MINMAX,
    /** Evenly in the logarithm of one more, between the same. */
    LOG,
    /** As a part of its target. */
    TARGET
  }
}
