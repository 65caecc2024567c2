package io.karat.ranks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Where quantile bins meet. */
final class BinCuts extends Question<List<BigDecimal>> {
  private final int bins;

  BinCuts(RankedColumn column, int bins) {
    super(column);
    if (bins < 1) {
      throw new IllegalArgumentException(
          "Invalid number of bins %d: expected at least 1".formatted(bins));
    }

    this.bins = bins;
  }

  @Override
  Search search(Sums all) {
    return Search.levels(Along.CUSTOMERS, ends(all));
  }

  @Override
  List<BigDecimal> answer(Found found) {
    return ends(found.all()).stream()
        .map(end -> found.above(found.at(Along.CUSTOMERS, end)))
        .flatMap(Optional::stream)
        .map(step -> found.decimal(step.value()))
        .toList();
  }

  /** How many customers there are at least below each bin but the first. */
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
