package io.karat.report;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import io.karat.report.KeyAccountReasons.Reason;
import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Selection of the customers to look at: for each reason those with the most at stake.
 *
 * @param ranked states whose codes are ordered from best to worst
 * @param before net sales of customers on the previous night; empty if there is none
 * @param leastStake the least amount that is worth a look
 */
record KeyAccountSelection(
    CustomerAggregates customers,
    List<State> ranked,
    Optional<Dataset<Row>> before,
    BigDecimal leastStake) {
  /** The largest number of customers listed for a reason. */
  static final int MOST = 2_000;

  static final String REASON = "reason";
  static final String STAKE = "stake";
  static final String PLACE = "place";
  static final String CUSTOMERS = "customers";

  /** The customer in {@link #before}. */
  static final String PAST = "customer_id before";

  /** The net sales in {@link #before}. */
  static final String PAST_SALES = "net sales before";

  /** Net sales on the previous night, or tonight's if they are not known. */
  static final String SALES_THEN = "sales then";

  /**
   * Customers that were selected, and what all customers for whom a reason holds amount to.
   *
   * @param accounts a row per customer and reason, by reason and place
   * @param totals a row per reason
   */
  record Selected(List<TableRow> accounts, List<TableRow> totals) {
    Selected {
      accounts = List.copyOf(accounts);
      totals = List.copyOf(totals);
    }

    /** The customers of a reason, those with the most at stake first. */
    List<TableRow> of(String reason) {
      return accounts.stream().filter(it -> it.word(REASON).equals(reason)).toList();
    }
  }

  /** The column of net sales that is shown: the one over the longest window. */
  String sales() {
    return CustomerAggregates.windowed("net_sales_amount", customers.settings());
  }

  /** Selects at most {@value #MOST} customers for each of the reasons. */
  Selected selected() throws IOException {
    Dataset<Row> indicators =
        only(
            customers.frame(ReleaseTables.INDICATORS),
            List.of(
                Columns.CUSTOMER_ID,
                KeyAccountReasons.DISPLAY_NAME,
                KeyAccountReasons.OWNER,
                sales(),
                KeyAccountReasons.ARREARS,
                KeyAccountReasons.TREND,
                KeyAccountReasons.LIFETIME_SALES));
    Dataset<Row> values = only(customers.frame(ReleaseTables.VALUES), columnsOfValue());
    Dataset<Row> all = withSalesThen(indicators.join(values, Columns.CUSTOMER_ID));
    List<Reason> reasons = new KeyAccountReasons(customers.settings(), ranked, leastStake).of(all);
    if (reasons.isEmpty()) {
      return new Selected(List.of(), List.of());
    }

    Dataset<Row> found = found(all, reasons).persist();
    try {
      // All customers are ranked on a few columns; the others are joined for the chosen ones only.
      List<TableRow> accounts =
          rows(
              broadcast(mostUrgent(found))
                  .join(indicators, Columns.CUSTOMER_ID)
                  .join(values, Columns.CUSTOMER_ID)
                  .orderBy(asc(REASON), asc(PLACE)));
      List<TableRow> totals =
          rows(
              found
                  .groupBy(REASON)
                  .agg(
                      count(lit(1)).as(CUSTOMERS),
                      sum(STAKE).as(STAKE),
                      sum(SALES_THEN).as(SALES_THEN)));
      return new Selected(accounts, totals);
    } finally {
      found.unpersist();
    }
  }

  private static List<TableRow> rows(Dataset<Row> frame) {
    return frame.collectAsList().stream().map(TableRow::of).toList();
  }

  private Dataset<Row> withSalesThen(Dataset<Row> all) {
    Column now = KeyAccountReasons.amount(all, sales());
    return before
        .map(past -> all.join(past, all.col(Columns.CUSTOMER_ID).equalTo(past.col(PAST)), "left"))
        .map(joined -> joined.withColumn(SALES_THEN, coalesce(col(PAST_SALES), now)).drop(PAST))
        .orElseGet(() -> all.withColumn(SALES_THEN, now));
  }

  private static Dataset<Row> found(Dataset<Row> all, List<Reason> reasons) {
    Column found =
        filter(
            array(reasons.stream().map(Reason::found).toArray(Column[]::new)), Column::isNotNull);
    return all.select(
        col(Columns.CUSTOMER_ID),
        KeyAccountReasons.decimal(col(SALES_THEN)).as(SALES_THEN),
        inline(found));
  }

  private static Dataset<Row> mostUrgent(Dataset<Row> found) {
    Column byStake =
        row_number()
            .over(Window.partitionBy(REASON).orderBy(col(STAKE).desc(), asc(Columns.CUSTOMER_ID)));
    return found.withColumn(PLACE, byStake).filter(col(PLACE).leq(MOST));
  }

  private List<String> columnsOfValue() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                Columns.CUSTOMER_ID,
                ScoreColumns.purchaseProbability(KeyAccountReasons.horizon(customers.settings())),
                ScoreColumns.EXPECTED_CHURN,
                ScoreColumns.VALUE_AT_RISK,
                ScoreColumns.IS_ONE_OFF,
                CustomerAggregates.LIFECYCLE,
                ScoreColumns.previous(CustomerAggregates.LIFECYCLE),
                ScoreColumns.isChanged(CustomerAggregates.LIFECYCLE)));
    ranked.forEach(
        state -> {
          columns.add(state.column());
          columns.add(ScoreColumns.previous(state.column()));
        });
    return columns;
  }

  private static Dataset<Row> only(Dataset<Row> frame, List<String> names) {
    Set<String> there = new LinkedHashSet<>(names);
    there.retainAll(Set.of(frame.columns()));
    return frame.select(there.stream().map(Columns::column).toArray(Column[]::new));
  }
}
