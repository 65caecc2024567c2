package io.karat.measures;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.karat.expressions.TrySemantics;
import io.karat.input.InputRows;
import io.karat.measures.PartialAggregate.Merge;
import io.karat.measures.PeriodMeasure.Part;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts of the different values of a customer's rows, such as the brands that a customer buys. A
 * value counts in a period if the last day on which it does is one of the period, so that one
 * grouping serves all periods.
 */
final class DistinctValues {
  private static final String VALUE = "_value";

  private final InputRows input;
  private final List<Measure.Use> uses;
  private final Money money;
  private final Period asOf;

  DistinctValues(InputRows input, List<Measure.Use> uses, Money money, Period asOf) {
    this.input = input;
    this.uses = uses;
    this.money = money;
    this.asOf = asOf;
  }

  /** One frame for each measure, with one row per customer. */
  List<PartialMeasures> perCustomer() {
    return uses.stream()
        .map(Measure.Use::measure)
        .filter(Measure::isDistinct)
        .distinct()
        .map(this::perCustomer)
        .toList();
  }

  private PartialMeasures perCustomer(Measure measure) {
    List<Measure.Use> periods = uses.stream().filter(it -> it.measure().equals(measure)).toList();
    Dataset<Row> latest =
        PartialMeasures.grouped(
            values(measure, periods),
            List.of(Columns.CUSTOMER_ID, VALUE),
            periods.stream().map(use -> max(col(use.column())).as(use.column())).toList());
    return new PartialMeasures(
        PartialMeasures.grouped(
            latest,
            List.of(Columns.CUSTOMER_ID),
            periods.stream().map(use -> count(col(use.column())).as(use.column())).toList()),
        periods.stream().map(use -> Part.of(use.column(), Merge.GREATEST)).toList(),
        periods.stream()
            .collect(toMap(Measure.Use::column, use -> coalesce(col(use.column()), lit(0L)))));
  }

  /** The known values of the used rows, with their day in each period in which they count. */
  private Dataset<Row> values(Measure measure, List<Measure.Use> periods) {
    Dataset<Row> candidates = input.candidates();
    ExpressionScope words = RowScope.of(input.table(), candidates, money, asOf);
    CompiledMeasure.fittingType(measure, candidates, words);
    Column isCounted =
        measure.where().map(where -> where.column(words.columns())).orElse(lit(true));
    List<Column> columns =
        new ArrayList<>(
            List.of(col(Columns.CUSTOMER_ID), measure.value().column(words.columns()).as(VALUE)));
    periods.forEach(
        use ->
            columns.add(
                when(use.period().contains(col("day")).and(isCounted), col("day"))
                    .as(use.column())));
    Dataset<Row> used = UsedRows.of(candidates, input.isLines());
    return TrySemantics.lenient(
        candidates.sparkSession(),
        () -> used.select(columns.toArray(Column[]::new)).filter(col(VALUE).isNotNull()));
  }
}
