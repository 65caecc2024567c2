package io.karat.ranks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** A query for the least value that at least a share of all customers do not exceed. */
final class QuantileQuery extends RankQuery<Optional<BigDecimal>> {
  private final BigDecimal share;

  QuantileQuery(RankedColumn column, BigDecimal share) {
    super(column);
    this.share = checkedShare(share);
  }

  @Override
  RankTargets search(Sums all) {
    return all.customers() == 0
        ? RankTargets.NOTHING
        : RankTargets.levels(CumulativeOf.CUSTOMERS, List.of(level(all)));
  }

  @Override
  Optional<BigDecimal> answer(OrderStatistics found) {
    return Optional.of(found.all())
        .filter(all -> all.customers() > 0)
        .map(all -> found.at(CumulativeOf.CUSTOMERS, level(all)))
        .map(step -> found.decimal(step.value()));
  }

  private BigInteger level(Sums all) {
    return share
        .multiply(BigDecimal.valueOf(all.customers()))
        .setScale(0, RoundingMode.CEILING)
        .toBigIntegerExact()
        .max(BigInteger.ONE);
  }
}
