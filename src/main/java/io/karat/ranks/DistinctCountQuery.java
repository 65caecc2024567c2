package io.karat.ranks;

/** How many different values there are. */
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
