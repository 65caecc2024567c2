package io.karat.scores;

import java.util.Arrays;
import org.apache.spark.sql.api.java.UDF1;

/**
 * A step function over rising numbers, evaluated by binary search. As an expression it would have
 * to compare with each number in turn.
 */
final class StepFunction implements UDF1<Long, Long> {
  /** The result of a value outside of the function. */
  static final long NONE = Long.MIN_VALUE;

  private static final long serialVersionUID = 1L;

  private final long[] from;
  private final long[] results;
  private final int first;

  private StepFunction(long[] from, long[] results, int first) {
    this.from = from;
    this.results = results;
    this.first = first;
  }

  /**
   * The result of the last number that is not above a value; the first result below all numbers.
   */
  static StepFunction atOrBelow(long[] from, long[] results) {
    return new StepFunction(from.clone(), results.clone(), -1);
  }

  /** The result of the first number that is above a value; {@link #NONE} if there is none. */
  static StepFunction above(long[] from, long[] results) {
    long[] withNone = Arrays.copyOf(results, results.length + 1);
    withNone[results.length] = NONE;
    return new StepFunction(from.clone(), withNone, 0);
  }

  /** The result of the last number that is not above a value; {@link #NONE} below all numbers. */
  static StepFunction strictlyAtOrBelow(long[] from, long[] results) {
    long[] withNone = new long[results.length + 1];
    withNone[0] = NONE;
    System.arraycopy(results, 0, withNone, 1, results.length);
    return new StepFunction(from.clone(), withNone, 0);
  }

  @Override
  public Long call(Long value) {
    int place = Arrays.binarySearch(from, value);
    int notAbove = place >= 0 ? place + 1 : -place - 1;
    return results[Math.max(0, notAbove + first)];
  }
}
