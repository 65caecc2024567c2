package io.karat.ranks;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The different values of some columns of a frame, counted and put in order over all partitions.
 *
 * <p>Customers are counted before anything is put in order, so that ties, however many, are one row
 * each. The rows lie in shuffle files that every visit reads again.
 */
record CountedFrame(JavaRDD<InternalRow> rows, boolean hasAdded) implements OrderedValues {
  private static final String SERIES = "series";
  private static final String INTEGER = "integer";
  private static final String TEXT = "text";
  private static final String CUSTOMERS = "customers";

  /** Counts and orders; this starts jobs. */
  static CountedFrame of(Dataset<Row> customers, List<RankedColumn> columns) {
    boolean hasAdded = columns.stream().anyMatch(column -> column.added().isPresent());
    Column[] series =
        IntStream.range(0, columns.size())
            .mapToObj(index -> series(customers.schema(), index, columns.get(index), hasAdded))
            .toArray(Column[]::new);
    Column[] key = Stream.of(SERIES, INTEGER, TEXT).map(functions::col).toArray(Column[]::new);
    // A partition has values of few series, so the integers come first: they are compared fastest.
    Column[] rising = Stream.of(INTEGER, TEXT, SERIES).map(functions::col).toArray(Column[]::new);
    Column[] added =
        hasAdded
            ? AddedValue.PARTS.stream().map(part -> sum(col(part)).as(part)).toArray(Column[]::new)
            : new Column[0];
    Dataset<Row> ordered =
        customers
            .select(inline(array(series)))
            .filter(col(SERIES).isNotNull().and(col(INTEGER).isNotNull()))
            .groupBy(key)
            .agg(count(lit(1)).as(CUSTOMERS), added)
            .repartitionByRange(key)
            .sortWithinPartitions(rising);
    return new CountedFrame(rows(ordered), hasAdded);
  }

  private static Column series(StructType frame, int index, RankedColumn column, boolean hasAdded) {
    WholeUnits units = WholeUnits.of(frame, column.value());
    Column group = column.group().map(functions::col).orElse(lit(Answers.ALL));
    List<Column> fields = new ArrayList<>();
    fields.add(Series.key(index, group).as(SERIES));
    fields.add(units.integer().as(INTEGER));
    fields.add(units.text().as(TEXT));
    if (hasAdded) {
      fields.addAll(
          column
              .added()
              .map(added -> AddedValue.of(WholeUnits.of(frame, added)))
              .orElse(AddedValue.none()));
    }
    return struct(fields.toArray(Column[]::new));
  }

  private static JavaRDD<InternalRow> rows(Dataset<Row> frame) {
    // Rows as Spark keeps them: making objects of each would cost more than all else done here.
    return ((org.apache.spark.sql.classic.Dataset<Row>) frame).queryExecution().toRdd().toJavaRDD();
  }

  @Override
  public <R extends Serializable> List<R> visit(Class<R> found, Visit<R> visit) {
    boolean isAdded = hasAdded;
    return rows
        .mapPartitionsWithIndex(
            (partition, some) ->
                visit.to(partition, counted(some, isAdded)).stream().map(Bytes::of).iterator(),
            true)
        .collect()
        .stream()
        .map(bytes -> Bytes.read(bytes, found))
        .toList();
  }

  /** What is made of all partitions, as a frame. */
  Dataset<Row> frame(SparkSession spark, Percentiles percentiles) {
    boolean isAdded = hasAdded;
    JavaRDD<Row> made =
        rows.mapPartitionsWithIndex(
            (partition, some) -> percentiles.of(partition, counted(some, isAdded)), true);
    return spark.createDataFrame(made, percentiles.schema());
  }

  private static Iterator<Counted> counted(Iterator<InternalRow> rows, boolean hasAdded) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Counted next() {
        return counted(rows.next(), hasAdded);
      }
    };
  }

  private static Counted counted(InternalRow row, boolean hasAdded) {
    long integer = row.getLong(1);
    BigInteger value =
        row.isNullAt(2)
            ? BigInteger.valueOf(integer)
            : WholeUnits.large(integer, row.getUTF8String(2).toString());
    BigInteger added =
        hasAdded ? AddedValue.sum(row.getLong(4), row.getLong(5), row.getLong(6)) : BigInteger.ZERO;
    return new Counted(row.getLong(0), value, row.getLong(3), added);
  }
}
