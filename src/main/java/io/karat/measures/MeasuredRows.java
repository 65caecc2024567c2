package io.karat.measures;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is added up per customer, day by day: the rows of an input, or transactions put together
 * from lines.
 *
 * @param rows with {@code customer_id} and {@code day}
 * @param isUsed which of them count
 * @param measures what each adds to measures per row and per transaction
 * @param tally what each adds to the account of the source's rows
 */
record MeasuredRows(
    Dataset<Row> rows, Column isUsed, List<CompiledMeasure> measures, List<CompiledMeasure> tally) {
  MeasuredRows {
    measures = List.copyOf(measures);
    tally = List.copyOf(tally);
  }
}
