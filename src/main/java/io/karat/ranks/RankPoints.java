package io.karat.ranks;

import java.util.List;

/** Values with their percentiles. */
final class RankPoints extends Question<List<RankPoint>> {
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
  Search search(Sums all) {
    return Search.spread(new Spread(most, all));
  }

  @Override
  List<RankPoint> answer(Found found) {
    Spread spread = new Spread(most, found.all());
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
