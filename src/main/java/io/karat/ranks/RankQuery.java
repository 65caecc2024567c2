package io.karat.ranks;

import java.math.BigDecimal;

/**
 * Something to be known of the order of customers by a column; see {@link RankedColumn}.
 *
 * @param <A> what answers it
 */
public abstract class RankQuery<A> {
  private final RankedColumn column;

  RankQuery(RankedColumn column) {
    this.column = column;
  }

  RankedColumn column() {
    return column;
  }

  /** What has to be found, once it is known what all customers amount to. */
  abstract RankTargets search(Sums all);

  /** The answer, from what was found. */
  abstract A answer(OrderStatistics found);

  static BigDecimal checkedShare(BigDecimal share) {
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("Invalid share %s: expected 0 to 1".formatted(share));
    }

    return share;
  }
}
