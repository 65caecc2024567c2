package io.karat.ranks;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/**
 * The distinct values of all series in range partitions: those of one partition are all below those
 * of the next, and within a partition the values of each series rise.
 */
interface SortedValues {
  /** The results of a visit to every partition, in no order. */
  <R extends Serializable> List<R> visit(Class<R> found, Visit<R> visit);

  /** A function that is run once in each partition. */
  @FunctionalInterface
  interface Visit<R extends Serializable> extends Serializable {
    List<R> to(int partition, Iterator<ValueCount> values);
  }
}
