package io.karat.ranks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A query for the cut points between quantile bins. */
final class BinCutsQuery extends RankQuery<List<BigDecimal>> {
  private final int bins;

  BinCutsQuery(RankedColumn column, int bins) {
    super(column);
    if (bins < 1) {
      throw new IllegalArgumentException(
          "Invalid number of bins %d: expected at least 1".formatted(bins));
    }

    this.bins = bins;
  }

  @Override
  RankTargets search(Sums all) {
    return RankTargets.levels(CumulativeOf.CUSTOMERS, ends(all));
  }

  @Override
  List<BigDecimal> answer(OrderStatistics found) {
    return ends(found.all()).stream()
        .map(end -> found.above(found.at(CumulativeOf.CUSTOMERS, end)))
        .flatMap(Optional::stream)
        .map(step -> found.decimal(step.value()))
        .toList();
  }

  /** The least number of customers below each bin but the first. */
  private List<BigInteger> ends(Sums all) {
    if (all.customers() == 0) {
      return List.of();
    }

    return LongStream.range(1, bins)
        .map(bin -> Math.multiplyExact(bin, all.customers()))
        .map(customers -> Math.floorDiv(customers + bins - 1, bins))
        .mapToObj(BigInteger::valueOf)
        .toList();
  }
}
