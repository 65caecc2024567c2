package io.karat.report;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import io.karat.tables.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Forecasts of an amount, added up over the customers of each level of some states; and the
 * customers with the largest ones.
 *
 * @param amount the column of customer_value
 */
record LevelForecasts(CustomerAggregates customers, String amount) {
  static final String STATE = "state";
  static final String LEVEL = "level";
  static final String FORECAST = "forecast";

  /** The sum of the squares of forecasts. */
  static final String SQUARES = "squares";

  /** The state, and its level, that all customers with a forecast have. */
  static final String ALL = "all";

  /** Whether the tables of the night have the amount. */
  private boolean isThere() throws IOException {
    return CustomerAggregates.has(customers.frame(ReleaseTables.VALUES), amount);
  }

  /** The forecasts by level of some states and by segment, and of all customers; none without. */
  List<TableRow> of(List<State> states) throws IOException {
    if (!isThere()) {
      return List.of();
    }

    Dataset<Row> values = customers.frame(ReleaseTables.VALUES);
    List<Column> levels = new ArrayList<>(List.of(level(ALL, lit(ALL))));
    states.stream()
        .map(State::column)
        .filter(column -> CustomerAggregates.has(values, column))
        .forEach(column -> levels.add(level(column, col(column))));
    if (CustomerAggregates.has(values, ScoreColumns.SEGMENT_ID)) {
      levels.add(level(ScoreColumns.SEGMENT_ID, col(ScoreColumns.SEGMENT_ID)));
    }
    Column predicted = col(amount).try_cast("decimal(17,2)");
    return values
        .filter(col(amount).isNotNull())
        .select(predicted.as(FORECAST), inline(array(levels.toArray(Column[]::new))))
        .filter(col(LEVEL).isNotNull())
        .groupBy(STATE, LEVEL)
        .agg(
            count(lit(1)).as(CustomerAggregates.CUSTOMERS),
            sum(FORECAST).as(FORECAST),
            sum(col(FORECAST).multiply(col(FORECAST))).as(SQUARES))
        .orderBy(asc(STATE), asc(LEVEL))
        .collectAsList()
        .stream()
        .map(TableRow::of)
        .sorted(
            Comparator.comparing((TableRow row) -> !row.word(STATE).equals(ALL))
                .thenComparing(row -> place(states, row.word(STATE), row.word(LEVEL))))
        .toList();
  }

  /**
   * The customers with the largest forecasts; none without.
   *
   * @param others columns that are wanted too, if there are any
   */
  List<TableRow> largest(int most, List<String> others) throws IOException {
    Dataset<Row> values = customers.frame(ReleaseTables.VALUES);
    Column[] wanted =
        Stream.concat(Stream.of(Columns.CUSTOMER_ID, amount), others.stream())
            .filter(column -> CustomerAggregates.has(values, column))
            .map(Columns::column)
            .toArray(Column[]::new);
    return isThere()
        ? values
            .select(wanted)
            .filter(col(amount).gt(0))
            .orderBy(desc(amount), asc(Columns.CUSTOMER_ID))
            .limit(most)
            .collectAsList()
            .stream()
            .map(TableRow::of)
            .toList()
        : List.of();
  }

  /** The place of a level: states as they are listed, the best code first, segments last. */
  static int place(List<State> states, String column, String level) {
    List<String> codes =
        states.stream()
            .flatMap(state -> state.codes().stream().map(code -> state.column() + " " + code))
            .toList();
    int place = codes.indexOf(column + " " + level);
    return place < 0 ? codes.size() : place;
  }

  private static Column level(String state, Column level) {
    return struct(lit(state).as(STATE), level.as(LEVEL));
  }
}
