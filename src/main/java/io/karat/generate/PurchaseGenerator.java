package io.karat.generate;

import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The purchases: each has a customer's number and its number among that customer's purchases. All
 * amounts follow from these two, so that transactions and payments agree without a join.
 */
record PurchaseGenerator(Population population) {
  private static final int[] TERMS_DAYS = {14, 30, 30, 45, 60};
  private static final int RETURN_DAYS = 30;

  /** One row per purchase: customer_no, class_no, purchase_no, day_no. */
  Dataset<Row> all(SparkSession spark) {
    Column first = calendar().dayOf(col("first_tick"));
    Column next =
        population.isSubscribed()
            ? calendar().openDayFrom(population.monthsAfter(first, col("purchase_no").minus(1)))
            : population.dayInLife("purchase day", col("purchase_no"));
    Column day = when(col("purchase_no").equalTo(1), first).otherwise(next);
    Column numbers = when(col("purchases").gt(0), sequence(lit(1), col("purchases")));
    return population
        .customers(spark)
        .select(col("*"), explode(numbers).as("purchase_no"))
        .select(col("customer_no"), col("class_no"), col("purchase_no"), day.as("day_no"))
        // A charge that is due after the last open day.
        .filter(col("day_no").isNotNull());
  }

  /** The day of the return; null if the goods are kept or would be returned after the last day. */
  Column returnDay(Column customer, Column purchase, Column classNo, Column day) {
    Column isReturned =
        chance()
            .happens(Population.RETURNED_SHARE, "return", customer, purchase)
            .and(not(population.isOneOff(classNo)));
    Column later = chance().whole(RETURN_DAYS, "return day", customer, purchase).plus(1);
    return when(isReturned, calendar().openDayFrom(day.plus(later)));
  }

  /** The amount of the sale in cents. */
  Column soldCents(Column customer, Column purchase, Column classNo) {
    Column median = ValueClass.propertyOf(classNo, c -> StrictMath.log(100 * c.medianBasket()));
    Column level = chance().bell("basket level", customer).multiply(0.3);
    double variation = population.isSubscribed() ? 0 : 0.6;
    Column basket = chance().bell("basket", customer, purchase).multiply(variation);
    return round(exp(median.plus(level).plus(basket))).cast("long");
  }

  /** The returned amount, for purchases that are returned: mostly all of it, else half. */
  Column returnedCents(Column customer, Column purchase, Column soldCents) {
    return when(chance().happens(0.7, "return of all", customer, purchase), soldCents)
        .otherwise(ceil(soldCents.divide(2)));
  }

  /** The firm's cost of goods that are sold for {@code cents}. */
  Column costCents(Column customer, Column purchase, Column classNo, Column cents) {
    Column share =
        ValueClass.propertyOf(classNo, ValueClass::leastCostShare)
            .plus(chance().uniform("cost", customer, purchase).multiply(0.1))
            .minus(extraMargin(customer));
    return floor(cents.multiply(share));
  }

  private Column extraMargin(Column customer) {
    return coalesce(
        BuyerKind.propertyOf(population.kindOf(customer), BuyerKind::extraMargin), lit(0.0));
  }

  /** The customer's payment terms in days. */
  Column termsDays(Column customer) {
    return get(lit(TERMS_DAYS), chance().whole(TERMS_DAYS.length, "terms", customer));
  }

  SeededRandom chance() {
    return population.chance();
  }

  TradingCalendar calendar() {
    return population.calendar();
  }
}
