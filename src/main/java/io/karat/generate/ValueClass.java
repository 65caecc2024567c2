package io.karat.generate;

import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;

/** How much a customer is worth to the firm, in truth: what an analysis should find again. */
enum ValueClass {
  KEY_ACCOUNT(0.010, 12.0, 2_500, 0.75, 3_000),
  LARGE(0.090, 5.0, 900, 0.70, 1_800),
  REGULAR(0.300, 1.5, 220, 0.65, 1_000),
  OCCASIONAL(0.598, 0.4, 60, 0.60, 600),
  /** One or two very large purchases, and nothing in the last year of a longer period. */
  ONE_OFF(0.002, 1.0, 40_000, 0.60, 1_000);

  private final double share;
  private final double purchaseRate;
  private final double medianBasket;
  private final double leastCostShare;
  private final double meanLifeDays;

  ValueClass(
      double share,
      double purchaseRate,
      double medianBasket,
      double leastCostShare,
      double meanLifeDays) {
    this.share = share;
    this.purchaseRate = purchaseRate;
    this.medianBasket = medianBasket;
    this.leastCostShare = leastCostShare;
    this.meanLifeDays = meanLifeDays;
  }

  /** The share of all customers. */
  double share() {
    return share;
  }

  /** Purchases per time, against other classes. */
  double purchaseRate() {
    return purchaseRate;
  }

  /** The amount that half of the purchases exceed. */
  double medianBasket() {
    return medianBasket;
  }

  /** Cost is this share of the amount, or up to 0.1 more. */
  double leastCostShare() {
    return leastCostShare;
  }

  /** Days from the first purchase until the customer leaves, on average. */
  double meanLifeDays() {
    return meanLifeDays;
  }

  /** The number of the class of a customer, from an even draw. */
  static Column numberOf(Column even) {
    Column number = lit(0);
    double upTo = 0;
    for (ValueClass passed : Arrays.copyOf(values(), values().length - 1)) {
      upTo += passed.share;
      number = number.plus(even.geq(upTo).cast("int"));
    }
    return number;
  }

  /** A property of the class with that number. */
  static Column propertyOf(Column number, ToDoubleFunction<ValueClass> property) {
    return get(lit(Arrays.stream(values()).mapToDouble(property).toArray()), number);
  }

  static Column nameOf(Column number) {
    return get(lit(Arrays.stream(values()).map(ValueClass::name).toArray(String[]::new)), number);
  }

  Column is(Column number) {
    return nameOf(number).equalTo(name());
  }
}
