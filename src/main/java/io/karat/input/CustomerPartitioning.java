package io.karat.input;

import static io.karat.input.ValidatedRows.CUSTOMER;
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

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Brings all rows of a customer together, once, so that every grouping after it is local.
 *
 * <p>Several groupings read the same rows, and Spark shares the scan and the exchange among them
 * only where both are the same for all. So nothing may be pushed below the exchange for one of
 * them: the condition after it, always true, uses every column and looks non-deterministic.
 *
 * <p>The number of partitions is given, as Spark cannot agree on fewer of them for several inputs
 * that are put under each other.
 */
final class CustomerPartitioning {
  /** Rows that are not used have no customer to go to; they are spread evenly. */
  private static final int SPREAD = 512;

  private CustomerPartitioning() {}

  /**
   * The rows, those of a customer in one partition. The outcome of a candidate is null there.
   *
   * @param partitions how many; the same for all inputs, so that customers of all lie alike
   */
  static Dataset<Row> byCustomer(Dataset<Row> rows, List<String> columns, int partitions) {
    Column[] kept = columns.stream().map(functions::col).toArray(Column[]::new);
    Column[] moved =
        columns.stream()
            .map(
                name ->
                    switch (name) {
                      case CUSTOMER -> exchangeKey(kept).as(CUSTOMER);
                      case OUTCOME -> whyNot().as(OUTCOME);
                      default -> col(name);
                    })
            .toArray(Column[]::new);
    return rows.select(moved)
        .repartition(partitions, col(CUSTOMER))
        .filter(spark_partition_id().gt(-1).or(hash(kept).equalTo(0)));
  }

  /** Nearly all rows are candidates: to move nothing for them and look for nothing is cheapest. */
  private static Column whyNot() {
    return when(col(OUTCOME).notEqual(RowOutcome.CANDIDATE), col(OUTCOME));
  }

  /** Of rows that were moved, those that are not refused on their own. */
  static Column isCandidate() {
    return col(OUTCOME).isNull();
  }

  /** The outcome of rows that were moved. */
  static Column outcome() {
    return coalesce(col(OUTCOME), lit(RowOutcome.CANDIDATE));
  }

  private static Column exchangeKey(Column[] kept) {
    Column spread = concat(lit("-"), pmod(xxhash64(kept), lit(SPREAD)).cast("string"));
    return when(col(OUTCOME).equalTo(RowOutcome.CANDIDATE), col(CUSTOMER)).otherwise(spread);
  }
}
