package io.karat.generate;

import static io.karat.generate.TextRows.assertRows;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class TransactionGeneratorTest {
  private static final SyntheticFirm FIRM = SyntheticFirm.of(3_000, 500, 1);

  @Test
  void haveTheColumnsOfTheContract(SparkSession spark) {
    assertEquals(
        "transaction_id STRING,customer_id STRING,transaction_time TIMESTAMP,type STRING,"
            + "amount DECIMAL(18,2),cost DECIMAL(18,2),due_date DATE,product_id STRING,"
            + "channel STRING",
        FIRM.transactions(spark).schema().toDDL().replace(" NOT NULL", ""));
  }

  @Test
  void everyRowIsPlausible(SparkSession spark) {
    Dataset<Row> transactions = FIRM.transactions(spark);

    // The last of 500 days is 14 May 2025; the firm opens at 9 and closes at 20.
    assertRows(
        """
        repeated_ids | without_amount | without_cost | late | early | on_sundays | at_night | without_terms
        0            | 0              | 0            | 0    | 0     | 0          | 0        | 0
        """,
        transactions.selectExpr(
            "count(*) - count(DISTINCT transaction_id) AS repeated_ids",
            "count_if(amount <= 0) AS without_amount",
            "count_if(cost <= 0 OR cost >= amount) AS without_cost",
            "count_if(transaction_time >= TIMESTAMP '2025-05-15') AS late",
            "count_if(transaction_time < TIMESTAMP '2024-01-01') AS early",
            "count_if(dayofweek(transaction_time) = 1) AS on_sundays",
            "count_if(hour(transaction_time) NOT BETWEEN 9 AND 19) AS at_night",
            "count_if((type = 'SALE') != (datediff(due_date, transaction_time) BETWEEN 14 AND 60"
                + " AND due_date IS NOT NULL)) AS without_terms"));
  }

  @Test
  void areAboutAsManyAsWanted(SparkSession spark) {
    assertEquals(20, FIRM.transactions(spark).count() / 3_000.0, 2);
  }

  @Test
  void aReturnComesLaterAndBringsBackNoMoreThanWasBought(SparkSession spark) {
    Dataset<Row> transactions = FIRM.transactions(spark);
    Dataset<Row> sales = transactions.where("type = 'SALE'").as("sale");
    Dataset<Row> returns = transactions.where("type = 'RETURN'").as("return");

    assertRows(
        """
        has_returns | share | unsold | too_much | too_early
        true        | 0.03  | 0      | 0        | 0
        """,
        returns
            .join(sales, expr("return.transaction_id = sale.transaction_id || 'R'"), "left")
            .selectExpr(
                "count(*) > 0 AS has_returns",
                "round(count(*) / " + sales.count() + ", 2) AS share",
                "count_if(sale.transaction_id IS NULL) AS unsold",
                "count_if(return.amount > sale.amount OR return.cost > sale.cost"
                    + " OR return.customer_id != sale.customer_id"
                    + " OR return.product_id != sale.product_id) AS too_much",
                "count_if(to_date(return.transaction_time) <= to_date(sale.transaction_time))"
                    + " AS too_early"));
  }

  @Test
  void followTheSeasons(SparkSession spark) {
    Dataset<Row> sales =
        FIRM.transactions(spark).where("type = 'SALE' AND year(transaction_time) = 2024");

    // The trade of a Saturday is 14 against 9 of a Monday, of a December 16 against 8 of an August.
    assertRows(
        """
        saturdays_lead | decembers_lead
        true           | true
        """,
        sales.selectExpr(
            "count_if(dayofweek(transaction_time) = 7)"
                + " > 1.3 * count_if(dayofweek(transaction_time) = 2) AS saturdays_lead",
            "count_if(month(transaction_time) = 12)"
                + " > 1.5 * count_if(month(transaction_time) = 8) AS decembers_lead"));
  }

  @Test
  void businessHoursAreThoseOfTheZone(SparkSession spark) {
    SyntheticFirm utc = SyntheticFirm.of(100, 100, 1);
    SyntheticFirm shanghai =
        new SyntheticFirm(
            100, 100, 1, utc.firstDay(), ZoneId.of("Asia/Shanghai"), 20, 0, false, false);

    assertEquals(
        utc.transactions(spark)
            .selectExpr("transaction_id", "transaction_time - INTERVAL 8 HOURS")
            .orderBy("transaction_id")
            .collectAsList(),
        shanghai
            .transactions(spark)
            .select("transaction_id", "transaction_time")
            .orderBy("transaction_id")
            .collectAsList());
  }

  @Test
  void areShuffledOnceAndNarrow(SparkSession spark) {
    Dataset<Row> byDay = FirmWriter.byDay(spark, FIRM.transactionTable(), 6_000_000);
    byDay.collectAsList();
    String plan = byDay.queryExecution().executedPlan().toString();
    String executed = plan.substring(0, plan.indexOf("== Initial Plan =="));

    List<String> exchanges =
        Pattern.compile("Exchange hashpartitioning\\((\\w+)")
            .matcher(executed)
            .results()
            .map(exchange -> exchange.group(1))
            .toList();
    assertEquals(List.of("day"), exchanges);
    assertEquals(
        "day customer_no purchase_no is_return",
        String.join(" ", FIRM.transactionTable().keys(spark).columns()));
  }
}
