package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Settings of a pyramid: a score of weighted indicators, 0 to 100, and tiers of the score.
 *
 * @param name prefix of its columns {@code <name>_score} and {@code <name>_tier}
 * @param missing how unknown indicators count; empty for each by its {@link MissingValue#of
 *     category}
 * @param hysteresis points by which a score must pass the start of a tier before the customer
 *     changes its tier
 * @param isDefault whether the weights are the built-in ones
 */
public record Pyramid(
    String name,
    List<WeightedIndicator> weights,
    Normalisation normalisation,
    Optional<MissingValue> missing,
    RankedPopulation population,
    CutPolicy cuts,
    LevelSettings tiers,
    BigDecimal hysteresis,
    boolean isDefault,
    Location at) {
  public Pyramid {
    weights = List.copyOf(weights);
  }

  /** The same score of some of its indicators. */
  public Pyramid with(List<WeightedIndicator> some) {
    return with(some, population);
  }

  /** The same score of some of its indicators, over other customers. */
  public Pyramid with(List<WeightedIndicator> some, RankedPopulation ranked) {
    return new Pyramid(
        name, some, normalisation, missing, ranked, cuts, tiers, hysteresis, isDefault, at);
  }

  /** The indicator with at least half of all weight; empty if none has. */
  public Optional<String> heaviest() {
    BigDecimal all =
        weights.stream().map(WeightedIndicator::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
    return weights.stream()
        .filter(it -> it.weight().add(it.weight()).compareTo(all) >= 0)
        .map(WeightedIndicator::indicator)
        .findFirst();
  }

  /** Method by which an indicator becomes a number from 0 to 100. */
  public enum Normalisation {
    /**
     * Percentile rank: the share of customers with a lower value, plus half of those with an equal
     * one.
     */
    RANK,
    /** Linear between the 1st and the 99th percentile. */
    MINMAX,
    /** Linear in sign(x) log(1 + |x|) between the same percentiles. */
    LOG,
    /** Ratio of the value to its target. */
    TARGET
  }
}
