package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Recency, frequency and monetary value in bins, of which 1 is the worst.
 *
 * @param isNested whether frequency is binned within each recency bin, and monetary value within
 *     both
 * @param names the first that holds names a code; the last may hold for every code
 * @param isDefault whether it comes with Karat
 */
public record Rfm(
    Axis recency,
    Axis frequency,
    Axis monetary,
    boolean isNested,
    CutPolicy cuts,
    List<Name> names,
    boolean isDefault,
    Location at) {
  public Rfm {
    names = List.copyOf(names);
  }

  /**
   * One of the three.
   *
   * @param indicator a column of {@code customer_indicators}
   * @param bins how many, at least 2
   * @param cuts where the bins meet, rising, one fewer than bins; empty where they are learned
   * @param weight what one bin counts in {@code rfm_score}
   */
  public record Axis(
      String indicator, int bins, List<BigDecimal> cuts, BigDecimal weight, Location at) {
    public Axis {
      cuts = List.copyOf(cuts);
    }
  }

  /** A name for the codes whose bins are all among these; no bins stand for all of them. */
  public record Name(
      String name,
      SortedSet<Integer> recency,
      SortedSet<Integer> frequency,
      SortedSet<Integer> monetary,
      Location at) {
    public Name {
      recency = sorted(recency);
      frequency = sorted(frequency);
      monetary = sorted(monetary);
    }

    private static SortedSet<Integer> sorted(SortedSet<Integer> bins) {
      return Collections.unmodifiableSortedSet(new TreeSet<>(bins));
    }

    /** Whether it names this code. */
    public boolean covers(int recencyBin, int frequencyBin, int monetaryBin) {
      return (recency.isEmpty() || recency.contains(recencyBin))
          && (frequency.isEmpty() || frequency.contains(frequencyBin))
          && (monetary.isEmpty() || monetary.contains(monetaryBin));
    }
  }
}
