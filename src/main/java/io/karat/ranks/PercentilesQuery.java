package io.karat.ranks;

import io.karat.ranks.Ranking.Offsets;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * Every distinct value of a column with its percentile.
 *
 * @param column the index of the column
 * @param scale the decimals of its values
 * @param customers the number of customers of each series
 * @param offsets the sums before each partition
 */
record PercentilesQuery(int column, int scale, Map<Long, Long> customers, Offsets offsets)
    implements Serializable {
  static final String GROUP = "group";
  static final String VALUE = "value";
  static final String PERCENTILE = "percentile";

  static PercentilesQuery of(Ranking ranking, int column, int scale) {
    Map<Long, Long> customers = new HashMap<>();
    ranking.all().forEach((series, all) -> customers.put(series, all.customers()));
    return new PercentilesQuery(column, scale, customers, ranking.offsets());
  }

  /** The schema of the rows. */
  StructType schema() {
    return new StructType()
        .add(GROUP, DataTypes.IntegerType)
        .add(VALUE, DataTypes.createDecimalType(DecimalType.MAX_PRECISION(), scale))
        .add(PERCENTILE, DataTypes.createDecimalType(9, RankPoint.DECIMALS));
  }

  /** The rows of a partition. */
  Iterator<Row> of(int partition, Iterator<ValueCount> values) {
    Map<Long, Long> reached = new HashMap<>();
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(values, Spliterator.ORDERED), false)
        .filter(value -> Series.of(value.series()).column() == column)
        .map(value -> row(partition, value, reached))
        .iterator();
  }

  private Row row(int partition, ValueCount value, Map<Long, Long> reached) {
    long series = value.series();
    long below = reached.computeIfAbsent(series, first -> offsets.of(partition, first).customers());
    reached.put(series, below + value.customers());
    return RowFactory.create(
        Series.of(series).group(),
        new BigDecimal(value.value(), scale),
        RankPoint.percentile(below, value.customers(), customers.getOrDefault(series, 0L)));
  }
}
