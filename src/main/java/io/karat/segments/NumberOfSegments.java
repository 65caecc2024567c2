package io.karat.segments;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Looks how many segments customers fall into: numbers that come out the same for other samples of
 * them first, then those with clear borders, then the least.
 */
final class NumberOfSegments {
  /** Partitions agree this much, by the adjusted Rand index, where a number is called stable. */
  static final double STABLE = 0.8;

  /** How many customers are looked at, at most. */
  static final int MOST_CUSTOMERS = 20_000;

  private static final int FEWEST = 3;
  private static final int MOST = 8;
  private static final int RESAMPLES = 10;
  private static final int STARTS_OF_RESAMPLES = 3;
  private static final int ITERATIONS = 50;

  private NumberOfSegments() {}

  /**
   * What speaks for a number.
   *
   * @param stability the mean agreement with clusters of resamples
   * @param isAllowed whether no segment is too small
   */
  record Trial(
      int k, double stability, double calinskiHarabasz, double silhouette, boolean isAllowed) {
    boolean isStable() {
      return stability >= STABLE;
    }
  }

  /**
   * Tries 3 to 8.
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
   * The number to take: of those that are allowed, where any is, the stable one with the best
   * places by Calinski-Harabasz and silhouette together; where none is stable the most stable. The
   * least of equally good ones.
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

  /** How many are better by one of the two figures, and by the other. */
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
