package io.karat.engine;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.math.BigInt;

/** Size of a source that tells Spark's planner how large it is. */
public final class SourceSize {
  private SourceSize() {}

  /** The bytes that the planner expects of rows, before any of them is read. */
  public static long bytes(Dataset<Row> rows) {
    BigInt bytes =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows)
            .queryExecution()
            .optimizedPlan()
            .stats()
            .sizeInBytes();
    return bytes.isValidLong() ? bytes.toLong() : Long.MAX_VALUE;
  }
}
