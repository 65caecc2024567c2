package io.karat.segments;

import java.util.Arrays;

/** Measures of clusters: how well they are separated, and how much two partitions agree. */
final class ClusterQuality {
  private ClusterQuality() {}

  /**
   * The mean silhouette in squared Euclidean distance, as in Spark: (b - a) / max(a, b) of each
   * point, where a is the mean distance to the others of its cluster and b that to the nearest
   * other cluster; 0 for a point alone, and for a single cluster. It takes one computation per
   * point and cluster, since the mean squared distance to a cluster follows from its mean and its
   * spread.
   */
  static double silhouette(Points points, int[] clusters, int k) {
    double[][] means = points.means(clusters, k);
    int[] sizes = Points.sizes(clusters, k);
    double[] spreads = new double[k];
    for (int i = 0; i < points.size(); i++) {
      spreads[clusters[i]] += points.squaredDistance(i, means[clusters[i]]);
    }
    double sum = 0;
    for (int i = 0; i < points.size(); i++) {
      int own = clusters[i];
      double within = 0;
      double other = Double.POSITIVE_INFINITY;
      for (int j = 0; j < k; j++) {
        double mean = points.squaredDistance(i, means[j]) + spreads[j] / sizes[j];
        if (j == own) {
          within = sizes[j] == 1 ? 0 : mean * sizes[j] / (sizes[j] - 1);
        } else {
          other = Math.min(other, mean);
        }
      }
      double larger = Math.max(within, other);
      if (k > 1 && sizes[own] > 1 && larger > 0) {
        sum += (other - within) / larger;
      }
    }
    return sum / points.size();
  }

  /**
   * The index of Calinski and Harabasz (1974): the variance between clusters over that within, each
   * by its degrees of freedom; 0 for one cluster.
   */
  static double calinskiHarabasz(Points points, Clusters clusters) {
    int k = clusters.k();
    int size = points.size();
    if (k < 2 || size <= k) {
      return 0;
    }

    double all = Clusters.of(points, new int[size], 1).cost();
    double within = clusters.cost() / (size - k);
    double between = (all - clusters.cost()) / (k - 1);
    return within == 0 ? Double.MAX_VALUE : between / within;
  }

  /**
   * The agreement of two partitions of the same points beyond chance (Hubert and Arabie 1985): 1 if
   * they are the same, about 0 if they are independent.
   */
  static double adjustedRandIndex(int[] one, int[] other) {
    int rows = Arrays.stream(one).max().orElse(0) + 1;
    int columns = Arrays.stream(other).max().orElse(0) + 1;
    long[][] shared = shared(one, rows, other, columns);
    double both = 0;
    double ofOne = 0;
    double[] sums = new double[columns];
    for (long[] row : shared) {
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        both += pairs((double) row[j]);
        sum += row[j];
        sums[j] += row[j];
      }
      ofOne += pairs(sum);
    }
    double ofOther = Arrays.stream(sums).map(ClusterQuality::pairs).sum();
    double expected = ofOne * ofOther / pairs(one.length);
    double most = (ofOne + ofOther) / 2;
    return most == expected ? 1 : (both - expected) / (most - expected);
  }

  private static double pairs(double count) {
    return count * (count - 1) / 2;
  }

  /** The number of points in both, by cluster of one partition and cluster of the other. */
  static long[][] shared(int[] one, int rows, int[] other, int columns) {
    long[][] shared = new long[rows][columns];
    for (int i = 0; i < one.length; i++) {
      shared[one[i]][other[i]]++;
    }
    return shared;
  }
}
