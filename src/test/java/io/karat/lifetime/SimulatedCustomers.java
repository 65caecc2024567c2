package io.karat.lifetime;

import io.karat.lifetime.PurchaseHistories.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Customers who buy at random for up to two years and a horizon, at rates that are drawn, and leave
 * as drawn.
 *
 * @param rate draws a customer's purchases per day
 * @param leaving draws a chance of leaving after a purchase, or for Pareto/NBD a rate per day
 */
record SimulatedCustomers(
    PurchaseFamily family,
    ToDoubleFunction<RandomGenerator> rate,
    ToDoubleFunction<RandomGenerator> leaving) {
  static final int LONGEST = 730;

  /** A customer, and the purchases in the days after. */
  record Simulated(PurchaseHistory history, long later) {}

  static SimulatedCustomers whoStay(ToDoubleFunction<RandomGenerator> rate) {
    return new SimulatedCustomers(PurchaseFamily.BGNBD, rate, chance -> 0);
  }

  /** Customers whose rates are gamma, and whose leaving is beta or gamma distributed. */
  static SimulatedCustomers of(PurchaseFamily family, List<Double> parameters) {
    double third = parameters.get(2);
    double fourth = parameters.get(3);
    return new SimulatedCustomers(
        family,
        chance -> new GammaDistribution(chance, parameters.get(0), 1 / parameters.get(1)).sample(),
        family == PurchaseFamily.PARETONBD
            ? chance -> new GammaDistribution(chance, third, 1 / fourth).sample()
            : chance -> new BetaDistribution(chance, third, fourth).sample());
  }

  List<Simulated> draw(int customers, int seed, double horizon) {
    RandomGenerator chance = new Well19937c(seed);
    List<Simulated> drawn = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      drawn.add(draw(chance, horizon));
    }
    return drawn;
  }

  private Simulated draw(RandomGenerator chance, double horizon) {
    double age = 1 + chance.nextInt(LONGEST);
    double own = rate.applyAsDouble(chance);
    double left = leaving.applyAsDouble(chance);
    boolean isByDay = family == PurchaseFamily.PARETONBD;
    double end = isByDay && left > 0 ? exponential(chance, left) : Double.POSITIVE_INFINITY;
    boolean isHere = family != PurchaseFamily.MBGNBD || chance.nextDouble() >= left;
    long repeats = 0;
    long later = 0;
    double last = 0;
    double next = exponential(chance, own);
    while (isHere && next <= Math.min(end, age + horizon)) {
      if (next <= age) {
        repeats++;
        last = next;
      } else {
        later++;
      }
      isHere = isByDay || chance.nextDouble() >= left;
      next += exponential(chance, own);
    }
    return new Simulated(new PurchaseHistory(repeats, last, age), later);
  }

  static PurchaseHistories histories(List<Simulated> customers) {
    return PurchaseHistories.of(
        customers.stream().map(it -> new Counted(it.history(), 1)).toList());
  }

  private static double exponential(RandomGenerator chance, double rate) {
    return -Math.log1p(-chance.nextDouble()) / rate;
  }
}
