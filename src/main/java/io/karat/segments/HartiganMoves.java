package io.karat.segments;

/**
 * Moves of single points between clusters. A point that leaves a cluster of n takes n / (n - 1) of
 * its squared distance with it, and brings n / (n + 1) of that to a cluster it joins, as both
 * centres follow it; so a move can lower the cost although the point's own centre is the nearest.
 */
final class HartiganMoves {
  /** The least relative gain; rounding alone could bring less. */
  private static final double LEAST_GAIN = 1e-12;

  private final Points points;
  private final int[] clusters;
  private final double[][] centres;
  private final int[] sizes;

  /**
   * Moves between the clusters of some points.
   *
   * @param clusters of every point, changed in place
   */
  HartiganMoves(Points points, int[] clusters, int k) {
    this.points = points;
    this.clusters = clusters;
    this.centres = points.means(clusters, k);
    this.sizes = Points.sizes(clusters, k);
  }

  /** Tries every point once, in order; returns whether any has moved. */
  boolean pass() {
    boolean hasMoved = false;
    for (int i = 0; i < clusters.length; i++) {
      int own = clusters[i];
      if (sizes[own] > 1) {
        double leaving = points.squaredDistance(i, centres[own]) * sizes[own] / (sizes[own] - 1);
        int best = own;
        double least = leaving * (1 - LEAST_GAIN);
        for (int j = 0; j < centres.length; j++) {
          if (j != own) {
            double joining = points.squaredDistance(i, centres[j]) * sizes[j] / (sizes[j] + 1);
            if (joining < least) {
              least = joining;
              best = j;
            }
          }
        }
        if (best != own) {
          move(i, own, best);
          hasMoved = true;
        }
      }
    }
    return hasMoved;
  }

  private void move(int point, int from, int to) {
    for (int d = 0; d < points.dimensions(); d++) {
      double value = points.value(point, d);
      centres[from][d] -= (value - centres[from][d]) / (sizes[from] - 1);
      centres[to][d] += (value - centres[to][d]) / (sizes[to] + 1);
    }
    sizes[from]--;
    sizes[to]++;
    clusters[point] = to;
  }
}
