package io.karat.report;

import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;

import io.karat.scores.State;
import io.karat.tables.Columns;
import java.io.IOException;
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

  /** The predicted net sales by level of some states. */
  List<TableRow> forecasts(List<State> states) throws IOException {
    return isThere() ? new LevelForecasts(customers, amount()).of(states) : List.of();
  }
}
