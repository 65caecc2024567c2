package io.karat.segments;

import java.util.Arrays;

/**
 * The Hungarian assignment (Kuhn and Munkres, with potentials): the pairs of rows and columns with
 * the largest total, in cubic time.
 */
final class HungarianAssignment {
  /** The column of a row without one. */
  static final int NONE = -1;

  private HungarianAssignment() {}

  /** The column of every row; {@link #NONE} for some if there are fewer columns than rows. */
  static int[] most(long[][] shared) {
    int rows = shared.length;
    int columns = rows == 0 ? 0 : shared[0].length;
    int size = Math.max(rows, columns);
    long[][] costs = new long[size + 1][size + 1];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        costs[i + 1][j + 1] = -shared[i][j];
      }
    }

    int[] rowOf = rows(costs, size);
    int[] columnOf = new int[rows];
    Arrays.fill(columnOf, NONE);
    for (int j = 1; j <= columns; j++) {
      if (rowOf[j] <= rows) {
        columnOf[rowOf[j] - 1] = j - 1;
      }
    }
    return columnOf;
  }

  /** The row of every column at the least cost; both count from 1. */
  private static int[] rows(long[][] costs, int size) {
    // Potentials of rows and columns: no pair costs less than the sum of its two.
    long[] ofRows = new long[size + 1];
    long[] ofColumns = new long[size + 1];
    int[] rowOf = new int[size + 1];
    for (int row = 1; row <= size; row++) {
      int[] before = new int[size + 1];
      long[] slack = new long[size + 1];
      boolean[] isSeen = new boolean[size + 1];
      Arrays.fill(slack, Long.MAX_VALUE);
      rowOf[0] = row;
      int column = 0;
      // Extends the cheapest path from the new row until it reaches a column without a row.
      while (rowOf[column] != 0) {
        isSeen[column] = true;
        int next = 0;
        for (int j = 1; j <= size; j++) {
          if (!isSeen[j]) {
            long reduced = costs[rowOf[column]][j] - ofRows[rowOf[column]] - ofColumns[j];
            if (reduced < slack[j]) {
              slack[j] = reduced;
              before[j] = column;
            }
            if (next == 0 || slack[j] < slack[next]) {
              next = j;
            }
          }
        }
        // Shifts the potentials, so that the pair which continues the path costs exactly their sum.
        long step = slack[next];
        for (int j = 0; j <= size; j++) {
          if (isSeen[j]) {
            ofRows[rowOf[j]] += step;
            ofColumns[j] -= step;
          } else {
            slack[j] -= step;
          }
        }
        column = next;
      }
      // Shifts every pair along the path by one, which leaves a column for the new row.
      while (column != 0) {
        rowOf[column] = rowOf[before[column]];
        column = before[column];
      }
    }
    return rowOf;
  }
}
