package io.karat.ranks;

import java.math.BigDecimal;

/**
 * A query about the ranking of customers by a column; see {@link RankedColumn}.
 *
 * @param <A> the type of its result
 */
public abstract class RankQuery<A> {
  private final RankedColumn column;

  RankQuery(RankedColumn column) {
    this.column = column;
  }

  RankedColumn column() {
    return column;
  }

  /** The points to search for, given the sums over all customers. */
  abstract RankTargets search(Sums all);

  /** The result, from the order statistics found. */
  abstract A answer(OrderStatistics found);

  static BigDecimal checkedShare(BigDecimal share) {
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("Invalid share %s: expected 0 to 1".formatted(share));
    }

    return share;
  }
}
