package io.karat.ranks;

import java.util.List;

/** A query for values with their percentiles. */
final class RankPoints extends RankQuery<List<RankPoint>> {
  private final int most;

  RankPoints(RankedColumn column, int most) {
    super(column);
    if (most < 2) {
      throw new IllegalArgumentException(
          "Invalid number of values %d: expected at least 2".formatted(most));
    }

    this.most = most;
  }

  @Override
  RankTargets search(Sums all) {
    return RankTargets.spread(new EvenRanks(most, all));
  }

  @Override
  List<RankPoint> answer(OrderStatistics found) {
    EvenRanks spread = new EvenRanks(most, found.all());
    return found.steps().stream()
        .filter(spread::takes)
        .map(
            step ->
                new RankPoint(
                    found.decimal(step.value()),
                    RankPoint.percentile(
                        step.customersBelow(), step.own().customers(), found.all().customers())))
        .toList();
  }
}
