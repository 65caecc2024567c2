package io.karat.generate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The sales and returns of the firm. */
record TransactionGenerator(
    PurchaseGenerator purchases, AliasGenerator aliases, BusinessHours hours) implements DayTable {
  private static final String[] CHANNELS = {"STORE", "WEB", "PHONE"};
  private static final String[] PRODUCTS =
      IntStream.rangeClosed(1, 500).mapToObj("P%03d"::formatted).toArray(String[]::new);

  @Override
  public String name() {
    return "transactions";
  }

  @Override
  public List<String> order() {
    return List.of("customer_no", "purchase_no", "is_return");
  }

  @Override
  public Dataset<Row> keys(SparkSession spark) {
    Column returnDay =
        purchases.returnDay(col("customer_no"), col("purchase_no"), col("class_no"), col("day_no"));
    return purchases
        .all(spark)
        .select(
            col("customer_no"),
            col("purchase_no"),
            posexplode(array(col("day_no"), returnDay)).as(new String[] {"is_return", "day_no"}))
        .where(col("day_no").isNotNull())
        .select(
            purchases.calendar().date(col("day_no")).as("day"),
            col("customer_no"),
            col("purchase_no"),
            col("is_return").equalTo(1).as("is_return"));
  }

  @Override
  public Dataset<Row> described(Dataset<Row> keys) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                col("day"),
                transactionId().as("transaction_id"),
                buyerId().as(Columns.CUSTOMER_ID),
                hours.timeOn(col("day"), draw("time of day")).as("transaction_time"),
                when(col("is_return"), "RETURN").otherwise("SALE").as("type"),
                CentAmounts.ofCents(col("cents")).as("amount"),
                CentAmounts.ofCents(
                        purchases.costCents(
                            col("customer_no"), col("purchase_no"), col("class_no"), col("cents")))
                    .as("cost"),
                dueDate().as("due_date"),
                product().as("product_id"),
                channel().as("channel")));
    if (purchases.population().hasBuyerTypes()) {
      columns.addAll(List.of(quantity().as("quantity"), discount().as("discount")));
    }
    return keys.transform(this::withCents).select(columns.toArray(Column[]::new));
  }

  /**
   * Pieces of 5 to 100 each, at a unit price that varies by a tenth around that of the customer.
   */
  private Column quantity() {
    Column list = chance().whole(9_500, "unit price", product()).plus(500);
    Column own = property(BuyerKind::price, 1).multiply(draw("own price").multiply(0.2).plus(0.9));
    return greatest(round(col("cents").divide(list.multiply(own)), 2), lit(0.01))
        .cast("decimal(12,2)");
  }

  /** None, or up to twice the usual share of the list price, half of the time each. */
  private Column discount() {
    Column share =
        property(BuyerKind::discountShare, 0.02).multiply(4).multiply(draw("discount share"));
    Column cents = round(col("cents").multiply(share).divide(lit(1).minus(share))).cast("long");
    return CentAmounts.ofCents(when(draw("discounted").lt(0.5), cents).otherwise(lit(0L)));
  }

  private Column property(ToDoubleFunction<BuyerKind> property, double usual) {
    Column kind = purchases.population().kindOf(col("customer_no"));
    return coalesce(BuyerKind.propertyOf(kind, property), lit(usual));
  }

  private Dataset<Row> withCents(Dataset<Row> keys) {
    Column sold = purchases.soldCents(col("customer_no"), col("purchase_no"), col("class_no"));
    Column returned =
        purchases.returnedCents(col("customer_no"), col("purchase_no"), col("sold_cents"));
    return keys.select(col("*"), purchases.population().classOf(col("customer_no")).as("class_no"))
        .select(col("*"), sold.as("sold_cents"))
        .select(
            col("*"), when(col("is_return"), returned).otherwise(col("sold_cents")).as("cents"));
  }

  private Column transactionId() {
    return concat(
        purchases.population().idOf("T", col("customer_no")),
        lit("-"),
        col("purchase_no").cast("string"),
        when(col("is_return"), "R").otherwise(""));
  }

  private Column buyerId() {
    return aliases.idOnPurchase(col("customer_no"), col("purchase_no"));
  }

  private Column dueDate() {
    return when(
        col("is_return").equalTo(false),
        date_add(col("day"), purchases.termsDays(col("customer_no"))));
  }

  /** Customers who buy by price keep to three products. */
  private Column product() {
    Column purchase = col("purchase_no");
    Column isByPrice = BuyerKind.INTRINSIC.is(purchases.population().kindOf(col("customer_no")));
    Column choice =
        purchases.population().hasBuyerTypes()
            ? when(isByPrice, purchase.mod(3)).otherwise(purchase)
            : purchase;
    return chance().mostlyEarlyOf(PRODUCTS, "product", col("customer_no"), choice);
  }

  /** Four purchases of five use the channel that the customer prefers. */
  private Column channel() {
    Column usual = chance().mostlyEarlyOf(CHANNELS, "usual channel", col("customer_no"));
    Column other = chance().oneOf(CHANNELS, "channel", col("customer_no"), col("purchase_no"));
    return when(draw("channel is usual").lt(0.8), usual).otherwise(other);
  }

  private Column draw(String purpose) {
    return chance().uniform(purpose, col("customer_no"), col("purchase_no"), col("is_return"));
  }

  private SeededRandom chance() {
    return purchases.chance();
  }
}
