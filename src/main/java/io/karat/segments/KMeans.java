package io.karat.segments;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * K-means clustering in squared Euclidean distance: several starts by greedy k-means++ (Arthur and
 * Vassilvitskii 2007), each with Lloyd's iterations until no point changes and then moves of single
 * points that lower the cost (Hartigan 1975), which Lloyd's iterations do not find; the least cost
 * wins.
 *
 * <p>The same points in the same order, and the same seed, give the same clusters to the last bit,
 * on any number of cores: starts are independent, and each adds up in order.
 *
 * @param k the number of clusters; fewer if there are fewer different points
 * @param starts the number of starts
 * @param iterations the most iterations of a start
 */
record KMeans(int k, long seed, int starts, int iterations) {
  private static final int USUAL_STARTS = 10;
  private static final int USUAL_ITERATIONS = 50;
  private static final long BETWEEN_STARTS = 1_000_003L;

  /** Ten starts of at most fifty iterations. */
  static KMeans of(int k, long seed) {
    return new KMeans(k, seed, USUAL_STARTS, USUAL_ITERATIONS);
  }

  /** The best clusters of all starts; of equally good ones, those of the earliest. */
  Clusters fit(Points points) {
    if (points.size() == 0) {
      throw new IllegalArgumentException("There are no points: expected at least one");
    }

    return IntStream.range(0, starts)
        .parallel()
        .mapToObj(start -> improve(points, seeds(points, start)))
        .reduce(KMeans::better)
        .orElseThrow();
  }

  /**
   * Improves some centres; one that loses all its points gets the point furthest from its centre.
   */
  Clusters improve(Points points, double[][] centres) {
    int count = centres.length;
    double[][] current = centres;
    int[] clusters = filled(points, points.nearest(current), current);
    for (int i = 1; i < iterations; i++) {
      current = points.means(clusters, count);
      int[] next = filled(points, points.nearest(current), current);
      if (Arrays.equals(next, clusters)) {
        break;
      }
      clusters = next;
    }
    for (int i = 0; i < iterations; i++) {
      if (!new HartiganMoves(points, clusters, count).pass()) {
        break;
      }
    }
    return Clusters.of(points, clusters, count);
  }

  static Clusters better(Clusters one, Clusters other) {
    return other.cost() < one.cost() ? other : one;
  }

  /**
   * Points that are far apart. Each is the best of a few candidates, drawn with a probability in
   * proportion to their squared distance to the seeds before: the one that lowers the cost most.
   */
  private double[][] seeds(Points points, int start) {
    Random chance = new Random(seed + BETWEEN_STARTS * start);
    double[][] seeds = new double[Math.min(k, points.size())][];
    seeds[0] = points.point(chance.nextInt(points.size()));
    double[] nearest = new double[points.size()];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    points.approach(nearest, seeds[0]);
    int candidates = 2 + (int) Math.log(k);
    for (int j = 1; j < seeds.length; j++) {
      double all = FeatureFitting.sum(nearest);
      if (all == 0) {
        return Arrays.copyOf(seeds, j);
      }

      double least = Double.POSITIVE_INFINITY;
      double[] before = nearest;
      for (int candidate = 0; candidate < candidates; candidate++) {
        double[] place = points.point(chosen(before, chance.nextDouble() * all));
        double[] after = before.clone();
        points.approach(after, place);
        double left = FeatureFitting.sum(after);
        if (left < least) {
          least = left;
          seeds[j] = place;
          nearest = after;
        }
      }
    }
    return seeds;
  }

  private static int chosen(double[] weights, double at) {
    double reached = 0;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        reached += weights[i];
        last = i;
        if (reached > at) {
          return i;
        }
      }
    }
    return last;
  }

  /**
   * The same clusters, except that an empty one gets the point that is furthest from its centre.
   */
  private static int[] filled(Points points, int[] clusters, double[][] centres) {
    int[] sizes = Points.sizes(clusters, centres.length);
    for (int j = 0; j < sizes.length; j++) {
      if (sizes[j] == 0) {
        int furthest = furthest(points, clusters, centres, sizes);
        sizes[clusters[furthest]]--;
        clusters[furthest] = j;
        sizes[j] = 1;
      }
    }
    return clusters;
  }

  private static int furthest(Points points, int[] clusters, double[][] centres, int[] sizes) {
    int furthest = -1;
    double most = -1;
    for (int i = 0; i < clusters.length; i++) {
      if (sizes[clusters[i]] > 1) {
        double distance = points.squaredDistance(i, centres[clusters[i]]);
        if (distance > most) {
          most = distance;
          furthest = i;
        }
      }
    }
    return furthest;
  }
}
