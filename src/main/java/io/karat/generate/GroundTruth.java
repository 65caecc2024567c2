package io.karat.generate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The ground truth about each customer, which an analysis of the other tables should find again.
 */
record GroundTruth(Population population) {
  private static final int CUSTOMERS_PER_FILE = 1_000_000;

  /**
   * One row per customer. {@code churn_day} is the last open day on which the customer would still
   * have bought; null for customers who have not left by the last day. {@code buyer_type} is null
   * for customers who are not large.
   */
  Dataset<Row> rows(SparkSession spark) {
    Column customer = col("customer_no");
    TradingCalendar calendar = population.calendar();
    Column hasLeft = col("end_tick").lt(calendar.ticks());
    List<Column> columns =
        new ArrayList<>(
            List.of(
                population.idOf(customer).as(Columns.CUSTOMER_ID),
                ValueClass.nameOf(col("class_no")).as("value_class"),
                PayerClass.nameOf(population.chance(), customer).as("payer_class"),
                calendar.date(calendar.dayOf(col("first_tick"))).as("first_day"),
                when(hasLeft, calendar.date(calendar.dayOf(col("end_tick").minus(1))))
                    .as("churn_day"),
                population.isOneOff(col("class_no")).as("is_one_off"),
                col("purchases").as("purchase_count")));
    if (population.hasBuyerTypes()) {
      columns.add(BuyerKind.nameOf(population.kindOf(customer)).as("buyer_type"));
    }
    return population
        .customers(population.numbers(spark, CUSTOMERS_PER_FILE))
        .select(columns.toArray(Column[]::new));
  }
}
