package io.karat.generate;

import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;

/** The true value of a customer to the firm, which an analysis should find again. */
enum ValueClass {
  KEY_ACCOUNT(0.010, 12.0, 2_500, 0.75, 3_000, 12.0, 3.0),
  LARGE(0.090, 5.0, 900, 0.70, 1_800, 6.0, 1.0),
  REGULAR(0.300, 1.5, 220, 0.65, 1_000, 2.0, 0.2),
  OCCASIONAL(0.598, 0.4, 60, 0.60, 600, 0.6, 0.02),
  /** One or two very large purchases, and nothing in the last year of a longer period. */
  ONE_OFF(0.002, 1.0, 40_000, 0.60, 1_000, 1.0, 0.1);

  private final double share;
  private final double purchaseRate;
  private final double medianBasket;
  private final double leastCostShare;
  private final double meanLifeDays;
  private final double contactsPerYear;
  private final double opportunitiesPerYear;

  ValueClass(
      double share,
      double purchaseRate,
      double medianBasket,
      double leastCostShare,
      double meanLifeDays,
      double contactsPerYear,
      double opportunitiesPerYear) {
    this.share = share;
    this.purchaseRate = purchaseRate;
    this.medianBasket = medianBasket;
    this.leastCostShare = leastCostShare;
    this.meanLifeDays = meanLifeDays;
    this.contactsPerYear = contactsPerYear;
    this.opportunitiesPerYear = opportunitiesPerYear;
  }

  /** The share of customers in the class. */
  double share() {
    return share;
  }

  /** The number of purchases, relative to the other classes. */
  double purchaseRate() {
    return purchaseRate;
  }

  /** The median amount of a purchase. */
  double medianBasket() {
    return medianBasket;
  }

  /** The least cost, as a share of the amount; the cost is at most 0.1 of the amount above it. */
  double leastCostShare() {
    return leastCostShare;
  }

  /** The mean number of days from the first purchase until the customer leaves. */
  double meanLifeDays() {
    return meanLifeDays;
  }

  double contactsPerYear() {
    return contactsPerYear;
  }

  double opportunitiesPerYear() {
    return opportunitiesPerYear;
  }

  static double[] shares() {
    return Arrays.stream(values()).mapToDouble(ValueClass::share).toArray();
  }

  /** A property of the class with the given number. */
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
