package io.karat.segments;

import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * An explanation of the segment of a customer.
 *
 * @param model the id of the model
 * @param segment the segment and its name
 * @param features the values that the customer is compared by
 * @param distances to every centre; empty if a feature is unknown
 * @param before the segment of the night before
 * @param isHeld whether the customer stays because no other centre is nearer by enough, or because
 *     the nearest is that of the segment left less than a week ago
 * @param rule the segment and condition, as SQL, of the rule that holds
 */
public record SegmentExplanation(
    String model,
    Named segment,
    List<Coordinate> features,
    List<Distance> distances,
    Optional<String> before,
    boolean isHeld,
    Optional<String> rule) {
  private static final int PLACES = 3;

  public SegmentExplanation {
    features = List.copyOf(features);
    distances = List.copyOf(distances);
  }

  /**
   * The segment of a customer on the night before.
   *
   * @param isNew whether the customer came into it less than a week before the explained night
   * @param left the segment before that one
   */
  public record Before(String segment, boolean isNew, Optional<String> left) {
    /** The segment before, from the history, seen from a night. */
    public static Before of(
        String segment, LocalDate since, Optional<String> left, LocalDate asOf) {
      return new Before(
          segment, since.isAfter(asOf.minusDays(CustomerAssignment.SETTLING_DAYS)), left);
    }
  }

  /** A segment and its name. */
  public record Named(String id, BilingualText name) {}

  /**
   * A feature of the customer.
   *
   * @param value empty if unknown
   * @param deviations the number of standard deviations from the mean, on the scale of the feature
   */
  public record Coordinate(
      String feature, Optional<BigDecimal> value, Optional<BigDecimal> deviations) {}

  /** The distance to the centre of a segment. */
  public record Distance(Named segment, BigDecimal distance) {}

  /**
   * Explains a customer.
   *
   * @param indicators the row of customer_indicators
   * @param before the segment of the night before
   * @return empty if the model uses a column that the row does not have
   */
  public static Optional<SegmentExplanation> of(
      SegmentPlan plan, SegmentModel model, Row indicators, Optional<Before> before) {
    List<String> columns = List.of(indicators.schema().fieldNames());
    if (!columns.containsAll(model.featureNames())) {
      return Optional.empty();
    }

    List<Coordinate> features = new ArrayList<>();
    double[] values = new double[model.features().size()];
    for (int f = 0; f < values.length; f++) {
      Feature feature = model.features().get(f);
      Number value = indicators.getAs(feature.name());
      values[f] = value == null ? Double.NaN : value.doubleValue();
      features.add(
          value == null
              ? new Coordinate(feature.name(), Optional.empty(), Optional.empty())
              : new Coordinate(
                  feature.name(),
                  Optional.of(new BigDecimal(value.toString())),
                  Optional.of(rounded(feature.deviations(feature.coordinate(values[f]))))));
    }
    CustomerAssignment standing =
        CustomerAssignment.of(
            plan.settings(),
            model,
            values,
            before.map(it -> new CustomerAssignment.Before(it.segment(), it.isNew(), it.left())));
    Map<String, BilingualText> names = new SegmentTables(plan, model).names();
    List<Distance> distances = new ArrayList<>();
    standing
        .squaredDistances()
        .forEach(
            (id, squared) ->
                distances.add(
                    new Distance(named(id, names), rounded(Math.sqrt(squared) / Feature.UNIT))));
    return Optional.of(
        new SegmentExplanation(
            model.model().id(),
            named(standing.id(), names),
            features,
            distances,
            before.map(Before::segment),
            standing.isHeld(),
            standing.rule().map(rule -> "%s: %s".formatted(rule.segment(), rule.sql()))));
  }

  private static Named named(String id, Map<String, BilingualText> names) {
    return new Named(id, names.getOrDefault(id, Segment.UNKNOWN_NAME));
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
  }
}
