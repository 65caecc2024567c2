package io.karat.ranks;

import java.util.Arrays;

/**
 * Ranks of values from 1, the smallest; equal values share the mean of their ranks. Unknown values
 * (NaN) have none.
 */
public final class MeanRanks {
  private static final int UNKNOWN = -1;

  /** The place of each value among the distinct ones. */
  private final int[] places;

  private final int distinct;

  private MeanRanks(int[] places, int distinct) {
    this.places = places;
    this.distinct = distinct;
  }

  public static MeanRanks of(double[] values) {
    double[] sorted =
        Arrays.stream(values).filter(it -> !Double.isNaN(it)).map(MeanRanks::plain).toArray();
    Arrays.sort(sorted);
    int distinct = 0;
    for (double value : sorted) {
      if (distinct == 0 || sorted[distinct - 1] < value) {
        sorted[distinct] = value;
        distinct++;
      }
    }
    int[] places = new int[values.length];
    for (int i = 0; i < places.length; i++) {
      places[i] =
          Double.isNaN(values[i])
              ? UNKNOWN
              : Arrays.binarySearch(sorted, 0, distinct, plain(values[i]));
    }
    return new MeanRanks(places, distinct);
  }

  /** The value without the sign of a zero. */
  private static double plain(double value) {
    return value + 0.0;
  }

  /** The number of values, unknown ones included. */
  int size() {
    return places.length;
  }

  boolean isKnown(int i) {
    return places[i] != UNKNOWN;
  }

  /** The ranks of all values; NaN of unknown ones. */
  public double[] all() {
    boolean[] known = new boolean[places.length];
    for (int i = 0; i < known.length; i++) {
      known[i] = isKnown(i);
    }
    long[] twice = twiceAmong(known);
    double[] ranks = new double[places.length];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = known[i] ? twice[i] / 2.0 : Double.NaN;
    }
    return ranks;
  }

  /**
   * Twice the ranks among some of the known values, whole numbers; 0 of others.
   *
   * @param counted whether a value is one of them
   */
  long[] twiceAmong(boolean[] counted) {
    long[] customers = new long[distinct];
    for (int i = 0; i < places.length; i++) {
      if (counted[i]) {
        customers[places[i]]++;
      }
    }
    long[] ofPlaces = new long[distinct];
    long below = 0;
    for (int place = 0; place < distinct; place++) {
      ofPlaces[place] = 2 * below + customers[place] + 1;
      below += customers[place];
    }
    long[] twice = new long[places.length];
    for (int i = 0; i < places.length; i++) {
      twice[i] = counted[i] ? ofPlaces[places[i]] : 0;
    }
    return twice;
  }
}
