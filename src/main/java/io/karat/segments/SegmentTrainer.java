package io.karat.segments;

import io.karat.segments.SegmentModel.Training;
import io.karat.settings.BilingualText;
import io.karat.settings.Clustering;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The trainer of segments: fits them to a sample of customers, on the driver, without any job. */
final class SegmentTrainer {
  private static final int PLACES = 6;
  private static final double FAR = 0.99;

  private final SegmentPlan plan;
  private final TrainingSample sample;
  private final LocalDate asOf;
  private final Optional<SegmentModel> live;
  private final List<String> remarks = new ArrayList<>();
  private final SortedMap<String, String> dropped = new TreeMap<>();
  private final SortedMap<String, BigDecimal> quality = new TreeMap<>();

  /**
   * A trainer for one fit.
   *
   * @param live the model whose segments keep their ids
   */
  SegmentTrainer(
      SegmentPlan plan, TrainingSample sample, LocalDate asOf, Optional<SegmentModel> live) {
    this.plan = plan;
    this.sample = sample;
    this.asOf = asOf;
    this.live = live;
  }

  /** A fitted model, and what its readers should know. */
  record Trained(SegmentModel model, List<String> remarks) {}

  /**
   * Fits a model.
   *
   * @param looksForNumber whether to try numbers of segments if the configuration says auto
   */
  Trained train(boolean looksForNumber) {
    List<String> known = plan.features().stream().filter(this::isKnown).toList();
    int[] customers = sample.complete(known);
    remarkUnknown(customers);
    List<Feature> features = customers.length == 0 ? List.of() : features(known, customers);
    FeatureSpace space = new FeatureSpace(sample, features, customers);
    List<Segment> segments = List.of();
    int[] places = {};
    if (customers.length > 0) {
      Clusters clusters =
          new ClusterSearch(
                  space, plan.settings(), live.filter(this::isComparable), remarks, quality)
              .clusters(looksForNumber);
      List<Segment> unordered = segments(space, clusters);
      int[] found = space.nearest(unordered);
      Integer[] order = order(unordered);
      segments = Arrays.stream(order).map(unordered::get).toList();
      int[] rank = new int[order.length];
      for (int j = 0; j < order.length; j++) {
        rank[order[j]] = j;
      }
      places = Arrays.stream(found).map(j -> rank[j]).toArray();
    }
    return model(space, segments, places);
  }

  private boolean isKnown(String name) {
    boolean isKnown = sample.isKnown(name);
    if (!isKnown) {
      drop(name, "its value is unknown for every customer");
    }
    return isKnown;
  }

  private void drop(String name, String reason) {
    dropped.put(name, reason);
    remarks.add("Feature '%s' is left out: %s.".formatted(name, reason));
  }

  private void remarkUnknown(int[] customers) {
    int unknown = sample.size() - customers.length;
    quality.put("unknown_share", share(unknown, sample.size()));
    if (unknown > 0) {
      remarks.add(
          "%s of customers lack a value for a feature and are in segment %s (unknown)."
              .formatted(percent(unknown, sample.size()), Segment.UNKNOWN));
    }
  }

  private List<Feature> features(List<String> names, int[] customers) {
    List<Feature> features = new ArrayList<>();
    for (Clustering.Feature setting : plan.settings().features()) {
      String name = setting.indicator();
      if (names.contains(name)) {
        double[] values = TrainingSample.at(sample.values(name), customers);
        FeatureFitting.of(name, setting.weight(), plan.scale(name), weeks(name), values)
            .ifPresentOrElse(
                features::add, () -> drop(name, "its value is the same for nearly every customer"));
      }
    }
    return features;
  }

  private OptionalInt weeks(String name) {
    return plan.column(name).isUntilNext()
        ? OptionalInt.of(sample.calendarWeeks())
        : OptionalInt.empty();
  }

  private boolean isComparable(SegmentModel model) {
    return !model.segments().isEmpty() && model.featureNames().stream().allMatch(sample::has);
  }

  private static List<Segment> segments(FeatureSpace space, Clusters clusters) {
    List<Segment> segments = new ArrayList<>();
    for (int j = 0; j < clusters.k(); j++) {
      List<Long> centre =
          Arrays.stream(clusters.centre(j))
              .mapToObj(value -> (long) Math.rint(value * Feature.UNIT))
              .toList();
      segments.add(
          new Segment(
              Segment.id(j + 1),
              Segment.UNKNOWN_NAME,
              centre,
              0,
              BigDecimal.ZERO,
              BigDecimal.ZERO,
              SegmentLineage.first()));
    }
    int[] found = space.nearest(segments);
    int[] sizes = Points.sizes(found, segments.size());
    double[] ofCustomers = space.sales();
    double[] sales = new double[segments.size()];
    for (int i = 0; i < found.length; i++) {
      sales[found[i]] += ofCustomers[i];
    }
    for (int j = 0; j < segments.size(); j++) {
      Segment one = segments.get(j);
      segments.set(
          j,
          new Segment(
              one.id(),
              one.name(),
              one.centre(),
              sizes[j],
              sizes[j] == 0 ? BigDecimal.ZERO : decimal(sales[j] / sizes[j]),
              one.fidelity(),
              one.origin()));
    }
    return segments;
  }

