package io.karat.ranks;

import static io.karat.ranks.SeriesRows.INTEGER;
import static io.karat.ranks.SeriesRows.SERIES;
import static io.karat.ranks.SeriesRows.TEXT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The distinct values of some columns of a frame, counted and sorted over all partitions.
 *
 * <p>Customers are counted before the sort, so that ties, however many, are one row each. The rows
 * are in shuffle files that every visit reads again.
 */
record ValueCounts(JavaRDD<InternalRow> rows, boolean hasAdded) implements SortedValues {
  /** Counts and sorts the values; starts jobs. */
  static ValueCounts of(Dataset<Row> customers, List<RankedColumn> columns) {
    SeriesRows series = new SeriesRows(customers, columns);
    Column[] added =
        series.hasAdded()
            ? SplitSum.PARTS.stream().map(part -> sum(col(part))).toArray(Column[]::new)
            : new Column[0];
    Dataset<Row> ordered =
        series
            .rows()
            .groupBy(col(SERIES), col(INTEGER), col(TEXT))
            .agg(count(lit(1)), added)
            .withColumn(TEXT, LargeValue.ordered(col(TEXT)))
            .repartitionByRange(col(SERIES), col(INTEGER), col(TEXT))
            // A partition has few series, so the column that differs most is compared first.
            .sortWithinPartitions(col(INTEGER), col(TEXT), col(SERIES));
    return new ValueCounts(rows(ordered), series.hasAdded());
  }

  private static JavaRDD<InternalRow> rows(Dataset<Row> frame) {
    // Internal rows: a conversion to objects would cost more than everything else here.
    return ((org.apache.spark.sql.classic.Dataset<Row>) frame).queryExecution().toRdd().toJavaRDD();
  }

  @Override
  public <R extends Serializable> List<R> visit(Class<R> found, Visit<R> visit) {
    boolean isAdded = hasAdded;
    return rows
        .mapPartitionsWithIndex(
            (partition, some) ->
                visit.to(partition, counted(some, isAdded)).stream()
                    .map(JavaSerialization::of)
                    .iterator(),
            true)
        .collect()
        .stream()
        .map(bytes -> JavaSerialization.read(bytes, found))
        .toList();
  }

  /** The percentiles of all partitions, as a frame. */
  Dataset<Row> frame(SparkSession spark, PercentilesQuery percentiles) {
    boolean isAdded = hasAdded;
    JavaRDD<Row> made =
        rows.mapPartitionsWithIndex(
            (partition, some) -> percentiles.of(partition, counted(some, isAdded)), true);
    return spark.createDataFrame(made, percentiles.schema());
  }

  private static Iterator<ValueCount> counted(Iterator<InternalRow> rows, boolean hasAdded) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public ValueCount next() {
        return counted(rows.next(), hasAdded);
      }
    };
  }

  private static ValueCount counted(InternalRow row, boolean hasAdded) {
    long integer = row.getLong(1);
    BigInteger value =
        row.isNullAt(2)
            ? BigInteger.valueOf(integer)
            : LargeValue.units(integer < 0, row.getUTF8String(2).toString());
    BigInteger added =
        hasAdded ? SplitSum.sum(row.getLong(4), row.getLong(5), row.getLong(6)) : BigInteger.ZERO;
    return new ValueCount(row.getLong(0), value, row.getLong(3), added);
  }
}
