package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Settings of the RFM model: recency, frequency and monetary value in bins, of which 1 is the
 * worst.
 *
 * @param isNested whether frequency is binned within each recency bin, and monetary value within
 *     both
 * @param names in order: the first that covers a code names it; the last may cover every code
 * @param hysteresis share of a cut point by which an indicator must pass it before the customer
 *     changes its segment
 * @param isDefault whether the indicators are the built-in ones
 */
public record Rfm(
    Axis recency,
    Axis frequency,
    Axis monetary,
    boolean isNested,
    RankedPopulation population,
    CutPolicy cuts,
    List<Name> names,
    BigDecimal hysteresis,
    boolean isDefault,
    Location at) {
  public Rfm {
    names = List.copyOf(names);
  }

  /**
   * Settings of one of the three dimensions.
   *
   * @param indicator a column of {@code customer_indicators}
   * @param bins the number of bins, at least 2
   * @param cuts the edges between bins, ascending, one fewer than bins; empty if they are fitted
   * @param weight the weight of the bin in {@code rfm_score}
   */
  public record Axis(
      String indicator, int bins, List<BigDecimal> cuts, BigDecimal weight, Location at) {
    public Axis {
      cuts = List.copyOf(cuts);
    }
  }

  /** Name of the codes whose three bins are all listed here; an empty set lists every bin. */
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

    /** Whether the name covers this code. */
    public boolean covers(int recencyBin, int frequencyBin, int monetaryBin) {
      return (recency.isEmpty() || recency.contains(recencyBin))
          && (frequency.isEmpty() || frequency.contains(frequencyBin))
          && (monetary.isEmpty() || monetary.contains(monetaryBin));
    }
  }
}
