package io.karat.allocation;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.ranks.RankQuery;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedColumn;
import io.karat.ranks.RankedCustomers;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.tables.Columns;
import io.karat.tables.ExactSum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Units of every customer: those of the tier in proportion to the positive values of its customers,
 * between the least and the most of each, by largest remainders. Of customers with equal remainders
 * all have a further unit or none, whichever is nearer to the units of the tier; in a tie they have
 * it.
 *
 * @param mostEach empty for no limit
 */
record CustomerEfforts(TierPlan plan, Optional<Integer> mostEach) {
  /** The code of the tier of a customer. */
  static final String TIER = "tier";

  /** The positive value of a customer, in units of its last decimal; 0 for others. */
  static final String WEIGHT = "weight";

  /** Parts of a unit that a remainder is counted in. */
  private static final long PARTS = 1_000_000_000_000L;

  private static final int MOST_ROUNDS = 100;
  private static final String WHOLE = "decimal(38,0)";

  /** The units of a customer; starts jobs. */
  Column proposed(Dataset<Row> customers) {
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < plan.tiers().size(); i++) {
      shares.add(Share.of(plan, i, mostEach));
    }
    List<Share> limited = mostEach.isPresent() ? limited(customers, shares) : shares;
    Column whole = call_function("div", parts(limited), lit(PARTS));
    return when(coalesce(isTaken(customers, limited, whole), lit(false)), whole.plus(1L))
        .otherwise(whole)
        .plus(ofTier(limited, share -> lit((long) share.leastEach())));
  }

  /**
   * Share of the customers of a tier.
   *
   * @param room the units of one customer at most, beyond the least
   * @param rest the units that are left for customers below the limit
   * @param weights the sum of the weights of customers below the limit
   * @param limit the weight from which on customers have all the units that one may have
   */
  private record Share(
      TierEffort tier,
      int leastEach,
      Optional<Integer> room,
      long rest,
      BigInteger weights,
      BigInteger limit) {
    private static final BigInteger UNLIMITED = BigInteger.valueOf(Long.MAX_VALUE);

    static Share of(TierPlan plan, int place, Optional<Integer> mostEach) {
      TierEffort tier = plan.tiers().get(place);
      int each = plan.leastEach(place);
      return new Share(
          tier,
          each,
          mostEach.map(most -> most - each),
          plan.planned().get(place) - each * tier.customers(),
          tier.weight().signum() > 0 ? tier.weight() : BigInteger.valueOf(tier.customers()),
          UNLIMITED);
    }

    /** The same share with the limit that its rest and weights give. */
    Share limited() {
      BigInteger least =
          rest == 0 || weights.signum() == 0 || room.isEmpty()
              ? limit
              : weights
                  .multiply(BigInteger.valueOf(room.get()))
                  .add(BigInteger.valueOf(rest - 1))
                  .divide(BigInteger.valueOf(rest));
      return new Share(tier, leastEach, room, rest, weights, least.min(limit));
    }

    /** What is left of the whole share below the limit. */
    Share without(long customers, BigInteger heavy) {
      long units = customers * room.orElse(0);
      return new Share(tier, leastEach, room, rest - units, weights.subtract(heavy), limit);
    }

    /** The weight of a customer: that of everybody is 1 where nobody has a value. */
    Column weight() {
      return tier.weight().signum() > 0 ? Columns.column(WEIGHT) : lit(1L);
    }

    Column isLimited() {
      return weight().geq(limit.longValueExact());
    }

    /** The units of a customer beyond the least, in parts of a unit. */
    Column parts() {
      if (weights.signum() == 0 || rest == 0) {
        return when(isLimited(), lit(room.orElse(0) * PARTS)).otherwise(lit(0L));
      }
      Column own =
          call_function(
              "div",
              weight()
                  .cast("decimal(19,0)")
                  .multiply(lit(new BigDecimal(rest).multiply(BigDecimal.valueOf(PARTS)))),
              lit(new BigDecimal(weights)).cast(WHOLE));
      return when(isLimited(), lit(room.orElse(0) * PARTS)).otherwise(own);
    }
  }

  private static Column ofTier(List<Share> shares, Function<Share, Column> value) {
    Column ofTier = when(lit(false), lit(0L));
    for (Share share : shares) {
      ofTier = ofTier.when(isIn(share), value.apply(share));
    }
    return coalesce(ofTier, lit(0L));
  }

  private static Column isIn(Share share) {
    return Columns.column(TIER).equalTo(share.tier().code());
  }

  private static Column parts(List<Share> shares) {
    return ofTier(shares, Share::parts);
  }

  /** The shares with the limits from which customers have all that one may have; starts jobs. */
  private static List<Share> limited(Dataset<Row> customers, List<Share> whole) {
    List<Share> shares = whole;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Share> next = shares.stream().map(Share::limited).toList();
      if (next.equals(shares)) {
        return shares;
      }
      shares = below(customers, whole, next);
    }
    return shares;
  }

  private static List<Share> below(Dataset<Row> customers, List<Share> whole, List<Share> limits) {
    Column isLimited =
        ofTier(limits, share -> when(share.isLimited(), lit(1L)).otherwise(lit(0L))).equalTo(1L);
    Column heavy = when(isLimited, ofTier(limits, Share::weight)).otherwise(lit(0L));
    Map<String, Row> counts = new HashMap<>();
    // One row per tier.
    customers
        .groupBy(TIER)
        .agg(count_if(isLimited), ExactSum.halves(heavy).toArray(Column[]::new))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row));
    List<Share> below = new ArrayList<>();
    for (int i = 0; i < whole.size(); i++) {
      Share limit = limits.get(i);
      Row row = counts.get(limit.tier().code());
      Share all = whole.get(i);
      Share same =
          new Share(
              all.tier(), all.leastEach(), all.room(), all.rest(), all.weights(), limit.limit());
      below.add(
          row == null
              ? same
              : same.without(
                  row.getLong(1), new ExactSum(heavy, 0).of(row, 2).toBigIntegerExact()));
    }
    return below;
  }

  /** Whether a customer has a unit of those that the whole parts of all customers leave. */
  private static Column isTaken(Dataset<Row> customers, List<Share> shares, Column whole) {
    Column unlimited =
        when(
            ofTier(shares, share -> when(share.isLimited(), lit(0L)).otherwise(lit(1L)))
                .equalTo(1L),
            whole);
    Map<String, Long> given = new HashMap<>();
    // One row per tier.
    customers
        .groupBy(TIER)
        .agg(coalesce(sum(unlimited), lit(0L)))
        .collectAsList()
        .forEach(row -> given.put(row.getString(0), row.getLong(1)));
    Column remainder = parts(shares).mod(lit(PARTS));
    Map<String, Column> remainders = new LinkedHashMap<>();
    Map<String, RankQuery<Optional<BigDecimal>>> queries = new LinkedHashMap<>();
    for (int i = 0; i < shares.size(); i++) {
      Share share = shares.get(i);
      long left = share.rest() - given.getOrDefault(share.tier().code(), 0L);
      if (left > 0 && share.weights().signum() > 0) {
        String name = "remainder_" + i;
        remainders.put(name, when(isIn(share).and(share.isLimited().equalTo(false)), remainder));
        queries.put(share.tier().code(), RankedColumn.of(name).topCount(left, Better.HIGHER));
      }
    }
    Optional<RankResults> results =
        new RankedCustomers(remainders, List.copyOf(queries.values())).of(customers);
    Column isTaken = lit(false);
    for (Share share : shares) {
      Optional<BigDecimal> cut =
          Optional.ofNullable(queries.get(share.tier().code()))
              .flatMap(query -> results.orElseThrow().to(query));
      if (cut.isPresent()) {
        isTaken =
            isTaken.or(
                isIn(share)
                    .and(share.isLimited().equalTo(false))
                    .and(remainder.geq(cut.get().longValueExact())));
      }
    }
    return isTaken;
  }
}
