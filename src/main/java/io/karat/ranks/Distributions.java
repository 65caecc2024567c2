package io.karat.ranks;

import static io.karat.ranks.Percentiles.GROUP;
import static io.karat.ranks.Percentiles.PERCENTILE;
import static io.karat.ranks.Percentiles.VALUE;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * Customers in order by some columns of a frame, about which many questions are answered at once.
 *
 * <p>All answers are exact and do not depend on the order or the partitions of the frame. However
 * many columns and questions there are, the frame is computed once, putting customers in order
 * takes a fixed number of jobs, and answering takes one. Only answers reach the driver.
 */
public final class Distributions {
  /** The column of percentiles. */
  public static final String SHARE = PERCENTILE;

  private final Dataset<Row> customers;
  private final CountedFrame values;
  private final Inquiry inquiry;

  private Distributions(Dataset<Row> customers, CountedFrame values, Inquiry inquiry) {
    this.customers = customers;
    this.values = values;
    this.inquiry = inquiry;
  }

  /**
   * Puts customers in order by each of the columns; this starts jobs.
   *
   * @param customers one row per customer
   * @throws IllegalArgumentException if a column is neither numbers nor days
   */
  public static Distributions of(Dataset<Row> customers, List<RankedColumn> columns) {
    List<RankedColumn> different = columns.stream().distinct().toList();
    List<Integer> scales =
        different.stream()
            .map(column -> WholeUnits.of(customers.schema(), column.value()).scale())
            .toList();
    CountedFrame values = CountedFrame.of(customers, different);
    return new Distributions(customers, values, new Inquiry(different, scales, Ranking.of(values)));
  }

  /** Answers questions about the columns; this starts a job. */
  public Answers answer(List<Question<?>> questions) {
    return inquiry.answer(questions);
  }

  /**
   * Every different value of a column with its percentile: a frame of the group, where the column
   * has one, the column, and {@code percentile}. Fractions are decimals of six digits.
   */
  public Dataset<Row> percentiles(RankedColumn column) {
    WholeUnits units = WholeUnits.of(customers.schema(), column.value());
    Percentiles percentiles =
        Percentiles.of(inquiry.ranking(), inquiry.place(column), units.scale());
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
