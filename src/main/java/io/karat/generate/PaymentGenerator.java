package io.karat.generate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The payments of customers, and the refunds of returned goods.
 *
 * <p>A sale is paid once or in two parts, with the delay of the customer's payer class, or never.
 * The refund follows when the goods are returned and all is paid. Events after the last day are
 * left out.
 */
record PaymentGenerator(PurchaseGenerator purchases, BusinessHours hours) implements DayTable {
  private static final Column CUSTOMER = col("customer_no");
  private static final Column PURCHASE = col("purchase_no");
  private static final int FIRST_PART = 0;
  private static final int REFUND = 2;
  private static final String[] ID_ENDINGS = {"A", "B", "R"};

  @Override
  public String name() {
    return "payments";
  }

  @Override
  public List<String> order() {
    return List.of("customer_no", "purchase_no", "part");
  }

  @Override
  public Dataset<Row> keys(SparkSession spark) {
    Column delay =
        PayerClass.delayDays(chance(), CUSTOMER, PURCHASE, purchases.termsDays(CUSTOMER));
    Column secondDay =
        when(isInTwoParts(), col("paid_day").plus(later(20, "second part")).plus(10));
    return purchases
        .all(spark)
        .select(col("*"), col("day_no").plus(delay).as("paid_day"))
        .select(col("*"), secondDay.as("second_day"))
        .select(CUSTOMER, PURCHASE, posexplode(paymentDays()).as(new String[] {"part", "day_no"}))
        .where(col("day_no").lt(purchases.calendar().days()))
        .select(
            purchases.calendar().date(col("day_no")).as("day"), CUSTOMER, PURCHASE, col("part"));
  }

  /** The days of the two parts and of the refund; null if there is none. */
  private Column paymentDays() {
    Column returnDay = purchases.returnDay(CUSTOMER, PURCHASE, col("class_no"), col("day_no"));
    Column settledDay = coalesce(col("second_day"), col("paid_day"));
    Column refundDay =
        when(
            returnDay.isNotNull().and(settledDay.isNotNull()),
            greatest(returnDay, settledDay).plus(later(10, "refund")).plus(1));
    return array(col("paid_day"), col("second_day"), refundDay);
  }

  @Override
  public Dataset<Row> described(Dataset<Row> keys) {
    Column isRefund = col("part").equalTo(REFUND);
    Column ending = get(lit(ID_ENDINGS), col("part"));
    return keys.select(col("*"), purchases.population().classOf(CUSTOMER).as("class_no"))
        .select(col("*"), purchases.soldCents(CUSTOMER, PURCHASE, col("class_no")).as("sold_cents"))
        .select(
            col("day"),
            concat(
                    purchases.population().idOf("P", CUSTOMER),
                    lit("-"),
                    PURCHASE.cast("string"),
                    ending)
                .as("payment_id"),
            purchases.population().idOf(CUSTOMER).as(Columns.CUSTOMER_ID),
            hours
                .timeOn(col("day"), chance().uniform("payment time", CUSTOMER, PURCHASE))
                .as("payment_time"),
            CentAmounts.ofCents(cents()).as("amount"),
            when(isRefund, "REFUND").otherwise("PAYMENT").as("type"));
  }

  private Column cents() {
    Column sold = col("sold_cents");
    Column half = floor(sold.divide(2));
    return when(col("part").equalTo(REFUND), purchases.returnedCents(CUSTOMER, PURCHASE, sold))
        .when(isInTwoParts().equalTo(false), sold)
        .when(col("part").equalTo(FIRST_PART), sold.minus(half))
        .otherwise(half);
  }

  private Column isInTwoParts() {
    return chance().happens(0.2, "paid in two parts", CUSTOMER, PURCHASE);
  }

  private Column later(int below, String purpose) {
    return chance().whole(below, purpose, CUSTOMER, PURCHASE);
  }

  private SeededRandom chance() {
    return purchases.chance();
  }
}
