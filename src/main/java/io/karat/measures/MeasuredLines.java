package io.karat.measures;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measured lines, which are put together into transactions before these are measured.
 *
 * @param rows one per line, with {@code customer_id}, {@code day}, {@code transaction_id} and
 *     {@code type}
 * @param measures of lines; they count where the transaction is used
 * @param sums of the lines of a transaction
 * @param transactions what is measured of transactions, given a frame of their sums
 */
record MeasuredLines(
    Dataset<Row> rows,
    List<CompiledMeasure> measures,
    List<CompiledMeasure> sums,
    Function<Dataset<Row>, MeasuredRows> transactions) {
  MeasuredLines {
    measures = List.copyOf(measures);
    sums = List.copyOf(sums);
  }
}
