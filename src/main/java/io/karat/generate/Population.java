package io.karat.generate;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.months_between;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The firm's customers: their value class, first and last day, and number of purchases.
 *
 * <p>Half of the customers come in the first month, the others at any later time. Each buys on its
 * first day and then at random, at a rate that differs between and within the classes, until it
 * leaves or the period ends. A few never buy.
 *
 * <p>Subscribers are charged on their first day and once a month from then on instead. At the end
 * of each month a subscriber leaves with a probability of its own, which is beta-distributed with
 * {@link #LEAVING_ALPHA} and {@link #LEAVING_BETA}.
 *
 * @param isSubscribed whether all customers are subscribers
 * @param hasBuyerTypes whether large customers differ in what they value
 */
record Population(
    long size,
    SeededRandom chance,
    TradingCalendar calendar,
    int transactionsPerCustomer,
    boolean isSubscribed,
    boolean hasBuyerTypes) {
  static final double RETURNED_SHARE = 0.03;
  static final double LEAVING_ALPHA = 1;
  static final double LEAVING_BETA = 8;
  private static final int OPENING_DAYS = 30;
  private static final int YEAR_DAYS = 365;
  private static final int NOTED_DAYS = 60;
  private static final double PROSPECT_SHARE = 0.02;
  private static final long MOST_RENEWALS = 12_000;
  private static final int CUSTOMERS_PER_TASK = 50_000;

  /**
   * The numbers of all customers, from 1, in order.
   *
   * @param customersPerTask the most customers of one task
   */
  Dataset<Row> numbers(SparkSession spark, int customersPerTask) {
    return spark.range(1, size + 1, 1, tasks(customersPerTask)).toDF("customer_no");
  }

  int tasks(int customersPerTask) {
    return Math.toIntExact((size - 1) / customersPerTask + 1);
  }

  /** One row per customer: class_no, first_tick, end_tick (exclusive) and purchases. */
  Dataset<Row> customers(SparkSession spark) {
    return customers(numbers(spark, CUSTOMERS_PER_TASK));
  }

  Dataset<Row> customers(Dataset<Row> numbers) {
    Column customer = col("customer_no");
    return numbers
        .select(customer, classOf(customer).as("class_no"))
        .select(col("*"), firstTick(customer, col("class_no")).as("first_tick"))
        .select(
            col("*"),
            endTick(customer, col("class_no"), calendar.dayOf(col("first_tick"))).as("end_tick"))
        .select(col("*"), purchases(customer).as("purchases"));
  }

  /** The number of events in the customer's life, at the given yearly rate of its class. */
  Column timesInLife(ToDoubleFunction<ValueClass> perYear, String purpose) {
    return timesInLife(ValueClass.propertyOf(col("class_no"), perYear), purpose);
  }

  /** The number of events in the customer's life, at a yearly rate. */
  Column timesInLife(Column perYear, String purpose) {
    Column years = presence().multiply(lit((double) calendar.days() / YEAR_DAYS));
    return chance.times(years.multiply(perYear), purpose, col("customer_no"));
  }

  /** The number of what a large customer values, see {@link BuyerKind}; null for others. */
  Column kindOf(Column customer) {
    if (!hasBuyerTypes) {
      return lit(null).cast("int");
    }

    Column classNo = classOf(customer);
    Column isLarge = ValueClass.KEY_ACCOUNT.is(classNo).or(ValueClass.LARGE.is(classNo));
    return when(isLarge, chance.whole(BuyerKind.values().length, "buyer type", customer));
  }

  /**
   * The day of an event in the customer's life, with the seasons of trade.
   *
   * @param event the number of the event
   */
  Column dayInLife(String purpose, Column event) {
    Column length = col("end_tick").minus(col("first_tick"));
    return calendar.dayOf(
        col("first_tick").plus(chance.whole(length, purpose, col("customer_no"), event)));
  }

  /** The day on which the firm recorded the customer: up to two months before its first day. */
  Column createdDate(Column customer) {
    Column firstDay = calendar.dayOf(firstTick(customer, classOf(customer)));
    return calendar.date(firstDay.minus(chance.whole(NOTED_DAYS, "created", customer)));
  }

  Column classOf(Column customer) {
    return chance.weighted(ValueClass.shares(), "value class", customer);
  }

  /** The customer's public id, such as C0000123. */
  Column idOf(Column customer) {
    return idOf("C", customer);
  }

  Column idOf(String prefix, Column customer) {
    return concat(lit(prefix), digitsOf(customer));
  }

  /** The number of the customer with that id, whatever its prefix. */
  Column numberOf(Column id) {
    return substring(id, 2, Integer.MAX_VALUE).cast("long");
  }

  /** The customer's number as text of a fixed length. */
  Column digitsOf(Column customer) {
    int length = Math.max(7, Long.toString(size).length());
    return lpad(customer.cast("string"), length, "0");
  }

  /** Whether the customer buys once or twice and never again. */
  Column isOneOff(Column classNo) {
    return isSubscribed ? lit(false) : ValueClass.ONE_OFF.is(classNo);
  }

  /** The day a number of months after a day; the last of the month where it has no such day. */
  Column monthsAfter(Column day, Column months) {
    return datediff(add_months(calendar.date(day), months), lit(calendar.firstDay()));
  }

  /**
   * The number of months that a subscriber stays. With alpha 1, the logarithm of the chance to stay
   * for a month is exponential, and so is the waiting time until the subscriber leaves.
   */
  private Column months(Column customer) {
    Column leaving = chance.lasting("leaving", customer).divide(LEAVING_BETA);
    Column renewals = floor(chance.lasting("life", customer).divide(leaving));
    return least(renewals, lit(MOST_RENEWALS)).plus(1).cast("int");
  }

  private Column firstTick(Column customer, Column classNo) {
    Column even = chance.uniform("first day", customer);
    int opening = calendar.ticksBefore(Math.min(OPENING_DAYS, calendar.days()));
    int later = calendar.ticks() - opening;
    Column early = floor(even.multiply(2 * opening));
    Column late = floor(even.multiply(2).minus(1).multiply(later)).plus(opening);
    Column regular =
        later == 0 ? floor(even.multiply(opening)) : when(even.lt(0.5), early).otherwise(late);
    return when(isOneOff(classNo), floor(even.multiply(oneOffTicks())))
        .otherwise(regular)
        .cast("int");
  }

  private Column endTick(Column customer, Column classNo, Column firstDay) {
    Column left =
        isSubscribed
            ? monthsAfter(firstDay, months(customer))
            : firstDay.plus(lifeDays(customer, classNo)).plus(1);
    Column dayAfter = least(left, lit(calendar.days()));
    return when(isOneOff(classNo), lit(oneOffTicks())).otherwise(calendar.ticksBefore(dayAfter));
  }

  /**
   * The number of days from the customer's first one until it leaves, within the period or beyond.
   */
  Column lifeDays(Column customer, Column classNo) {
    Column mean = ValueClass.propertyOf(classNo, ValueClass::meanLifeDays);
    return floor(chance.lasting("life", customer).multiply(mean)).cast("int");
  }

  private Column purchases(Column customer) {
    Column rate = ValueClass.propertyOf(col("class_no"), ValueClass::purchaseRate);
    Column repeats =
        chance.times(presence().multiply(rate).multiply(pace()), "purchases", customer);
    return when(chance.happens(PROSPECT_SHARE, "prospect", customer), lit(0))
        .when(lit(isSubscribed), charges(customer))
        .when(isOneOff(col("class_no")), chance.whole(2, "one-off purchases", customer).plus(1))
        .otherwise(repeats.plus(1));
  }

  /** The number of months of a subscriber that have begun up to the last day. */
  private Column charges(Column customer) {
    Column begun =
        floor(
            months_between(
                lit(calendar.lastDay()), calendar.date(calendar.dayOf(col("first_tick")))));
    return least(months(customer), begun.plus(1).cast("int"));
  }

  /** The share of the firm's trade during the customer's life. */
  private Column presence() {
    return col("end_tick").minus(col("first_tick")).divide(lit((double) calendar.ticks()));
  }

  /** One-off customers buy before the last year; in a shorter period, in its first month. */
  private int oneOffTicks() {
    int days = calendar.days();
    int early = days > YEAR_DAYS ? days - YEAR_DAYS : Math.min(OPENING_DAYS, days);
    return Math.max(1, calendar.ticksBefore(early));
  }

  /**
   * The mean number of repeat purchases of a class of rate 1 over the whole period that gives the
   * configured mean over all customers.
   */
  private double pace() {
    double repeats = 0;
    for (ValueClass valueClass : ValueClass.values()) {
      repeats += valueClass.share() * valueClass.purchaseRate() * meanPresence(valueClass);
    }
    double wanted = transactionsPerCustomer / (1 - PROSPECT_SHARE) / (1 + RETURNED_SHARE) - 1;
    return Math.max(1e-9, wanted / repeats);
  }

  /** The mean share of the period between the first day and the last of a customer of the class. */
  private double meanPresence(ValueClass valueClass) {
    double life = valueClass.meanLifeDays() / calendar.days();
    double ofTheFirst = life * (1 - StrictMath.exp(-1 / life));
    double ofTheLater = life * (1 - ofTheFirst);
    return (ofTheFirst + ofTheLater) / 2;
  }
}
