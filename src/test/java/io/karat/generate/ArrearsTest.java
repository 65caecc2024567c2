package io.karat.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import java.math.BigDecimal;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of {@code arrears_amount}, which lets payments settle first what is due first, against the
 * overdue amount of each invoice, with the payments that truly belong to it.
 *
 * <p>The two differ only if a customer has paid money, or returned goods, for invoices that are not
 * due yet, or more than an invoice was worth: that settles other invoices that are due.
 */
@ExtendWith(LocalSpark.class)
class ArrearsTest {
  private static final SyntheticFirm FIRM = SyntheticFirm.of(1_200, 400, 5);

  /**
   * Amounts per customer, in cents: {@code overdue} is unpaid of invoices that are due; {@code
   * early} was paid for invoices that are not due, {@code returned} came back of them, and {@code
   * credit} is owed to the customer for those that are due.
   */
  private static final String TRUTH =
      """
      WITH
      invoices AS (
        SELECT substring_index(substring(transaction_id, 2), 'R', 1) AS invoice,
          max(due_date) AS due_date,
          sum(IF(type = 'SALE', amount, 0)) AS sold, sum(IF(type = 'RETURN', amount, 0)) AS back
        FROM sold_and_returned WHERE date(transaction_time) <= '%1$s' GROUP BY invoice),
      settled AS (
        SELECT regexp_replace(substring(payment_id, 2), '[ABR]$', '') AS invoice,
          sum(IF(type = 'PAYMENT', amount, -amount)) AS paid
        FROM paid_and_refunded WHERE date(payment_time) <= '%1$s' GROUP BY invoice),
      open AS (
        SELECT concat('C', substring_index(invoice, '-', 1)) AS customer_id,
          due_date <= '%1$s' AS is_due, sold - back - coalesce(paid, 0) AS lacking,
          coalesce(paid, 0) AS paid, back
        FROM invoices LEFT JOIN settled USING (invoice))
      SELECT customer_id,
        sum(IF(is_due AND lacking > 0, lacking, 0)) AS overdue,
        sum(IF(is_due AND lacking < 0, -lacking, 0)) AS credit,
        sum(IF(is_due, 0, paid)) AS early,
        sum(IF(is_due, 0, back)) AS returned
      FROM open GROUP BY customer_id
      """;

  private static Dataset<Row> customers;

  @BeforeAll
  static void compute(SparkSession spark) {
    Population population = FIRM.population();
    DayTable payments =
        new PaymentGenerator(new PurchaseGenerator(population), new BusinessHours(FIRM.zone()));
    Sources firm =
        Sources.of(FIRM.transactions(spark).localCheckpoint())
            .with(
                InputTable.PAYMENTS,
                payments.keys(spark).transform(payments::described).localCheckpoint())
            .with(InputTable.ALIASES, new AliasGenerator(population).rows(spark));
    firm.of(InputTable.TRANSACTIONS).createOrReplaceTempView("sold_and_returned");
    firm.of(InputTable.PAYMENTS).createOrReplaceTempView("paid_and_refunded");
    String asOf = FIRM.lastDay().toString();
    customers =
        firm.indicators(asOf, "indicators.windows=[lifetime]")
            .select("customer_id", "arrears_amount")
            .join(spark.sql(TRUTH.formatted(asOf)), "customer_id")
            .localCheckpoint();
  }

  @AfterAll
  static void forget(SparkSession spark) {
    spark.catalog().dropTempView("sold_and_returned");
    spark.catalog().dropTempView("paid_and_refunded");
  }

  /** Late, partial and missing payments, and paid refunds, cause no error at all. */
  @Test
  void arrearsAreExactWhereNothingIsSettledBeforeItIsDue() {
    Dataset<Row> inOrder = customers.filter("early + returned + credit = 0");

    assertEquals(0, inOrder.filter("arrears_amount <> overdue").count());
    assertTrue(inOrder.filter("overdue > 0").count() > 100);
  }

  /** A payment or return before the due day lowers the arrears, by no more than its amount. */
  @Test
  void otherwiseTheyAreLowerByWhatWasGivenTooEarly() {
    assertEquals(
        0,
        customers
            .filter("arrears_amount <> greatest(0, overdue - early - returned - credit)")
            .count());
  }

  /** The figures are those of docs/receivables.md, rounded up. */
  @Test
  void fewArrearsAreTooLowAndTogetherTheyAreByAFewPercent() {
    Row firm =
        customers
            .selectExpr(
                "count_if(arrears_amount < overdue) / count_if(overdue > 0) AS customers",
                "1 - sum(arrears_amount) / sum(overdue) AS amount")
            .first();

    assertTrue(firm.getDouble(0) < 0.25, firm::toString);
    assertTrue(firm.<BigDecimal>getAs("amount").doubleValue() < 0.06, firm::toString);
  }
}
