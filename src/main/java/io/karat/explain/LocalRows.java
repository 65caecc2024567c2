package io.karat.explain;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of one customer, computed once and kept in memory: what is computed of them needs no job.
 */
final class LocalRows {
  private LocalRows() {}

  /** Computes rows. */
  static Dataset<Row> of(Dataset<Row> rows) {
    return rows.sparkSession().createDataFrame(rows.collectAsList(), rows.schema());
  }
}
