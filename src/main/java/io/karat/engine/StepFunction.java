package io.karat.engine;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * A step function over rising numbers, evaluated by binary search. Made of comparisons, it would
 * have to compare with each number in turn.
 */
public final class StepFunction implements Serializable {
  /** The result of a value outside of the function. */
  public static final long NONE = Long.MIN_VALUE;

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
  public static StepFunction atOrBelow(long[] from, long[] results) {
    return new StepFunction(from.clone(), results.clone(), -1);
  }

  /** The result of the first number that is above a value; {@link #NONE} if there is none. */
  public static StepFunction above(long[] from, long[] results) {
    long[] withNone = Arrays.copyOf(results, results.length + 1);
    withNone[results.length] = NONE;
    return new StepFunction(from.clone(), withNone, 0);
  }

  /** The result of the last number that is not above a value; {@link #NONE} below all numbers. */
  public static StepFunction strictlyAtOrBelow(long[] from, long[] results) {
    long[] withNone = new long[results.length + 1];
    withNone[0] = NONE;
    System.arraycopy(results, 0, withNone, 1, results.length);
    return new StepFunction(from.clone(), withNone, 0);
  }

  /** The results of a column of whole numbers; null where it is null. */
  public Column of(Column numbers) {
    return ObjectMethod.of(this, "at", DataTypes.LongType, numbers, DataTypes.LongType);
  }

  /** The result of a value. Spark calls it by its name. */
  public long at(long value) {
    int place = Arrays.binarySearch(from, value);
    int notAbove = place >= 0 ? place + 1 : -place - 1;
    return results[Math.max(0, notAbove + first)];
  }
}
