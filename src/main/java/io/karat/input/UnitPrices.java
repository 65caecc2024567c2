package io.karat.input;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.try_add;
import static org.apache.spark.sql.functions.try_multiply;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Money;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Mean unit prices of each product in each calendar month: what all customers paid for it, divided
 * by how much of it they bought. Sales count whose product and positive quantity are known.
 *
 * <p>They are held in memory of every executor, some 100 bytes for a product and month.
 */
public final class UnitPrices {
  /** The column of what a row would cost at the mean unit price, in minor units. */
  public static final String USUAL = "usual_amount";

  /** The optional columns that they are computed from. */
  public static final List<String> COLUMNS = List.of("product_id", "quantity");

  private static final String PRODUCT = "priced product";
  private static final String MONTH = "priced month";
  private static final String PAID = "paid for product";
  private static final String BOUGHT = "bought of product";
  private static final String SHORT_PAID = "paid for product, if short";
  private static final String SHORT_BOUGHT = "bought of product, if short";
  private static final String MILLIONTHS = "decimal(18,6)";
  private static final String WHOLE = "decimal(28,0)";

  private final Dataset<Row> prices;

  private UnitPrices(Dataset<Row> prices) {
    this.prices = prices;
  }

  /** The prices in some candidate rows of transactions. */
  static UnitPrices of(Dataset<Row> candidates) {
    return new UnitPrices(
        candidates
            .filter(isPriced())
            .groupBy(col("product_id").as(PRODUCT), month().as(MONTH))
            .agg(total(col("amount")).as(PAID), total(millionths()).as(BOUGHT)));
  }

  /** A sum of whole numbers, of which only the last step is one of decimals. */
  private static Column total(Column number) {
    return new Money(0).sum(sum(Money.highHalf(number)), sum(Money.lowHalf(number))).cast(WHOLE);
  }

  /** Adds {@link #USUAL}, rounded half up; null for rows that have no unit price. */
  Dataset<Row> added(Dataset<Row> candidates) {
    Column isSame = col("product_id").equalTo(col(PRODUCT)).and(month().equalTo(col(MONTH)));
    Dataset<Row> terms =
        prices.select(
            col(PRODUCT),
            col(MONTH),
            col(PAID).multiply(2).as(PAID),
            col(BOUGHT),
            col(PAID).multiply(2).try_cast("bigint").as(SHORT_PAID),
            col(BOUGHT).try_cast("bigint").as(SHORT_BOUGHT));
    // Without decimals wherever the numbers are small enough, which they nearly always are.
    Column usual =
        coalesce(
            mean(millionths(), col(SHORT_PAID), col(SHORT_BOUGHT)),
            mean(millionths().cast(WHOLE), col(PAID), col(BOUGHT)));
    return candidates
        .join(broadcast(terms), isSame, "left")
        .withColumn(USUAL, when(isPriced(), usual))
        .drop(PRODUCT, MONTH, PAID, BOUGHT, SHORT_PAID, SHORT_BOUGHT);
  }

  /** What a quantity costs at twice what was paid for twice what was bought; null if too large. */
  private static Column mean(Column quantity, Column twicePaid, Column bought) {
    Column dividend = try_add(try_multiply(quantity, twicePaid), bought);
    return call_function("div", dividend, try_multiply(bought, lit(2L)));
  }

  private static Column isPriced() {
    return col("type")
        .equalTo("SALE")
        .and(not(col(Deduplication.IS_DUPLICATE)))
        .and(col("product_id").isNotNull())
        .and(col("amount").geq(0))
        .and(millionths().gt(0));
  }

  /** The quantity in millionths; null if it has more than 12 digits. */
  private static Column millionths() {
    return Money.unscaled(col("quantity").try_cast(MILLIONTHS));
  }

  private static Column month() {
    return trunc(col(ValidatedRows.DAY), "month");
  }
}
