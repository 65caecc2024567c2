package io.karat.ranks;

/** A query for the number of distinct values. */
final class DistinctCountQuery extends RankQuery<Long> {
  DistinctCountQuery(RankedColumn column) {
    super(column);
  }

  @Override
  RankTargets search(Sums all) {
    return RankTargets.NOTHING;
  }

  @Override
  Long answer(OrderStatistics found) {
    return found.all().values();
  }
}
