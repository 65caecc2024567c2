package io.karat.ranks;

import static io.karat.ranks.PercentilesQuery.GROUP;
import static io.karat.ranks.PercentilesQuery.PERCENTILE;
import static io.karat.ranks.PercentilesQuery.VALUE;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * Distributions of customers over some columns of a frame, which answer many queries at once.
 *
 * <p>All results are exact and do not depend on the order or the partitions of the frame. Whatever
 * the number of columns and queries, the frame is computed once, the sort takes a fixed number of
 * jobs, and the queries take one. Only results reach the driver.
 */
public final class Distributions {
  /** The column of percentiles. */
  public static final String SHARE = PERCENTILE;

  private final Dataset<Row> customers;
  private final ValueCounts values;
  private final RankQueries inquiry;

  private Distributions(Dataset<Row> customers, ValueCounts values, RankQueries inquiry) {
    this.customers = customers;
    this.values = values;
    this.inquiry = inquiry;
  }

  /**
   * Sorts customers by each of the columns; starts jobs.
   *
   * @param customers one row per customer
   * @throws IllegalArgumentException if a column is neither a number nor a date
   */
  public static Distributions of(Dataset<Row> customers, List<RankedColumn> columns) {
    List<RankedColumn> different = columns.stream().distinct().toList();
    List<Integer> scales =
        different.stream()
            .map(column -> WholeUnits.of(customers.schema(), column.value()).scale())
            .toList();
    ValueCounts values = ValueCounts.of(customers, different);
    return new Distributions(
        customers, values, new RankQueries(different, scales, Ranking.of(values)));
  }

  /** Answers queries about the columns; starts a job. */
  public RankResults answer(List<RankQuery<?>> questions) {
    return inquiry.answer(questions);
  }

  /**
   * Every distinct value of a column with its percentile: a frame of the group, if the column has
   * one, the column, and {@code percentile}, six decimals. Floating-point values become decimals of
   * six decimals.
   */
  public Dataset<Row> percentiles(RankedColumn column) {
    WholeUnits units = WholeUnits.of(customers.schema(), column.value());
    PercentilesQuery percentiles =
        PercentilesQuery.of(inquiry.ranking(), inquiry.place(column), units.scale());
    List<Column> named = new ArrayList<>();
    column.group().ifPresent(group -> named.add(col(GROUP).cast(type(group)).as(group)));
    named.add(units.typed(col(VALUE)).as(column.value()));
    named.add(col(PERCENTILE));
    return values.frame(customers.sparkSession(), percentiles).select(named.toArray(Column[]::new));
  }

  private DataType type(String column) {
    return customers.schema().apply(column).dataType();
  }
}
