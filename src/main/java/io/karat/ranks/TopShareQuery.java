package io.karat.ranks;

import io.karat.settings.IndicatorSettings.Better;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A query for the worst value of the best customers who make a share of all customers or value, or
 * a number of customers.
 */
final class TopShareQuery extends RankQuery<Optional<BigDecimal>> {
  private final CumulativeOf along;
  private final UnaryOperator<BigDecimal> goal;
  private final Better better;

  /**
   * A query.
   *
   * @param goal the quantity that the best customers have to reach, given that of all customers
   */
  private TopShareQuery(
      RankedColumn column, CumulativeOf along, UnaryOperator<BigDecimal> goal, Better better) {
    super(column);
    this.along = along;
    this.goal = goal;
    this.better = better;
  }

  TopShareQuery(RankedColumn column, CumulativeOf along, BigDecimal share, Better better) {
    this(column, along, checkedShare(share)::multiply, better);
  }

  TopShareQuery(RankedColumn column, long count, Better better) {
    this(column, CumulativeOf.CUSTOMERS, BigDecimal.valueOf(count)::min, better);
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
    return goal.apply(new BigDecimal(all.along(along)));
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
