package io.karat.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.when;

import io.karat.input.InputRows;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The day on which a return counts: that of the sale that it takes back if {@code sale_date} says
 * it, else its own. Whether a row is known on the as-of day, and balances, still go by its own day.
 */
final class ReturnDays {
  /** The optional column with the day of the sale. */
  static final String SALE_DATE = "sale_date";

  /** The column of a row's own day, where that is another one. */
  static final String OWN_DAY = "_own_day";

  private static final String DAY = "day";

  private ReturnDays() {}

  /** The candidates of an input, each with the day on which it counts. */
  static Dataset<Row> of(InputRows input) {
    Dataset<Row> candidates = input.candidates();
    if (!Arrays.asList(candidates.columns()).contains(SALE_DATE)) {
      return candidates;
    }

    Column ofSale = when(col("type").equalTo("RETURN"), least(col(SALE_DATE), col(DAY)));
    return candidates.withColumn(OWN_DAY, col(DAY)).withColumn(DAY, coalesce(ofSale, col(DAY)));
  }

  /** A row's own day, on which it changes a balance. */
  static Column ownDay(Dataset<Row> rows) {
    return Arrays.asList(rows.columns()).contains(OWN_DAY) ? col(OWN_DAY) : col(DAY);
  }
}
