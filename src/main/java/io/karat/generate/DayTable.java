package io.karat.generate;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table of events that is stored by day.
 *
 * <p>It is made in two steps. Its keys are narrow, so that the shuffle by day is cheap; all other
 * columns follow from the keys afterwards.
 */
interface DayTable {
  /** The name of the table and of its folder. */
  String name();

  /** The columns that identify an event within a day and order the file. */
  List<String> order();

  /** One row per event: {@code day} and the columns of {@link #order()}. */
  Dataset<Row> keys(SparkSession spark);

  /** The same rows with all columns of the table, {@code day} included. */
  Dataset<Row> described(Dataset<Row> keys);
}
