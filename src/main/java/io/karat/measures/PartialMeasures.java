package io.karat.measures;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;

import io.karat.expressions.TrySemantics;
import io.karat.measures.PeriodMeasure.Part;
import io.karat.tables.Columns;
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
 * Partial aggregates of measures, one row per customer that occurs in the rows.
 *
 * @param rows {@code customer_id} and the parts
 * @param parts the parts and how they merge
 * @param results the result computed from the merged parts, by the column of its use or tally
 */
record PartialMeasures(Dataset<Row> rows, List<Part> parts, Map<String, Column> results) {
  private static final String DAY = "day";

  /**
   * Aggregates rows that are partitioned by customer already, so that no exchange is needed.
   *
   * @param rows with {@code customer_id} and {@code day}
   * @param measures the measures over the rows
   */
  static PartialMeasures of(Dataset<Row> rows, List<PeriodMeasure> measures) {
    Set<CompiledMeasure> compiled = new LinkedHashSet<>();
    measures.forEach(measure -> compiled.add(measure.measure()));
    Column[] contributions =
        Stream.concat(
                Stream.of(col(Columns.CUSTOMER_ID), col(DAY)),
                compiled.stream().flatMap(measure -> measure.contributionColumns().stream()))
            .toArray(Column[]::new);
    Dataset<Row> contributing =
        TrySemantics.lenient(rows.sparkSession(), () -> rows.select(contributions));
    List<Column> aggregates = new ArrayList<>();
    measures.forEach(measure -> aggregates.addAll(measure.aggregates(col(DAY))));
    return new PartialMeasures(
        grouped(contributing, List.of(Columns.CUSTOMER_ID), aggregates),
        measures.stream().flatMap(measure -> measure.parts().stream()).toList(),
        measures.stream().collect(toMap(PeriodMeasure::column, PeriodMeasure::result)));
  }

  /** Groups and aggregates rows. */
  static Dataset<Row> grouped(Dataset<Row> rows, List<String> keys, List<Column> aggregates) {
    Column[] by = keys.stream().map(functions::col).toArray(Column[]::new);
    return rows.groupBy(by)
        .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
  }
}
