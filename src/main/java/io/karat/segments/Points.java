package io.karat.segments;

import java.util.stream.IntStream;

/**
 * Points of a space, the rows of a matrix, in one array. Sums are taken in their order, so that
 * equal points give equal sums to the last bit.
 */
final class Points {
  private final double[] values;
  private final int size;
  private final int dimensions;

  private Points(double[] values, int size, int dimensions) {
    this.values = values;
    this.size = size;
    this.dimensions = dimensions;
  }

  /** Makes points of a matrix with a point per row. */
  static Points of(double[][] rows) {
    int dimensions = rows.length == 0 ? 0 : rows[0].length;
    double[] values = new double[rows.length * dimensions];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * dimensions, dimensions);
    }
    return new Points(values, rows.length, dimensions);
  }

  /** Some of the points, in the given order; a point may come twice. */
  Points at(int[] chosen) {
    double[] some = new double[chosen.length * dimensions];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * dimensions, some, i * dimensions, dimensions);
    }
    return new Points(some, chosen.length, dimensions);
  }

  /** The positions of some points, spread evenly; of all if they are few enough. */
  int[] some(int most) {
    int taken = Math.min(most, size);
    return IntStream.range(0, taken).map(i -> (int) ((long) i * size / taken)).toArray();
  }

  int size() {
    return size;
  }

  int dimensions() {
    return dimensions;
  }

  double value(int point, int dimension) {
    return values[point * dimensions + dimension];
  }

  double[] point(int point) {
    double[] copy = new double[dimensions];
    System.arraycopy(values, point * dimensions, copy, 0, dimensions);
    return copy;
  }

  /** The squared Euclidean distance of a point to a place. */
  double squaredDistance(int point, double[] place) {
    double sum = 0;
    int from = point * dimensions;
    for (int d = 0; d < dimensions; d++) {
      double difference = values[from + d] - place[d];
      sum += difference * difference;
    }
    return sum;
  }

  /** Lowers every point's squared distance to the nearest place, if this place is nearer. */
  void approach(double[] distances, double[] place) {
    for (int i = 0; i < size; i++) {
      distances[i] = Math.min(distances[i], squaredDistance(i, place));
    }
  }

  /** The nearest of some places; the first of those that are equally near. */
  int nearest(int point, double[][] places) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < places.length; j++) {
      double distance = squaredDistance(point, places[j]);
      if (distance < least) {
        least = distance;
        nearest = j;
      }
    }
    return nearest;
  }

  /** The nearest of some places for every point. */
  int[] nearest(double[][] places) {
    int[] nearest = new int[size];
    for (int i = 0; i < size; i++) {
      nearest[i] = nearest(i, places);
    }
    return nearest;
  }

  /** The mean of the points of each cluster; not a number for a cluster without points. */
  double[][] means(int[] clusters, int k) {
    double[][] means = new double[k][dimensions];
    int[] sizes = sizes(clusters, k);
    for (int i = 0; i < size; i++) {
      double[] sum = means[clusters[i]];
      int from = i * dimensions;
      for (int d = 0; d < dimensions; d++) {
        sum[d] += values[from + d];
      }
    }
    for (int j = 0; j < k; j++) {
      for (int d = 0; d < dimensions; d++) {
        means[j][d] /= sizes[j];
      }
    }
    return means;
  }

  /** The sum of squared distances of all points to the places of their clusters. */
  double cost(int[] clusters, double[][] places) {
    double cost = 0;
    for (int i = 0; i < size; i++) {
      cost += squaredDistance(i, places[clusters[i]]);
    }
    return cost;
  }

  static int[] sizes(int[] clusters, int k) {
    int[] sizes = new int[k];
    for (int cluster : clusters) {
      sizes[cluster]++;
    }
    return sizes;
  }
}
