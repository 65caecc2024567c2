package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HungarianAssignmentTest {
  /** 7 + 6 is more than 9 + 1, though 9 is the largest. */
  @Test
  void theSumOfAllPairsCounts() {
    assertArrayEquals(new int[] {1, 0}, HungarianAssignment.most(new long[][] {{9, 7}, {6, 1}}));
  }

  @Test
  void somebodyStaysAloneWhereNumbersDiffer() {
    assertArrayEquals(
        new int[] {0, HungarianAssignment.NONE, 1},
        HungarianAssignment.most(new long[][] {{5, 0}, {4, 4}, {0, 9}}));
    assertArrayEquals(new int[] {2}, HungarianAssignment.most(new long[][] {{5, 0, 6}}));
    assertArrayEquals(new int[] {}, HungarianAssignment.most(new long[][] {}));
  }

  @Test
  void everyPermutationIsWorse() {
    Random chance = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      int size = 1 + chance.nextInt(6);
      long[][] shared = new long[size][];
      for (int i = 0; i < size; i++) {
        shared[i] = chance.longs(size, 0, 20).toArray();
      }
      int[] found = HungarianAssignment.most(shared);

      assertEquals(
          best(shared, 0, new boolean[size]), sum(shared, found), Arrays.deepToString(shared));
    }
  }

  private static long sum(long[][] shared, int[] columns) {
    long sum = 0;
    for (int i = 0; i < columns.length; i++) {
      sum += shared[i][columns[i]];
    }
    return sum;
  }

  private static long best(long[][] shared, int row, boolean[] isTaken) {
    if (row == shared.length) {
      return 0;
    }
    long best = 0;
    for (int j = 0; j < isTaken.length; j++) {
      if (!isTaken[j]) {
        isTaken[j] = true;
        best = Math.max(best, shared[row][j] + best(shared, row + 1, isTaken));
        isTaken[j] = false;
      }
    }
    return best;
  }
}
