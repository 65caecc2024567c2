package io.karat.segments;

import io.karat.segments.NumberOfSegments.Trial;
import io.karat.settings.Clustering;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The search for the clusters of a fit: their number and their best start.
 *
 * @param live a model over the same columns, if there is one
 * @param remarks receives what readers of the fit should know
 * @param quality receives figures by name
 */
record ClusterSearch(
    FeatureSpace space,
    Clustering settings,
    Optional<SegmentModel> live,
    List<String> remarks,
    Map<String, BigDecimal> quality) {
  private static final int FEWEST = 2;

  /** The largest share of customers who may be set aside as unlike all others. */
  private static final double MOST_SET_ASIDE = 0.1;

  /** The most customers that starts are tried on. */
  private static final int MOST_FOR_STARTS = 20_000;

  /**
   * As many clusters as are configured, or fewer if customers do not differ enough, or one would be
   * too small to work with.
   *
   * @param looksForNumber whether to try several numbers if the configuration says auto
   */
  Clusters clusters(boolean looksForNumber) {
    SizeLimits limits = new SizeLimits(space.sales());
    int k = settings.k().orElseGet(() -> looksForNumber ? number(limits) : Clustering.USUAL_K);
    Attempt attempt = attempt(k, limits);
    while (!attempt.isWorkable() && attempt.clusters().k() > FEWEST) {
      remarks.add(
          "%d segments are too many: one would have less than 3 %% of customers and 5 %% of sales."
              .formatted(attempt.clusters().k()));
      k = attempt.clusters().k() - 1;
      attempt = attempt(k, limits);
    }
    remark(attempt, k);
    return attempt.clusters();
  }

  /**
   * Clusters of all customers.
   *
   * @param setAside customers who did not count for the centres
   * @param isWorkable whether none is too small
   */
  private record Attempt(Clusters clusters, int setAside, boolean isWorkable) {}

  /**
   * Tries a number of clusters. A few customers who are unlike all others would take up clusters,
   * however many there are: they are set aside, and join the nearest cluster at last.
   */
  private Attempt attempt(int k, SizeLimits limits) {
    Points all = space.points();
    int[] usual = IntStream.range(0, all.size()).toArray();
    while (true) {
      Clusters clusters = best(k, all.at(usual));
      Clusters joined =
          usual.length == all.size()
              ? clusters
              : Clusters.of(all, all.nearest(clusters.centres()), clusters.k());
      boolean isWorkable = limits.tooSmall(joined.ofPoints(), joined.k()).isEmpty();
      int[] left = withoutSmall(usual, clusters, limits.at(usual));
      boolean isLast =
          left.length == usual.length || left.length < (1 - MOST_SET_ASIDE) * all.size();
      if (isWorkable || isLast) {
        return new Attempt(joined, all.size() - usual.length, isWorkable);
      }
      usual = left;
    }
  }

  /** The customers who are not in a cluster that is too small. */
  private static int[] withoutSmall(int[] customers, Clusters clusters, SizeLimits limits) {
    int[] clusterOf = clusters.ofPoints();
    List<Integer> small = limits.tooSmall(clusterOf, clusters.k());
    return IntStream.range(0, customers.length)
        .filter(i -> !small.contains(clusterOf[i]))
        .map(i -> customers[i])
        .toArray();
  }

  private void remark(Attempt attempt, int k) {
    if (attempt.clusters().k() < k) {
      remarks.add(
          "There are %d segments, not %d: customers do not differ enough for more."
              .formatted(attempt.clusters().k(), k));
    }
    if (attempt.setAside() > 0) {
      remarks.add(
          "Customers who are unlike all others, but too few for a segment of their own: %d. They are in the nearest segment."
              .formatted(attempt.setAside()));
    }
  }

  /** The clusters with the least cost, from new starts and from the centres of the live model. */
  private Clusters best(int k, Points points) {
    KMeans means = KMeans.of(k, settings.seed());
    Clusters cold = cold(means, points);
    return live.filter(it -> it.segments().size() == cold.k())
        .filter(it -> it.featureNames().equals(space.names()))
        .map(it -> means.improve(points, space.centres(it)))
        .map(warm -> KMeans.better(warm, cold))
        .orElse(cold);
  }

  /** Clusters from new starts; the best start on some customers continues with all. */
  private static Clusters cold(KMeans means, Points points) {
    if (points.size() <= MOST_FOR_STARTS) {
      return means.fit(points);
    }

    Clusters ofSome = means.fit(points.at(points.some(MOST_FOR_STARTS)));
    return means.improve(points, ofSome.centres());
  }

  private int number(SizeLimits limits) {
    int[] some = space.points().some(NumberOfSegments.MOST_CUSTOMERS);
    List<Trial> trials =
        NumberOfSegments.trials(space.points().at(some), settings.seed(), limits.at(some));
    if (trials.isEmpty()) {
      return Clustering.USUAL_K;
    }

    for (Trial trial : trials) {
      remarks.add(
          "%d segments: stability %s, Calinski-Harabasz %s, silhouette %s%s."
              .formatted(
                  trial.k(),
                  rounded(trial.stability()),
                  rounded(trial.calinskiHarabasz()),
                  rounded(trial.silhouette()),
                  trial.isAllowed() ? "" : ", one too small"));
    }
    int best = NumberOfSegments.best(trials);
    Trial taken = trials.stream().filter(trial -> trial.k() == best).findFirst().orElseThrow();
    quality.put(
        "stability", BigDecimal.valueOf(taken.stability()).setScale(6, RoundingMode.HALF_UP));
    if (!taken.isStable()) {
      remarks.add(
          "No number of segments is stable: other samples would give other segments. %d is the most stable with %s, expected at least 0.80."
              .formatted(best, rounded(taken.stability())));
    }
    return best;
  }

  private static String rounded(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}
