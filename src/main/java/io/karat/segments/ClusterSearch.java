package io.karat.segments;

import io.karat.segments.NumberOfSegments.Trial;
import io.karat.settings.Clustering;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** The most customers that starts are tried on. */
  private static final int MOST_FOR_STARTS = 20_000;

  /**
   * As many clusters as are configured, or fewer if one would be too small to work with.
   *
   * @param looksForNumber whether to try several numbers if the configuration says auto
   */
  Clusters clusters(boolean looksForNumber) {
    SizeLimits limits = new SizeLimits(space.sales());
    int wanted = settings.k().orElseGet(() -> looksForNumber ? number(limits) : Clustering.USUAL_K);
    Clusters clusters = best(wanted);
    if (clusters.k() < wanted) {
      remarks.add(
          "There are %d segments, not %d: customers do not differ enough for more."
              .formatted(clusters.k(), wanted));
    }

    while (clusters.k() > FEWEST && !limits.tooSmall(clusters.ofPoints(), clusters.k()).isEmpty()) {
      remarks.add(
          "%d segments are too many: one would have less than 3 %% of customers and 5 %% of sales."
              .formatted(clusters.k()));
      clusters = best(clusters.k() - 1);
    }
    return clusters;
  }

  /** The better clusters of two: from new starts, and from the centres of the live model. */
  private Clusters best(int k) {
    KMeans means = KMeans.of(k, settings.seed());
    Clusters cold = cold(means);
    return live.filter(it -> it.segments().size() == cold.k())
        .filter(it -> it.featureNames().equals(space.names()))
        .map(it -> means.improve(space.points(), space.centres(it)))
        .map(warm -> KMeans.better(warm, cold))
        .orElse(cold);
  }

  /** Clusters from new starts; the best start on some customers continues with all. */
  private Clusters cold(KMeans means) {
    if (space.size() <= MOST_FOR_STARTS) {
      return means.fit(space.points());
    }

    Clusters ofSome = means.fit(space.points().at(space.some(MOST_FOR_STARTS)));
    return means.improve(space.points(), ofSome.centres());
  }

  private int number(SizeLimits limits) {
    int[] some = space.some(NumberOfSegments.MOST_CUSTOMERS);
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
