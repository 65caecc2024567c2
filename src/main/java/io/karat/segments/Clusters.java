package io.karat.segments;

/** Points in clusters, each with the mean of its points as its centre. */
final class Clusters {
  private final double[][] centres;
  private final int[] clusters;
  private final double cost;

  private Clusters(double[][] centres, int[] clusters, double cost) {
    this.centres = centres;
    this.clusters = clusters;
    this.cost = cost;
  }

  /**
   * The clusters that points are in.
   *
   * @param clusters of every point, from 0 to {@code k} - 1; none is empty
   */
  static Clusters of(Points points, int[] clusters, int k) {
    double[][] centres = points.means(clusters, k);
    return new Clusters(centres, clusters.clone(), points.cost(clusters, centres));
  }

  int k() {
    return centres.length;
  }

  double[] centre(int cluster) {
    return centres[cluster].clone();
  }

  double[][] centres() {
    double[][] copy = new double[k()][];
    for (int j = 0; j < k(); j++) {
      copy[j] = centre(j);
    }
    return copy;
  }

  /** The cluster of every point, in the order of the points. */
  int[] ofPoints() {
    return clusters.clone();
  }

  int[] sizes() {
    return Points.sizes(clusters, k());
  }

  /** The sum of squared distances of all points to the centres of their clusters. */
  double cost() {
    return cost;
  }
}
