package io.karat.measures;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measured rows: the rows of an input, or its transactions grouped from lines, which are aggregated
 * per customer and day.
 *
 * @param rows with {@code customer_id} and {@code day}
 * @param isUsed the condition for a row to count
 * @param measures the measures per row and per transaction
 * @param tally the measures that count the source's rows
 */
record MeasuredRows(
    Dataset<Row> rows, Column isUsed, List<CompiledMeasure> measures, List<CompiledMeasure> tally) {
  MeasuredRows {
    measures = List.copyOf(measures);
    tally = List.copyOf(tally);
  }
}
