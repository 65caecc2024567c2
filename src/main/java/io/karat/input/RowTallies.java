package io.karat.input;

import static io.karat.engine.SourceFormat.FILE_NUMBER;
import static io.karat.input.ValidatedRows.DAY;
import static io.karat.input.ValidatedRows.OUTCOME;
import static io.karat.input.ValidatedRows.ROUNDING;
import static io.karat.input.ValidatedRows.SURPLUS_DECIMALS;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.sum;

import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Tallies of the rows of an input by day and outcome, as {@link InputRows#tallies} says.
 *
 * @param exchanged the rows, partitioned by customer
 * @param convertible the optional columns that may have values that cannot be read
 */
record RowTallies(InputMapping mapping, Dataset<Row> exchanged, List<String> convertible) {
  private static final String WIDE = "decimal(38,18)";

  Dataset<Row> rows() {
    Column minorUnits = mapping.table().amountColumn().map(name -> abs(col(name))).orElse(lit(0L));
    Column whole =
        mapping.money().sum(sum(Money.highHalf(minorUnits)), sum(Money.lowHalf(minorUnits)));
    Column amount = whole.cast(WIDE).plus(sumOf(SURPLUS_DECIMALS)).cast(WIDE);
    Column[] keys =
        Stream.of(DAY, OUTCOME, FILE_NUMBER)
            .filter(List.of(exchanged.columns())::contains)
            .map(functions::col)
            .toArray(Column[]::new);
    return exchanged
        .groupBy(keys)
        .agg(
            count(lit(1)).as("rows"),
            amount.as("amount"),
            sumOf(ROUNDING).cast(WIDE).as(ROUNDING),
            unreadableValues().as(InputRows.UNREADABLE_VALUES),
            unmatchedRows().as(InputRows.UNMATCHED_ROWS))
        .withColumn(OUTCOME, CustomerPartitioning.outcome())
        .coalesce(1);
  }

  /**
   * The number of used rows with a value that cannot be read, by optional column; beside them that
   * of {@link OddRows}.
   */
  private Column unreadableValues() {
    Map<String, Column> counted = new LinkedHashMap<>();
    for (int i = 0; i < convertible.size(); i++) {
      counted.put(convertible.get(i), OptionalValues.isUnreadable(i));
    }
    counted.putAll(new OddRows(mapping.table().input(), exchanged).conditions());
    List<Column> conditions = List.copyOf(counted.values());
    return counts(
        List.copyOf(counted.keySet()),
        i -> CustomerPartitioning.isCandidate().and(conditions.get(i)));
  }

  /** The number of rows for which a joined table has none, by table. */
  private Column unmatchedRows() {
    boolean isJoined = List.of(exchanged.columns()).contains(JoinedSource.UNMATCHED);
    return counts(isJoined ? mapping.joins() : List.of(), JoinedSource::isUnmatched);
  }

  private static Column counts(List<String> names, IntFunction<Column> isCounted) {
    if (names.isEmpty()) {
      return lit(null).cast("map<string,bigint>");
    }

    List<Column> counts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      counts.add(lit(names.get(i)));
      counts.add(count_if(isCounted.apply(i)));
    }
    return map(counts.toArray(Column[]::new));
  }

  private Column sumOf(String name) {
    Column none = lit(0).cast(WIDE);
    boolean isThere = Set.of(exchanged.columns()).contains(name);
    Column value = isThere && name.equals(SURPLUS_DECIMALS) ? abs(col(name)) : col(name);
    return isThere ? coalesce(sum(value), none) : none;
  }
}
