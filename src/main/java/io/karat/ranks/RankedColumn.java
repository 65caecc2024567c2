package io.karat.ranks;

import io.karat.settings.IndicatorSettings.Better;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A column of a frame with one row per customer that customers are ranked by, and the queries over
 * that ranking.
 *
 * <p>Whole numbers, decimals and dates are taken as they are, floating-point values with six
 * decimals, rounded half up. A customer without a value or without a group does not count.
 *
 * @param value the column
 * @param group a column of whole numbers within whose values customers are ranked; empty to rank
 *     all customers together
 * @param added a column of numbers that is added up along the ranking; empty to add up the value
 *     itself
 */
public record RankedColumn(String value, Optional<String> group, Optional<String> added) {
  /** All customers, ranked by a column. */
  public static RankedColumn of(String value) {
    return new RankedColumn(value, Optional.empty(), Optional.empty());
  }

  /** The same column, ranked within each group. */
  public RankedColumn within(String column) {
    return new RankedColumn(value, Optional.of(column), added);
  }

  /** The same column, with shares of value taken from another column. */
  public RankedColumn adding(String column) {
    return new RankedColumn(value, group, Optional.of(column));
  }

  /**
   * The cut points between quantile bins: the bin of a value is one more than the cuts at or below
   * it, which is 1 + floor(bins x middle rank / customers), at most {@code bins}. The middle rank
   * is the number of customers below plus half of those equal, so that equal customers are in the
   * middle of the bins that they would fill.
   *
   * <p>The cuts rise, each the least value of its bin. A bin without customers has the cut of the
   * next one; bins above the greatest value have no cut, so there may be fewer cuts than bins.
   *
   * @param bins the number of bins, at least 1
   */
  public RankQuery<List<BigDecimal>> binCuts(int bins) {
    return new BinCutsQuery(this, bins);
  }

  /**
   * The worst value in the best {@code share} of customers; empty if the share selects nobody.
   * Equal customers are selected together or not at all, whichever is nearer to the share; in a tie
   * they are selected.
   *
   * @param share 0 to 1
   */
  public RankQuery<Optional<BigDecimal>> topShare(BigDecimal share, Better better) {
    return new TopShareQuery(this, CumulativeOf.CUSTOMERS, share, better);
  }

  /**
   * The worst value of the best {@code count} customers; empty if that selects nobody. Equal
   * customers are treated as by {@link #topShare}.
   */
  public RankQuery<Optional<BigDecimal>> topCount(long count, Better better) {
    return new TopShareQuery(this, count, better);
  }

  /**
   * The worst value among the best customers who together make a share of the sum of all positive
   * values; empty if the share selects nobody. Equal customers are treated as by {@link #topShare}.
   *
   * @param share 0 to 1
   */
  public RankQuery<Optional<BigDecimal>> topValueShare(BigDecimal share, Better better) {
    CumulativeOf along = added.isPresent() ? CumulativeOf.ADDED : CumulativeOf.VALUE;
    return new TopShareQuery(this, along, share, better);
  }

  /**
   * Distinct values with their percentiles, rising: all of them, or if there are more than {@code
   * most}, those of customers evenly spaced by rank, with the least and the greatest.
   *
   * @param most at least 2
   */
  public RankQuery<List<RankPoint>> rankPoints(int most) {
    return new RankPoints(this, most);
  }

  /** The number of distinct values. */
  public RankQuery<Long> differentValues() {
    return new DistinctCountQuery(this);
  }

  /**
   * The least value that at least a share of all customers do not exceed; empty without customers.
   *
   * @param share 0 to 1
   */
  public RankQuery<Optional<BigDecimal>> quantile(BigDecimal share) {
    return new QuantileQuery(this, share);
  }

  /** The concentration of the column over customers; higher values are better. */
  public RankQuery<Concentration> concentration() {
    return new ConcentrationQuery(this);
  }

  IllegalArgumentException notAmong(Collection<RankedColumn> ranked) {
    return new IllegalArgumentException(
        "Column '%s' was not put in order: expected one of %s"
            .formatted(
                value, ranked.stream().map(RankedColumn::value).distinct().sorted().toList()));
  }
}
