package io.karat.ranks;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/**
 * The different values of all series in partitions: those of one partition are all below those of
 * the next, and rise within it, series by series.
 */
interface SortedValues {
  /** What visits to all partitions bring back, in no order. */
  <R extends Serializable> List<R> visit(Class<R> found, Visit<R> visit);

  /** What is done in each partition. */
  @FunctionalInterface
  interface Visit<R extends Serializable> extends Serializable {
    List<R> to(int partition, Iterator<ValueCount> values);
  }
}
