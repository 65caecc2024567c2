package io.karat.generate;

import static io.karat.generate.TextRows.assertRows;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that the true properties of customers show in their purchases and payments. */
@ExtendWith(LocalSpark.class)
class StructureTest {
  private static final SyntheticFirm FIRM = SyntheticFirm.of(4_000, 600, 3);

  @Test
  void betterClassesBuyMoreOftenAndMoreAtATime(SparkSession spark) {
    List<String> expected = List.of("KEY_ACCOUNT", "LARGE", "REGULAR", "OCCASIONAL");
    Dataset<Row> classes =
        salesWithTruth(spark)
            .where("NOT is_one_off")
            .groupBy("value_class")
            .agg(
                expr("count(*) / count(DISTINCT customer_no)").as("rate"),
                expr("median(amount)").as("basket"));

    assertEquals(expected, names(classes.orderBy(classes.col("rate").desc())));
    assertEquals(expected, names(classes.orderBy(classes.col("basket").desc())));
  }

  @Test
  void classesAreAsLargeAsTheySay(SparkSession spark) {
    assertRows(
        """
        value_class | percent
        KEY_ACCOUNT | 1
        LARGE       | 9
        REGULAR     | 30
        OCCASIONAL  | 60
        ONE_OFF     | 0
        """,
        new GroundTruth(
                new Population(100_000, FIRM.population().chance(), calendar(), 20, false, false))
            .rows(spark)
            .groupBy("value_class")
            .agg(expr("CAST(round(count(*) / 1000) AS BIGINT)").as("percent")));
  }

  @Test
  void nobodyBuysBeforeTheFirstDayOrAfterLeaving(SparkSession spark) {
    assertRows(
        """
        too_early | too_late | first_missed | some_leave
        0         | 0        | 0            | true
        """,
        salesWithTruth(spark)
            .groupBy("customer_no", "first_day", "churn_day")
            .agg(expr("min(day)").as("first"), expr("max(day)").as("last"))
            .selectExpr(
                "count_if(first < first_day) AS too_early",
                "count_if(last > churn_day) AS too_late",
                "count_if(first != first_day) AS first_missed",
                "count(churn_day) BETWEEN 1000 AND 3000 AS some_leave"));
  }

  @Test
  void halfOfTheCustomersComeInTheFirstMonth(SparkSession spark) {
    assertRows(
        """
        first_month
        0.5
        """,
        truth(spark)
            .selectExpr(
                "round(count_if(first_day < DATE '2024-01-31') / count(*), 1) AS first_month"));
  }

  @Test
  void oneOffCustomersBuyOnceOrTwiceVeryMuchAndNothingInTheLastYear(SparkSession spark) {
    // 600 days from 1 January 2024 end on 22 August 2025; its last 365 begin on 23 August 2024.
    assertRows(
        """
        exist | too_often | too_late | small
        true  | 0         | 0        | 0
        """,
        salesWithTruth(spark)
            .where("is_one_off")
            .groupBy("customer_no")
            .agg(
                expr("count(*)").as("times"),
                expr("max(day)").as("last"),
                expr("min(amount)").as("least"))
            .selectExpr(
                "count(*) > 0 AS exist",
                "count_if(times > 2) AS too_often",
                "count_if(last >= DATE '2024-08-23') AS too_late",
                "count_if(least < 1000) AS small"));
  }

  /** After n months 8 / (8 + n) of the subscribers are left: half after 8, 0.4 after 12. */
  @Test
  void subscribersAreChargedOneAmountOnceAMonthUntilTheyLeave(SparkSession spark) {
    SyntheticFirm firm =
        new SyntheticFirm(
            4_000,
            600,
            3,
            FIRM.firstDay(),
            FIRM.zone(),
            FIRM.transactionsPerCustomer(),
            0,
            true,
            false);
    Dataset<Row> charged =
        salesWithTruth(firm, spark)
            .groupBy("customer_no", "first_day", "churn_day")
            .agg(
                expr("count(*)").as("charges"),
                expr("count(DISTINCT amount)").as("amounts"),
                expr("min(day)").as("first"),
                expr("max(day)").as("last"));

    assertRows(
        """
        amounts | first_missed | too_late | irregular | left_after_8 | left_after_12
        1       | 0            | 0        | 0         | 0.5          | 0.4
        """,
        charged.selectExpr(
            "max(amounts) AS amounts",
            "count_if(first != first_day) AS first_missed",
            "count_if(last > churn_day) AS too_late",
            "count_if(abs(datediff(last, first) - 30.44 * (charges - 1)) > 4) AS irregular",
            "round(avg(IF(charges > 8, 1, 0)) FILTER (WHERE first < DATE '2024-02-01'), 1)"
                + " AS left_after_8",
            "round(avg(IF(charges > 12, 1, 0)) FILTER (WHERE first < DATE '2024-02-01'), 1)"
                + " AS left_after_12"));
  }

  private static Dataset<Row> salesWithTruth(SparkSession spark) {
    return salesWithTruth(FIRM, spark);
  }

  private static Dataset<Row> salesWithTruth(SyntheticFirm firm, SparkSession spark) {
    Dataset<Row> sales =
        firm.transactions(spark)
            .where("type = 'SALE'")
            .selectExpr(
                "substring(customer_id, 2) AS customer_no",
                "to_date(transaction_time) AS day",
                "amount");
    Dataset<Row> truth =
        new GroundTruth(firm.population())
            .rows(spark)
            .selectExpr("*", "substring(customer_id, 2) AS customer_no");
    return sales.join(truth, "customer_no");
  }

  private static Dataset<Row> truth(SparkSession spark) {
    return new GroundTruth(FIRM.population()).rows(spark);
  }

  private static TradingCalendar calendar() {
    return FIRM.population().calendar();
  }

  private static List<String> names(Dataset<Row> classes) {
    return classes.select("value_class").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
