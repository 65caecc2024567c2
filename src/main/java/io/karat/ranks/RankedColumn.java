package io.karat.ranks;

import io.karat.settings.IndicatorSettings.Better;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A column of a frame with one row per customer, by which customers are put in order, and what can
 * be asked of that order.
 *
 * <p>Whole numbers, decimals and days are taken as they are, fractions with six decimals, rounded
 * half up. A customer without a value does not count, nor does one without a group.
 *
 * @param value the column
 * @param group a column of whole numbers; customers are put in order within each of them, or all
 *     together where absent
 * @param added a column of numbers that is added up along the order; the value itself where absent
 */
public record RankedColumn(String value, Optional<String> group, Optional<String> added) {
  /** All customers, by a column. */
  public static RankedColumn of(String value) {
    return new RankedColumn(value, Optional.empty(), Optional.empty());
  }

  /** The same within each group. */
  public RankedColumn within(String column) {
    return new RankedColumn(value, Optional.of(column), added);
  }

  /** The same, where shares of value are those of another column. */
  public RankedColumn adding(String column) {
    return new RankedColumn(value, group, Optional.of(column));
  }

  /**
   * Where quantile bins meet: the bin of a value is one more than the cuts at or below it, which is
   * 1 + floor(bins x customers below / customers).
   *
   * <p>The cuts rise, each the least value of its bin. A bin without customers has the cut of the
   * next one; those above the greatest value have none, so there may be fewer cuts than bins.
   *
   * @param bins at least 1
   */
  public RankQuery<List<BigDecimal>> binCuts(int bins) {
    return new BinCutsQuery(this, bins);
  }

  /**
   * The worst value among the best customers, who make a share of all; none where nobody is taken.
   * Equal customers are taken all or not at all, whichever is nearer to the share; in doubt they
   * are.
   *
   * @param share 0 to 1
   */
  public RankQuery<Optional<BigDecimal>> topShare(BigDecimal share, Better better) {
    return new TopShareQuery(this, CumulativeOf.CUSTOMERS, share, better);
  }

  /**
   * The worst value among the best customers, who together make a share of the sum of all positive
   * values; none where nobody is taken. Equal customers are treated as by {@link #topShare}.
   *
   * @param share 0 to 1
   */
  public RankQuery<Optional<BigDecimal>> topValueShare(BigDecimal share, Better better) {
    CumulativeOf along = added.isPresent() ? CumulativeOf.ADDED : CumulativeOf.VALUE;
    return new TopShareQuery(this, along, share, better);
  }

  /**
   * Different values with their percentiles, rising: all of them, or where there are more than
   * {@code most}, those of customers evenly by rank, with the least and the greatest.
   *
   * @param most at least 2
   */
  public RankQuery<List<RankPoint>> rankPoints(int most) {
    return new RankPoints(this, most);
  }

  /** How many different values customers have. */
  public RankQuery<Long> differentValues() {
    return new DistinctCountQuery(this);
  }

  /**
   * The least value that a share of all customers do not exceed; none without customers.
   *
   * @param share 0 to 1
   */
  public RankQuery<Optional<BigDecimal>> quantile(BigDecimal share) {
    return new QuantileQuery(this, share);
  }

  /** How unevenly the column is spread over customers; more is better. */
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
