package io.karat.input;

import static io.karat.input.ValidatedRows.OUTCOME;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.karat.tables.Columns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Partitioning by customer: one exchange per input, so that every later grouping needs none.
 *
 * <p>Several groupings read the same rows, and Spark reuses the scan and the exchange only if both
 * are the same for all of them. So nothing may be pushed below the exchange for only one of them:
 * the condition after it, always true, refers to every column and looks non-deterministic.
 *
 * <p>The number of partitions is fixed because adaptive execution cannot coalesce the partitions of
 * several inputs in the same way when they are united.
 */
final class CustomerPartitioning {
  /** Rows that are not used need no customer's partition; they are spread evenly. */
  private static final int SPREAD = 512;

  private CustomerPartitioning() {}

  /**
   * Repartitions the rows, all rows of a customer to one partition. The outcome of a candidate
   * becomes null.
   *
   * @param columns the columns to keep
   * @param partitions the number of partitions; the same for all inputs, so that a customer has the
   *     same partition in all of them
   */
  static Dataset<Row> byCustomer(Dataset<Row> rows, List<String> columns, int partitions) {
    Column[] kept = columns.stream().map(functions::col).toArray(Column[]::new);
    Column[] moved =
        columns.stream()
            .map(
                name ->
                    switch (name) {
                      case Columns.CUSTOMER_ID -> exchangeKey(kept).as(Columns.CUSTOMER_ID);
                      case OUTCOME -> whyNot().as(OUTCOME);
                      default -> col(name);
                    })
            .toArray(Column[]::new);
    return rows.select(moved)
        .repartition(partitions, col(Columns.CUSTOMER_ID))
        .filter(spark_partition_id().gt(-1).or(hash(kept).equalTo(0)));
  }

  /** Nearly all rows are candidates, and a null costs least to shuffle and to test. */
  private static Column whyNot() {
    return when(col(OUTCOME).notEqual(RowOutcome.CANDIDATE), col(OUTCOME));
  }

  /** Whether a repartitioned row is a candidate, that is, not refused on its own. */
  static Column isCandidate() {
    return col(OUTCOME).isNull();
  }

  /** The outcome of a repartitioned row. */
  static Column outcome() {
    return coalesce(col(OUTCOME), lit(RowOutcome.CANDIDATE));
  }

  private static Column exchangeKey(Column[] kept) {
    Column spread = concat(lit("-"), pmod(xxhash64(kept), lit(SPREAD)).cast("string"));
    return when(col(OUTCOME).equalTo(RowOutcome.CANDIDATE), col(Columns.CUSTOMER_ID))
        .otherwise(spread);
  }
}
