package io.karat.segments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The feature space: customers as points with a coordinate per feature, in whole millionths. */
final class FeatureSpace {
  /** The most customers that a tree of rules is grown from. */
  private static final int MOST_FOR_RULES = 20_000;

  private static final int PLACES = 6;

  private final List<Feature> features;
  private final int[] customers;
  private final double[][] values;
  private final double[] sales;
  private final long[][] coordinates;
  private final Points points;

  /**
   * The space of some customers of a sample.
   *
   * @param customers positions in the sample, of customers with a value for every feature
   */
  FeatureSpace(TrainingSample sample, List<Feature> features, int[] customers) {
    this.features = List.copyOf(features);
    this.customers = customers.clone();
    this.sales = TrainingSample.at(sample.sales(), customers);
    this.values =
        features.stream()
            .map(feature -> TrainingSample.at(sample.values(feature.name()), customers))
            .toArray(double[][]::new);
    this.coordinates = new long[customers.length][features.size()];
    double[][] rows = new double[customers.length][features.size()];
    for (int f = 0; f < features.size(); f++) {
      for (int i = 0; i < customers.length; i++) {
        coordinates[i][f] = features.get(f).coordinate(values[f][i]);
        rows[i][f] = (double) coordinates[i][f] / Feature.UNIT;
      }
    }
    this.points = Points.of(rows);
  }

  List<Feature> features() {
    return features;
  }

  List<String> names() {
    return features.stream().map(Feature::name).toList();
  }

  /** The positions of the customers in the sample. */
  int[] customers() {
    return customers.clone();
  }

  int size() {
    return customers.length;
  }

  Points points() {
    return points;
  }

  /** The values of a feature. */
  double[] values(String name) {
    return values[names().indexOf(name)].clone();
  }

  double[] sales() {
    return sales.clone();
  }

  /** The centres of another model of the same features, in this space. */
  double[][] centres(SegmentModel model) {
    return model.segments().stream()
        .map(
            segment ->
                IntStream.range(0, features.size())
                    .mapToDouble(
                        f -> {
                          double value = model.features().get(f).valueAt(segment.centre().get(f));
                          return (double) features.get(f).coordinate(value) / Feature.UNIT;
                        })
                    .toArray())
        .toArray(double[][]::new);
  }

  /** The index of the nearest segment of every customer. */
  int[] nearest(List<Segment> segments) {
    int[] nearest = new int[size()];
    for (int i = 0; i < size(); i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < segments.size(); j++) {
        double distance = squaredDistance(i, segments.get(j));
        if (distance < least) {
          least = distance;
          nearest[i] = j;
        }
      }
    }
    return nearest;
  }

  /** The same as {@link SegmentModel#squaredDistances}. */
  private double squaredDistance(int customer, Segment segment) {
    double sum = 0;
    for (int f = 0; f < features.size(); f++) {
      double difference = (double) (coordinates[customer][f] - segment.centre().get(f));
      sum += difference * difference;
    }
    return sum;
  }

  /** The sum of squared distances to the own centres, in millionths of millionths. */
  BigInteger cost(List<Segment> segments, int[] places) {
    BigInteger cost = BigInteger.ZERO;
    for (int i = 0; i < size(); i++) {
      for (int f = 0; f < features.size(); f++) {
        long difference = coordinates[i][f] - segments.get(places[i]).centre().get(f);
        cost = cost.add(BigInteger.valueOf(difference).pow(2));
      }
    }
    return cost;
  }

  /** The squared distance to the nearest centre that a share of customers do not exceed. */
  long farSquared(List<Segment> segments, double share) {
    if (size() == 0) {
      return 0;
    }

    int[] places = nearest(segments);
    double[] distances =
        IntStream.range(0, size())
            .mapToDouble(i -> squaredDistance(i, segments.get(places[i])))
            .sorted()
            .toArray();
    return (long) FeatureFitting.quantile(distances, share);
  }

  /** Rules that predict the segments of the customers. */
  List<Rule> rules(int[] places, List<String> ids) {
    int[] some = points.some(MOST_FOR_RULES);
    double[][] ofSome =
        Arrays.stream(values)
            .map(column -> TrainingSample.at(column, some))
            .toArray(double[][]::new);
    int[] segments = Arrays.stream(some).map(i -> places[i]).toArray();
    return RuleTree.rules(new LabelledCustomers(names(), ofSome, segments, ids.size()), ids);
  }

  /** The segments with the share of their customers whom the rules select. */
  List<Segment> faithful(List<Segment> segments, List<Rule> rules, int[] places) {
    long[] found = new long[segments.size()];
    for (int i = 0; i < size(); i++) {
      Map<String, Double> ofCustomer = new LinkedHashMap<>();
      for (int f = 0; f < features.size(); f++) {
        ofCustomer.put(features.get(f).name(), values[f][i]);
      }
      String id = segments.get(places[i]).id();
      if (rules.stream().anyMatch(rule -> rule.segment().equals(id) && rule.holds(ofCustomer))) {
        found[places[i]]++;
      }
    }
    List<Segment> faithful = new ArrayList<>();
    for (int j = 0; j < segments.size(); j++) {
      Segment segment = segments.get(j);
      faithful.add(
          new Segment(
              segment.id(),
              segment.name(),
              segment.centre(),
              segment.customers(),
              segment.meanSales(),
              segment.customers() == 0
                  ? BigDecimal.ZERO
                  : BigDecimal.valueOf(found[j])
                      .divide(
                          BigDecimal.valueOf(segment.customers()), PLACES, RoundingMode.HALF_UP),
              segment.origin()));
    }
    return faithful;
  }
}
