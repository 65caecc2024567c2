package io.karat.ranks;

import io.karat.ranks.Concentration.Top;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A query for the {@link Concentration} of a value over customers. */
final class ConcentrationQuery extends RankQuery<Concentration> {
  private static final int PERCENT = 100;

  ConcentrationQuery(RankedColumn column) {
    super(column);
  }

  @Override
  RankTargets search(Sums all) {
    if (all.customers() == 0) {
      return RankTargets.NOTHING;
    }

    RankTargets curve =
        RankTargets.levels(
            CumulativeOf.CUSTOMERS,
            IntStream.rangeClosed(1, PERCENT)
                .mapToObj(percent -> place(all, best(all, percent)))
                .toList());
    return hasMost(all)
        ? curve.and(RankTargets.levels(CumulativeOf.VALUE, List.of(most(all))))
        : curve;
  }

  @Override
  Concentration answer(OrderStatistics found) {
    Sums all = found.all();
    return new Concentration(
        all.customers(),
        found.decimal(all.total()),
        ratio(found.weighted().subtract(all(all)), all(all)),
        IntStream.rangeClosed(0, PERCENT).mapToObj(percent -> top(found, percent)).toList(),
        hasMost(all) ? Optional.of(mostCustomers(found)) : Optional.empty());
  }

  /** The total times the number of customers. */
  private static BigInteger all(Sums all) {
    return all.total().multiply(BigInteger.valueOf(all.customers()));
  }

  private static Optional<ExactRatio> ratio(BigInteger numerator, BigInteger denominator) {
    return Optional.of(denominator)
        .filter(it -> it.signum() > 0)
        .map(it -> new ExactRatio(new BigDecimal(numerator), new BigDecimal(it)));
  }

  private static Top top(OrderStatistics found, int percent) {
    long customers = best(found.all(), percent);
    BigInteger amount = customers == 0 ? BigInteger.ZERO : amount(found, customers);
    return new Top(percent, customers, found.decimal(amount), ratio(amount, found.all().total()));
  }

  /** The number of customers in the best {@code percent} percent, rounded up. */
  private static long best(Sums all, int percent) {
    return Math.floorDiv(Math.multiplyExact(all.customers(), percent) + PERCENT - 1, PERCENT);
  }

  /** The rank of the last of the best customers, counted from the least value up. */
  private static BigInteger place(Sums all, long best) {
    return BigInteger.valueOf(all.customers() - best + 1);
  }

  /** The sum of the best customers: the total minus the sum of all others. */
  private static BigInteger amount(OrderStatistics found, long best) {
    CumulativePoint last = found.at(CumulativeOf.CUSTOMERS, place(found.all(), best));
    long equalOthers = found.all().customers() - best - last.customersBelow();
    BigInteger others =
        last.through()
            .minus(last.own())
            .total()
            .add(last.value().multiply(BigInteger.valueOf(equalOthers)));
    return found.all().total().subtract(others);
  }

  private static boolean hasMost(Sums all) {
    return all.total().signum() > 0;
  }

  private static BigDecimal goal(Sums all) {
    return Concentration.MOST.multiply(new BigDecimal(all.total()));
  }

  /**
   * The sum of positive values, from the least up, at the customer with whom the best reach the
   * goal.
   */
  private static BigInteger most(Sums all) {
    BigInteger fromBest = goal(all).setScale(0, RoundingMode.CEILING).toBigIntegerExact();
    return all.positive().subtract(fromBest).add(BigInteger.ONE);
  }

  private static long mostCustomers(OrderStatistics found) {
    CumulativePoint last = found.at(CumulativeOf.VALUE, most(found.all()));
    BigInteger better = found.all().positive().subtract(last.through(CumulativeOf.VALUE));
    BigDecimal missing = goal(found.all()).subtract(new BigDecimal(better));
    BigDecimal equal = missing.divide(new BigDecimal(last.value()), 0, RoundingMode.CEILING);
    return found.all().customers() - last.through().customers() + equal.longValueExact();
  }
}
