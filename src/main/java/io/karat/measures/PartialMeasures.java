package io.karat.measures;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;

import io.karat.expressions.TrySemantics;
import io.karat.measures.PeriodMeasure.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Parts of measures, one row per customer of those that the rows name.
 *
 * @param rows {@code customer_id} and the parts
 * @param results what the parts amount to, by the column of the use or tally
 */
record PartialMeasures(Dataset<Row> rows, List<Part> parts, Map<String, Column> results) {
  private static final String CUSTOMER = "customer_id";
  private static final String DAY = "day";

  /**
   * Adds up rows that lie together by customer already, so that none is moved.
   *
   * @param rows with {@code customer_id} and {@code day}
   * @param measures over the rows
   */
  static PartialMeasures of(Dataset<Row> rows, List<PeriodMeasure> measures) {
    Set<CompiledMeasure> compiled = new LinkedHashSet<>();
    measures.forEach(measure -> compiled.add(measure.measure()));
    Column[] contributions =
        Stream.concat(
                Stream.of(col(CUSTOMER), col(DAY)),
                compiled.stream().flatMap(measure -> measure.contributionColumns().stream()))
            .toArray(Column[]::new);
    Dataset<Row> contributing =
        TrySemantics.lenient(rows.sparkSession(), () -> rows.select(contributions));
    List<Column> aggregates = new ArrayList<>();
    measures.forEach(measure -> aggregates.addAll(measure.aggregates(col(DAY))));
    return new PartialMeasures(
        grouped(contributing, List.of(CUSTOMER), aggregates),
        measures.stream().flatMap(measure -> measure.parts().stream()).toList(),
        measures.stream().collect(toMap(PeriodMeasure::column, PeriodMeasure::result)));
  }

  /** Rows grouped by some of their columns. */
  static Dataset<Row> grouped(Dataset<Row> rows, List<String> keys, List<Column> aggregates) {
    Column[] by = keys.stream().map(functions::col).toArray(Column[]::new);
    return rows.groupBy(by)
        .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
  }
}
