package io.karat.allocation;

import io.karat.allocation.Apportionment.Claim;
import io.karat.allocation.MarginalReturns.Activity;
import io.karat.settings.AllocationSettings;
import io.karat.settings.AllocationSettings.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plan of the units of every tier.
 *
 * @param tiers the tiers, the best first
 * @param planned the units of each
 * @param isShort whether the least efforts together exceed the total; better tiers have theirs
 *     first
 */
record TierPlan(
    AllocationSettings settings, List<TierEffort> tiers, List<Integer> planned, boolean isShort) {
  private static final int SHARE_PLACES = 9;

  TierPlan {
    tiers = List.copyOf(tiers);
    planned = List.copyOf(planned);
  }

  static TierPlan of(AllocationSettings settings, List<TierEffort> tiers) {
    int total = settings.effort().total();
    List<Integer> least = new ArrayList<>();
    List<Integer> most = new ArrayList<>();
    long wanted = 0;
    int left = total;
    for (TierEffort tier : tiers) {
      long own = tier.customers() * leastEach(settings, tier);
      wanted += own;
      int had = (int) Math.min(own, left);
      left -= had;
      least.add(had);
      long limit = settings.mostEach().map(each -> each * tier.customers()).orElse((long) total);
      most.add((int) Math.max(had, tier.customers() == 0 ? 0 : Math.min(limit, total)));
    }
    List<Integer> planned =
        settings.method() == Method.RESPONSE
            ? MarginalReturns.distributed(total, activities(settings, tiers, least, most))
            : Apportionment.of(total, claims(settings, tiers, least, most));
    return new TierPlan(settings, tiers, planned, wanted > total);
  }

  private static int leastEach(AllocationSettings settings, TierEffort tier) {
    return settings.least().getOrDefault(tier.code(), 0);
  }

  private static List<Activity> activities(
      AllocationSettings settings,
      List<TierEffort> tiers,
      List<Integer> least,
      List<Integer> most) {
    List<Activity> activities = new ArrayList<>();
    for (int i = 0; i < tiers.size(); i++) {
      Optional<Profit> profit = Profit.of(settings, tiers.get(i));
      int low = least.get(i);
      int high = most.get(i);
      activities.add(
          profit
              .map(of -> new Activity(low, high, units -> of.at(units)))
              .orElse(Activity.fixed(low)));
    }
    return activities;
  }

  private static List<Claim> claims(
      AllocationSettings settings,
      List<TierEffort> tiers,
      List<Integer> least,
      List<Integer> most) {
    boolean isWorthless = tiers.stream().allMatch(tier -> tier.weight().signum() == 0);
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < tiers.size(); i++) {
      TierEffort tier = tiers.get(i);
      BigInteger weight =
          settings.method() == Method.SHARE
              ? settings
                  .shares()
                  .getOrDefault(tier.code(), BigDecimal.ZERO)
                  .movePointRight(SHARE_PLACES)
                  .toBigInteger()
              : isWorthless ? BigInteger.valueOf(tier.customers()) : tier.weight();
      claims.add(new Claim(weight, least.get(i), most.get(i)));
    }
    return claims;
  }

  /** The least units of each customer of a tier, unless the tier has fewer than all would need. */
  int leastEach(int tier) {
    int each = leastEach(settings, tiers.get(tier));
    return planned.get(tier) >= tiers.get(tier).customers() * each ? each : 0;
  }

  /** The profit of a tier with the effort so far. */
  BigDecimal profitNow(int tier) {
    TierEffort of = tiers.get(tier);
    return of.value()
        .multiply(settings.worth().margin())
        .subtract(settings.effort().cost().multiply(of.now()));
  }

  /** The profit that is expected of the planned effort; empty where no response is known. */
  Optional<BigDecimal> expectedProfit(int tier) {
    return Profit.of(settings, tiers.get(tier)).map(it -> new BigDecimal(it.at(planned.get(tier))));
  }

  /** The profit that is expected of one more unit; empty where no response is known. */
  Optional<BigDecimal> marginalProfit(int tier) {
    int units = planned.get(tier);
    return Profit.of(settings, tiers.get(tier))
        .map(it -> new BigDecimal(it.at(units + 1) - it.at(units)));
  }

  /**
   * Profit of a tier by its effort.
   *
   * @param now the effort that the answers are relative to
   * @param worth the profit of the present effort, before its cost
   */
  private record Profit(ResponseCurve curve, double now, double worth, double cost) {
    /** Empty without answers, and without a present effort that they could be relative to. */
    static Optional<Profit> of(AllocationSettings settings, TierEffort tier) {
      return Optional.ofNullable(settings.response().get(tier.code()))
          .filter(it -> tier.now().signum() > 0)
          .map(
              answers ->
                  new Profit(
                      ResponseCurve.of(answers),
                      tier.now().doubleValue(),
                      tier.value().multiply(settings.worth().margin()).doubleValue(),
                      settings.effort().cost().doubleValue()));
    }

    double at(double units) {
      return worth * curve.at(units / now) - cost * units;
    }
  }
}
