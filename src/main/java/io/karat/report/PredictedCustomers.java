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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Customers of a prediction for a report: those whose leaving would cost most, and the forecast by
 * level. Nobody where nothing is predicted.
 */
record PredictedCustomers(CustomerAggregates customers) {
  static final String STATE = "state";
  static final String LEVEL = "level";
  static final String FORECAST = "forecast";
  static final String SQUARES = "squares";
  static final String AT_RISK = "at_risk";
  static final String CHURN = "churn";

  private static final int MOST = 15;

  private int days() {
    return customers.settings().prediction().orElseThrow().horizonDays();
  }

  private String churn() {
    return "churn_probability_next_%dd".formatted(days());
  }

  private String amount() {
    return "predicted_net_sales_amount_next_%dd".formatted(days());
  }

  /** Whether the tables of the night have a prediction. */
  boolean isThere() throws IOException {
    return customers.settings().prediction().isPresent()
        && CustomerAggregates.has(customers.frame(ReleaseTables.VALUES), churn());
  }

  /**
   * The customers with the largest net sales over the longest window, times the probability that
   * they do not buy.
   */
  List<TableRow> leaving() throws IOException {
    if (!isThere()) {
      return List.of();
    }

    String sales = CustomerAggregates.windowed("net_sales_amount", customers.settings());
    Dataset<Row> indicators = customers.frame(ReleaseTables.INDICATORS);
    if (!CustomerAggregates.has(indicators, sales)) {
      return List.of();
    }

    Dataset<Row> values = customers.frame(ReleaseTables.VALUES);
    Column risk =
        col(CHURN)
            .multiply(col(sales).try_cast("decimal(18,2)"))
            .cast(DataTypes.createDecimalType(38, 6));
    return values
        .filter(col(churn()).isNotNull())
        .select(
            col(Columns.CUSTOMER_ID),
            col(churn()).cast("decimal(9,6)").as(CHURN),
            col("churn_main_reason_name"),
            col("churn_main_reason_name_zh"))
        .join(indicators.select(Columns.CUSTOMER_ID, sales), Columns.CUSTOMER_ID)
        .withColumn(AT_RISK, risk)
        .filter(col(AT_RISK).gt(0))
        .orderBy(desc(AT_RISK), asc(Columns.CUSTOMER_ID))
        .limit(MOST)
        .collectAsList()
        .stream()
        .map(TableRow::of)
        .toList();
  }

  /** The predicted net sales by level of some states, and the sum of their squares. */
  List<TableRow> forecasts(List<State> states) throws IOException {
    if (!isThere()) {
      return List.of();
    }

    Dataset<Row> values = customers.frame(ReleaseTables.VALUES);
    List<Column> levels = new ArrayList<>();
    states.stream()
        .map(State::column)
        .filter(column -> CustomerAggregates.has(values, column))
        .forEach(column -> levels.add(level(column, col(column))));
    if (CustomerAggregates.has(values, ScoreColumns.SEGMENT_ID)) {
      levels.add(level(ScoreColumns.SEGMENT_ID, col(ScoreColumns.SEGMENT_ID)));
    }
    if (levels.isEmpty()) {
      return List.of();
    }

    Column predicted = col(amount()).try_cast("decimal(17,2)");
    return values
        .filter(col(amount()).isNotNull())
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
        .sorted(Comparator.comparingInt(row -> place(states, row.word(STATE), row.word(LEVEL))))
        .toList();
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
