package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of value segments: clusters of customers with similar indicators.
 *
 * @param features the indicators that are compared
 * @param k the number of segments; empty if a fit on command searches for the best number
 * @param seed the seed of every random choice
 * @param sample the largest number of customers in a fit
 * @param hysteresis the relative reduction in distance that another segment must offer before a
 *     customer changes: 0.1 is 10 % nearer than the present one
 * @param maxChanged the largest share of customers who may change segment if a new model is to be
 *     accepted automatically; empty if models are accepted by command only
 * @param names the names of segments, by id
 * @param isDefault whether the features are the built-in ones
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
  /** The number of segments if none is configured. */
  public static final int USUAL_K = 5;

  public Clustering {
    features = List.copyOf(features);
    names = Collections.unmodifiableMap(new TreeMap<>(names));
  }

  /** The same settings with other features. */
  public Clustering over(List<Feature> others) {
    return new Clustering(
        others, k, seed, sample, assignBy, hysteresis, maxChanged, names, isDefault, at);
  }

  /** Rule by which a customer is assigned to a segment. */
  public enum AssignBy {
    /** The nearest centroid. */
    CENTROIDS,
    /** The published rules, which can be recomputed in SQL. */
    RULES
  }

  /**
   * Indicator by which customers are compared.
   *
   * @param indicator a column of {@code customer_indicators}
   * @param weight above 0; 2 counts like two features of 1
   */
  public record Feature(String indicator, BigDecimal weight, Location at) {}
}
