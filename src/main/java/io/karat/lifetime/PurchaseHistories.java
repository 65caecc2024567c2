package io.karat.lifetime;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The distinct purchase histories of customers and the number of customers with each, in columns.
 * Repeats and times are indices into short lists of distinct values, so that terms which depend on
 * one of them alone are computed once for each.
 */
final class PurchaseHistories {
  private static final Comparator<Counted> ORDER =
      comparingLong((Counted it) -> it.history().repeats())
          .thenComparingDouble(it -> it.history().last())
          .thenComparingDouble(it -> it.history().age());

  private final double[] allRepeats;
  private final double[] allTimes;
  private final int[] repeats;
  private final int[] last;
  private final int[] age;
  private final double[] customers;

  private PurchaseHistories(List<Counted> sorted) {
    allRepeats = distinct(sorted.stream().mapToDouble(it -> (double) it.history().repeats()));
    allTimes =
        distinct(
            sorted.stream()
                .flatMapToDouble(it -> DoubleStream.of(it.history().last(), it.history().age())));
    int size = sorted.size();
    repeats = new int[size];
    last = new int[size];
    age = new int[size];
    customers = new double[size];
    for (int i = 0; i < size; i++) {
      Counted counted = sorted.get(i);
      repeats[i] = Arrays.binarySearch(allRepeats, (double) counted.history().repeats());
      last[i] = Arrays.binarySearch(allTimes, counted.history().last());
      age[i] = Arrays.binarySearch(allTimes, counted.history().age());
      customers[i] = counted.customers();
    }
  }

  /** Sorts histories, whatever order they come in, and adds up equal ones. */
  static PurchaseHistories of(Collection<Counted> counted) {
    List<Counted> sorted = new ArrayList<>(counted);
    sorted.sort(ORDER);
    int last = -1;
    for (Counted next : sorted) {
      if (last >= 0 && ORDER.compare(sorted.get(last), next) == 0) {
        sorted.set(last, sorted.get(last).and(next.customers()));
      } else {
        last++;
        sorted.set(last, next);
      }
    }
    return new PurchaseHistories(sorted.subList(0, last + 1));
  }

  /** The distinct values, sorted; boxes nothing, unlike a stream's own distinct(). */
  private static double[] distinct(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int size = 0;
    for (double value : sorted) {
      if (size == 0 || sorted[size - 1] < value) {
        sorted[size] = value;
        size++;
      }
    }
    return Arrays.copyOf(sorted, size);
  }

  int size() {
    return customers.length;
  }

  /** The number of customers. */
  double total() {
    return Arrays.stream(customers).sum();
  }

  /** The number of customers with more than one occasion. */
  double repeaters() {
    return sum((history, number) -> history.repeats() > 0 ? number : 0);
  }

  /** The sum of repeats over all customers. */
  double totalRepeats() {
    return sum((history, number) -> history.repeats() * number);
  }

  /** The sum of ages over all customers. */
  double totalAge() {
    return sum((history, number) -> history.age() * number);
  }

  /** The longest age; 0 without customers. */
  double oldest() {
    return Arrays.stream(age).mapToDouble(number -> allTimes[number]).max().orElse(0);
  }

  private double sum(Summand summand) {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += summand.of(history(i), customers[i]);
    }
    return sum;
  }

  private interface Summand {
    double of(PurchaseHistory history, double customers);
  }

  /** The values that {@link #repeats(int)} refers to. */
  double[] allRepeats() {
    return allRepeats;
  }

  /** The values that {@link #last(int)} and {@link #age(int)} refer to. */
  double[] allTimes() {
    return allTimes;
  }

  /** The index of the repeats of a history. */
  int repeats(int i) {
    return repeats[i];
  }

  /** The index of the time of its last occasion. */
  int last(int i) {
    return last[i];
  }

  /** The index of its age. */
  int age(int i) {
    return age[i];
  }

  /** The number of customers with a history. */
  double customers(int i) {
    return customers[i];
  }

  PurchaseHistory history(int i) {
    return new PurchaseHistory((long) allRepeats[repeats[i]], allTimes[last[i]], allTimes[age[i]]);
  }

  List<Counted> all() {
    List<Counted> all = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      all.add(new Counted(history(i), (long) customers[i]));
    }
    return all;
  }

  /** A history, and the number of customers with it. */
  record Counted(PurchaseHistory history, long customers) {
    private Counted and(long more) {
      return new Counted(history, customers + more);
    }
  }
}
