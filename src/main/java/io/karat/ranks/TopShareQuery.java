package io.karat.ranks;

import io.karat.settings.IndicatorSettings.Better;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** A query for the worst value of the best customers who make a share of all customers or value. */
final class TopShareQuery extends RankQuery<Optional<BigDecimal>> {
  private final CumulativeOf along;
  private final BigDecimal share;
  private final Better better;

  TopShareQuery(RankedColumn column, CumulativeOf along, BigDecimal share, Better better) {
    super(column);
    this.along = along;
    this.share = checkedShare(share);
    this.better = better;
  }

  @Override
  RankTargets search(Sums all) {
    return isNothing(all) ? RankTargets.NOTHING : RankTargets.levels(along, List.of(level(all)));
  }

  @Override
  Optional<BigDecimal> answer(OrderStatistics found) {
    if (isNothing(found.all())) {
      return Optional.empty();
    }

    CumulativePoint last = found.at(along, level(found.all()));
    Optional<CumulativePoint> taken =
        isNearerWith(last, found.all()) ? Optional.of(last) : better(last, found);
    return taken.map(step -> found.decimal(step.value()));
  }

  /** The quantity that the best customers have to reach. */
  private BigDecimal goal(Sums all) {
    return share.multiply(new BigDecimal(all.along(along)));
  }

  private boolean isNothing(Sums all) {
    return goal(all).signum() == 0;
  }

  /**
   * The cumulative quantity, from the least value up, at which the best customers reach the goal.
   */
  private BigInteger level(Sums all) {
    BigInteger fromBest = goal(all).setScale(0, RoundingMode.CEILING).toBigIntegerExact();
    return switch (better) {
      case HIGHER -> all.along(along).subtract(fromBest).add(BigInteger.ONE);
      case LOWER -> fromBest;
    };
  }

  /** Whether the goal is at least as near with the customers of this value as without them. */
  private boolean isNearerWith(CumulativePoint last, Sums all) {
    BigInteger without =
        switch (better) {
          case HIGHER -> all.along(along).subtract(last.through(along));
          case LOWER -> last.below(along);
        };
    BigInteger with = without.add(last.own().along(along));
    BigDecimal twiceGoal = goal(all).multiply(BigDecimal.valueOf(2));
    return new BigDecimal(without.add(with)).compareTo(twiceGoal) <= 0;
  }

  private Optional<CumulativePoint> better(CumulativePoint step, OrderStatistics found) {
    return switch (better) {
      case HIGHER -> found.above(step);
      case LOWER -> found.below(step);
    };
  }
}
