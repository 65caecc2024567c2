package io.karat.segments;

import io.karat.settings.Clustering;
import io.karat.settings.Clustering.AssignBy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The assignment of one customer to a segment, in plain Java, equal to that of {@link
 * SegmentAssignment} for many.
 *
 * @param id the segment
 * @param nearest the segment of the nearest centre; empty if a feature is unknown
 * @param squaredDistances to every centre by segment, in millionths of millionths
 * @param rule the rule that holds; empty if a feature is unknown
 * @param isHeld whether the customer stays only because no other centre is nearer by enough, or
 *     because the nearest is that of the segment left less than a week ago
 */
record CustomerAssignment(
    String id,
    Optional<String> nearest,
    Map<String, Double> squaredDistances,
    Optional<Rule> rule,
    boolean isHeld) {
  /** The days after leaving a segment within which no customer goes back to it. */
  static final int SETTLING_DAYS = 7;

  CustomerAssignment {
    squaredDistances = Collections.unmodifiableMap(new LinkedHashMap<>(squaredDistances));
  }

  /**
   * Assigns a customer.
   *
   * @param values of the features of the model in order; NaN for unknown ones
   * @param before the segment of the night before
   */
  static CustomerAssignment of(
      Clustering settings, SegmentModel model, double[] values, Optional<Before> before) {
    if (model.segments().isEmpty() || Arrays.stream(values).anyMatch(Double::isNaN)) {
      return new CustomerAssignment(
          Segment.UNKNOWN, Optional.empty(), Map.of(), Optional.empty(), false);
    }

    double[] distances = model.squaredDistances(values);
    String nearest = model.ids().get(SegmentModel.nearest(distances));
    Map<String, Double> byId = new LinkedHashMap<>();
    Map<String, Double> byFeature = new LinkedHashMap<>();
    for (int j = 0; j < distances.length; j++) {
      byId.put(model.ids().get(j), distances[j]);
    }
    for (int f = 0; f < values.length; f++) {
      byFeature.put(model.featureNames().get(f), values[f]);
    }
    Optional<Rule> rule = model.rules().stream().filter(it -> it.holds(byFeature)).findFirst();
    if (settings.assignBy() == AssignBy.RULES) {
      String id = rule.map(Rule::segment).orElse(Segment.UNKNOWN);
      return new CustomerAssignment(id, Optional.of(nearest), byId, rule, false);
    }

    double least = distances[SegmentModel.nearest(distances)];
    boolean isHeld =
        before
            .filter(it -> !it.id().equals(nearest) && byId.containsKey(it.id()))
            .filter(
                it ->
                    it.isBack(nearest)
                        || least >= byId.getOrDefault(it.id(), least) * factor(settings))
            .isPresent();
    String id = isHeld ? before.map(Before::id).orElse(nearest) : nearest;
    return new CustomerAssignment(id, Optional.of(nearest), byId, rule, isHeld);
  }

  /**
   * The factor of the hysteresis: another squared distance has to be below the own one times this.
   */
  static double factor(Clustering settings) {
    BigDecimal nearer = BigDecimal.ONE.subtract(settings.hysteresis());
    return nearer.multiply(nearer).doubleValue();
  }

  /**
   * The segment of a customer on the night before.
   *
   * @param isNew whether the customer came into it less than a week ago
   * @param left the segment before that one
   */
  record Before(String id, boolean isNew, Optional<String> left) {
    boolean isBack(String segment) {
      return isNew && left.filter(segment::equals).isPresent();
    }
  }
}