  /** The order of segments: highest mean sales first. */
  private static Integer[] order(List<Segment> segments) {
    Integer[] order = IntStream.range(0, segments.size()).boxed().toArray(Integer[]::new);
    Comparator<Segment> byValue = Comparator.comparing(Segment::meanSales).reversed();
    Arrays.sort(
        order,
        (a, b) ->
            byValue
                .thenComparing(segment -> segment.centre().toString())
                .compare(segments.get(a), segments.get(b)));
    return order;
  }

  private Trained model(FeatureSpace space, List<Segment> ordered, int[] places) {
    int next = live.map(SegmentModel::nextNumber).orElse(1);
    SortedMap<String, SegmentLineage> gone = new TreeMap<>();
    Map<String, BilingualText> kept = new LinkedHashMap<>();
    List<Segment> named;
    if (live.filter(this::isComparable).isPresent() && !ordered.isEmpty()) {
      SegmentModel parent = live.orElseThrow();
      SegmentMatching succession = succession(parent, space, ordered.size(), places);
      named = succession.named(ordered, next);
      gone.putAll(succession.gone(named));
      named.forEach(
          segment -> parent.segment(segment.id()).ifPresent(it -> kept.put(it.id(), it.name())));
    } else {
      live.ifPresent(
          parent ->
              parent
                  .ids()
                  .forEach(
                      id ->
                          gone.put(
                              id,
                              new SegmentLineage(
                                  SegmentLineage.Kind.GONE, List.of(), BigDecimal.ZERO))));
      named =
          IntStream.range(0, ordered.size())
              .mapToObj(j -> ordered.get(j).with(Segment.id(next + j), SegmentLineage.first()))
              .toList();
    }
    List<Segment> called = SegmentNames.of(plan, space, places).named(named, kept);
    List<String> ids = called.stream().map(Segment::id).toList();
    List<Rule> rules = ordered.isEmpty() ? List.of() : space.rules(places, ids);
    List<Segment> faithful = space.faithful(called, rules, places);
    measure(space, faithful, places);
    int highest =
        ids.stream().mapToInt(id -> Integer.parseInt(id.substring(1))).max().orElse(next - 1);
    SegmentModel model =
        new SegmentModel(
            SegmentModel.FORMAT,
            SegmentModel.KIND,
            asOf.toString(),
            live.map(it -> it.model().id()).orElse(""),
            new Training(
                sample.all(),
                sample.size(),
                space.size(),
                plan.settings().seed(),
                sample.hash(plan.features())),
            space.features(),
            dropped,
            faithful,
            rules,
            gone,
            Math.max(next, highest + 1),
            quality,
            space.farSquared(faithful, FAR));
    remarkSuccession(model);
    return new Trained(model, remarks);
  }

  private SegmentMatching succession(SegmentModel parent, FeatureSpace space, int k, int[] places) {
    int[] complete = space.customers();
    List<double[]> columns = parent.featureNames().stream().map(sample::values).toList();
    long[][] shared = new long[parent.segments().size()][k];
    long both = 0;
    for (int i = 0; i < complete.length; i++) {
      int customer = complete[i];
      double[] values = columns.stream().mapToDouble(column -> column[customer]).toArray();
      if (Arrays.stream(values).noneMatch(Double::isNaN)) {
        shared[SegmentModel.nearest(parent.squaredDistances(values))][places[i]]++;
        both++;
      }
    }
    SegmentMatching succession = new SegmentMatching(parent.ids(), shared, k);
    quality.put("changed_share", share(both - succession.stayed(), Math.max(both, 1)));
    return succession;
  }

  private void measure(FeatureSpace space, List<Segment> segments, int[] places) {
    if (segments.isEmpty()) {
      return;
    }
    int k = segments.size();
    BigInteger cost = space.cost(segments, places);
    quality.put(
        "cost", new BigDecimal(cost).movePointLeft(12).setScale(PLACES, RoundingMode.HALF_UP));
    quality.put("silhouette", decimal(ClusterQuality.silhouette(space.points(), places, k)));
    quality.put(
        "calinski_harabasz",
        decimal(
            ClusterQuality.calinskiHarabasz(
                space.points(), Clusters.of(space.points(), places, k))));
    long found =
        segments.stream()
            .mapToLong(it -> Math.round(it.fidelity().doubleValue() * it.customers()))
            .sum();
    quality.put("fidelity", share(found, space.size()));
  }

  private void remarkSuccession(SegmentModel model) {
    if (live.isPresent()) {
      model.segments().forEach(it -> remarks.add(it.id() + it.origin().ofNewer() + "."));
      model.gone().forEach((id, origin) -> remarks.add(id + origin.ofOlder() + "."));
    }
  }

  private static BigDecimal share(long part, long all) {
    return all == 0
        ? BigDecimal.ZERO.setScale(PLACES)
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(all), PLACES, RoundingMode.HALF_UP);
  }

  private static String percent(long part, long all) {
    return share(part, all).movePointRight(2).setScale(1, RoundingMode.HALF_UP) + " %";
  }

  private static BigDecimal decimal(double value) {
    return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
  }
}
