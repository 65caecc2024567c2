package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Value segments: groups of customers who resemble each other in some indicators.
 *
 * @param features what customers are compared by
 * @param k how many segments; none where a fit by hand looks for the best number
 * @param seed decides every choice that chance would make
 * @param sample how many customers a fit looks at, at most
 * @param hysteresis how much nearer another segment has to be, as a part of the distance to the
 *     present one, before a customer changes
 * @param maxChanged the part of customers who may change segment where a new model is accepted at
 *     once; none where only people accept
 * @param names what segments are called, by id
 * @param isDefault whether the features come with Karat
 */
public record Clustering(
    List<Feature> features,
    Optional<Integer> k,
    int seed,
    int sample,
    AssignBy assignBy,
    BigDecimal hysteresis,
    Optional<BigDecimal> maxChanged,
    Map<String, BilingualText> names,
    boolean isDefault,
    Location at) {
  /** How many segments there are where nobody says it. */
  public static final int USUAL_K = 5;

  public Clustering {
    features = List.copyOf(features);
    names = Collections.unmodifiableMap(new TreeMap<>(names));
  }

  /** The same with other features. */
  public Clustering over(List<Feature> others) {
    return new Clustering(
        others, k, seed, sample, assignBy, hysteresis, maxChanged, names, isDefault, at);
  }

  /** What decides in which segment a customer is. */
  public enum AssignBy {
    /** The nearest centre. */
    CENTROIDS,
    /** The rules in words, which anybody can recompute. */
    RULES
  }

  /**
   * An indicator by which customers are compared.
   *
   * @param indicator a column of {@code customer_indicators}
   * @param weight above 0; 2 counts like two features of 1
   */
  public record Feature(String indicator, BigDecimal weight, Location at) {}
}
