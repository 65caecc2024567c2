package io.karat.measures;

import io.karat.expressions.TrySemantics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Partial aggregates grouped by some keys.
 *
 * @param rows one per group: the keys, then the parts
 * @param measures the measures that the parts belong to
 */
record GroupedPartials(Dataset<Row> rows, List<CompiledMeasure> measures) {

  /** Groups rows by {@code keys} and merges their contributions to the measures. */
  static GroupedPartials grouped(
      Dataset<Row> rows, List<String> keys, List<CompiledMeasure> measures) {
    Column[] contributions =
        Stream.concat(
                keys.stream().map(functions::col),
                measures.stream().flatMap(measure -> measure.contributionColumns().stream()))
            .toArray(Column[]::new);
    List<Column> merged = new ArrayList<>();
    measures.forEach(measure -> merged.addAll(measure.merged()));

    Dataset<Row> contributing =
        TrySemantics.lenient(rows.sparkSession(), () -> rows.select(contributions));
    Dataset<Row> grouped =
        contributing
            .groupBy(keys.stream().map(functions::col).toArray(Column[]::new))
            .agg(merged.get(0), merged.subList(1, merged.size()).toArray(Column[]::new));
    return new GroupedPartials(grouped, measures);
  }
}
