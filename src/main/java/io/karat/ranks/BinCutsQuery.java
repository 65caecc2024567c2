package io.karat.ranks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
    return all.customers() == 0
        ? RankTargets.NOTHING
        : RankTargets.levels(
            CumulativeOf.CUSTOMERS,
            IntStream.range(1, bins).mapToObj(bin -> end(bin, all.customers())).toList());
  }

  @Override
  List<BigDecimal> answer(OrderStatistics found) {
    long customers = found.all().customers();
    return IntStream.range(1, bins)
        .filter(bin -> customers > 0)
        .mapToObj(bin -> least(bin, customers, found))
        .flatMap(Optional::stream)
        .map(step -> found.decimal(step.value()))
        .toList();
  }

  /**
   * The customers of the least value whose middle rank is at or above the end of so many bins.
   * Those at the end have a lower middle rank if the end lies in the upper half of them.
   */
  private Optional<CumulativePoint> least(int below, long customers, OrderStatistics found) {
    CumulativePoint atEnd = found.at(CumulativeOf.CUSTOMERS, end(below, customers));
    long twice = Math.addExact(2 * atEnd.customersBelow(), atEnd.own().customers());
    boolean isReached =
        Math.multiplyExact(twice, bins) >= Math.multiplyExact(2L * below, customers);
    return isReached ? Optional.of(atEnd) : found.above(atEnd);
  }

  /** The number of customers up to the end of so many bins, rounded up. */
  private BigInteger end(int below, long customers) {
    long product = Math.multiplyExact(below, customers);
    return BigInteger.valueOf(Math.floorDiv(product + bins - 1, bins));
  }
}
