package io.karat.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import io.karat.tables.Money;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Markets as they are known on a night: of each, the row of the newest day. */
public final class Markets {
  /** The column of the characteristic, such as region. */
  public static final String CHARACTERISTIC = "characteristic";

  /** The column of the value that the market has, such as NORTH. */
  public static final String VALUE = "value";

  /** The day from which the sizes hold. */
  public static final String SINCE = "market_date";

  /** What the market buys in a year; null where it is unknown. */
  public static final String AMOUNT = "market_amount";

  /** The number of firms or persons in the market; null where it is unknown. */
  public static final String CUSTOMERS = "market_customers";

  private Markets() {}

  /** One row per market with the columns above, of used rows of the input. */
  public static Dataset<Row> of(Dataset<Row> rows, Money money) {
    List<String> mapped = List.of(rows.columns());
    Column units = mapped.contains(AMOUNT) ? col(AMOUNT) : lit(null).cast("bigint");
    Column customers = mapped.contains(CUSTOMERS) ? col(CUSTOMERS) : lit(null).cast("bigint");
    Column sizes =
        struct(
            col(ValidatedRows.DAY).as(SINCE),
            money.amount(units).as(AMOUNT),
            customers.as(CUSTOMERS));
    return rows.groupBy(CHARACTERISTIC, VALUE)
        .agg(max(sizes).as("newest"))
        .select(col(CHARACTERISTIC), col(VALUE), col("newest.*"));
  }
}
