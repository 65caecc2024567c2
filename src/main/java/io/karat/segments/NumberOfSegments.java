package io.karat.segments;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The choice of the number of segments: one that comes out the same for resamples of customers
 * first, then one with well separated clusters, then the least.
 */
final class NumberOfSegments {
  /** The mean adjusted Rand index from which a number is called stable. */
  static final double STABLE = 0.8;

  /** The most customers that numbers are tried on. */
  static final int MOST_CUSTOMERS = 20_000;

  private static final int FEWEST = 3;
  private static final int MOST = 8;
  private static final int RESAMPLES = 10;
  private static final int STARTS_OF_RESAMPLES = 3;
  private static final int ITERATIONS = 50;

  private NumberOfSegments() {}

  /**
   * The measures of a number of segments.
   *
   * @param stability the mean adjusted Rand index with the clusters of resamples
   * @param isAllowed whether no segment is too small
   */
  record Trial(
      int k, double stability, double calinskiHarabasz, double silhouette, boolean isAllowed) {
    boolean isStable() {
      return stability >= STABLE;
    }
  }

  /**
   * Tries 3 to 8 segments; numbers for which there are too few different points are left out.
   *
   * @param points at most {@value #MOST_CUSTOMERS}
   */
  static List<Trial> trials(Points points, long seed, SizeLimits limits) {
    List<Trial> trials = new ArrayList<>();
    for (int k = FEWEST; k <= Math.min(MOST, points.size()); k++) {
      Clusters clusters = KMeans.of(k, seed).fit(points);
      if (clusters.k() == k) {
        trials.add(
            new Trial(
                k,
                stability(points, clusters, seed),
                ClusterQuality.calinskiHarabasz(points, clusters),
                ClusterQuality.silhouette(points, clusters.ofPoints(), k),
                limits.tooSmall(clusters.ofPoints(), k).isEmpty()));
      }
    }
    return trials;
  }

  /**
   * The best number: of those that are allowed, if any is, the stable one with the best sum of
   * ranks by Calinski-Harabasz and silhouette; if none is stable, the most stable. The least of
   * equally good ones.
   */
  static int best(List<Trial> trials) {
    List<Trial> allowed = trials.stream().filter(Trial::isAllowed).toList();
    List<Trial> open = allowed.isEmpty() ? trials : allowed;
    List<Trial> stable = open.stream().filter(Trial::isStable).toList();
    if (stable.isEmpty()) {
      return open.stream()
          .min(comparingDouble((Trial trial) -> -trial.stability()).thenComparingInt(Trial::k))
          .orElseThrow()
          .k();
    }

    return stable.stream()
        .min(comparingInt((Trial trial) -> places(trial, stable)).thenComparingInt(Trial::k))
        .orElseThrow()
        .k();
  }

  /** The number of better trials by one measure plus that by the other. */
  private static int places(Trial trial, List<Trial> among) {
    long byBorders =
        among.stream().filter(it -> it.calinskiHarabasz() > trial.calinskiHarabasz()).count();
    long byDistance = among.stream().filter(it -> it.silhouette() > trial.silhouette()).count();
    return (int) (byBorders + byDistance);
  }

  private static double stability(Points points, Clusters clusters, long seed) {
    int[] own = clusters.ofPoints();
    double sum =
        IntStream.range(0, RESAMPLES)
            .mapToDouble(
                resample -> {
                  Random chance = new Random(seed * RESAMPLES + resample);
                  int[] drawn = chance.ints(points.size(), 0, points.size()).toArray();
                  double[][] centres =
                      new KMeans(clusters.k(), seed + resample, STARTS_OF_RESAMPLES, ITERATIONS)
                          .fit(points.at(drawn))
                          .centres();
                  return ClusterQuality.adjustedRandIndex(own, points.nearest(centres));
                })
            .sum();
    return sum / RESAMPLES;
  }
}
