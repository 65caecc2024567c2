package io.karat.generate;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table of events that is kept by day.
 *
 * <p>It is made in two steps. Its keys are narrow, so that bringing each day together is cheap;
 * everything else follows from the keys, afterwards.
 */
interface DayTable {
  /** The name of the table and of its folder. */
  String name();

  /** The columns that, within a day, tell one event from every other and order the file. */
  List<String> order();

  /** One row per event: {@code day} and the columns of {@link #order()}. */
  Dataset<Row> keys(SparkSession spark);

  /** The same rows with their {@code day} and all columns of the table. */
  Dataset<Row> described(Dataset<Row> keys);
}
