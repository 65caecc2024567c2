package io.karat.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import io.karat.tables.Money;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The used rows of an input: candidates without re-deliveries and lines of negative transactions.
 */
final class UsedRows {
  private static final String TOTAL = "_total";

  private UsedRows() {}

  static Dataset<Row> of(Dataset<Row> candidates, boolean isLines) {
    Dataset<Row> delivered =
        isLines ? candidates.withColumn(TOTAL, total()).filter(col(TOTAL).geq(0)) : candidates;
    return delivered.filter(not(col("is_duplicate")));
  }

  /** The sum of the lines of a transaction; null if it has too many digits. */
  private static Column total() {
    WindowSpec transaction =
        Window.partitionBy(
            col(Columns.CUSTOMER_ID), col("transaction_id"), col("type"), col("day"));
    Column amount = when(not(col("is_duplicate")), coalesce(col("amount"), lit(0L)));
    return Money.minorUnitsOf(
        sum(Money.highHalf(amount)).over(transaction),
        sum(Money.lowHalf(amount)).over(transaction));
  }
}
