package io.karat.indicators;

import static io.karat.testing.TextTable.frame;
import static java.util.stream.Collectors.joining;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of receipts, collection periods and arrears. */
@ExtendWith(LocalSpark.class)
class ReceiptIndicatorsTest {
  private static final String AS_OF = "2026-03-01";
  private static final String TRANSACTIONS =
      "customer_id string, transaction_time date, type string, amount decimal(10,2),"
          + " due_date date";
  private static final String PAYMENTS =
      "customer_id string, payment_time date, type string, amount decimal(10,2)";
  private static final String CUSTOMERS = "customer_id string, opening_balance decimal(10,2)";
  private static final String[] BOTH = {"indicators.windows=[365d, lifetime]"};

  private final SparkSession spark;

  ReceiptIndicatorsTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Each is billed 100 on June 1 and has to pay on July 1: the points of Dun and Bradstreet, from
   * 30 days early to 120 days late, and 10 less for another 30 days. Half pays half of it on time
   * and half of it after 30 days, which is 15 days for all of it.
   */
  @Test
  void thePaymentIndexHasThePointsOfDunAndBradstreet() {
    String bill = " | 2025-06-01 | SALE | 100 | 2025-07-01\n";
    sold(Stream.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "half", "none")
            .map(customer -> customer + bill)
            .collect(joining()))
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                PAYMENTS,
                """
                a    | 2025-06-01 | PAYMENT | 100
                b    | 2025-07-01 | PAYMENT | 100
                c    | 2025-07-16 | PAYMENT | 100
                d    | 2025-07-23 | PAYMENT | 100
                e    | 2025-07-31 | PAYMENT | 100
                f    | 2025-08-30 | PAYMENT | 100
                g    | 2025-09-29 | PAYMENT | 100
                h    | 2025-10-29 | PAYMENT | 100
                i    | 2025-11-28 | PAYMENT | 100
                half | 2025-07-01 | PAYMENT | 50
                half | 2025-07-31 | PAYMENT | 50
                zoe  | 2025-07-01 | PAYMENT | 50
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, days_beyond_terms_365d decimal(18,6),"
                    + " days_paid_early_365d decimal(18,6), payment_index_365d decimal(18,6)",
                """
                a    | 0   | 30 | 100
                b    | 0   | 0  | 80
                c    | 15  | 0  | 70
                d    | 22  | 0  | 60
                e    | 30  | 0  | 50
                f    | 60  | 0  | 40
                g    | 90  | 0  | 30
                h    | 120 | 0  | 20
                half | 15  | 0  | 70
                i    | 150 | 0  | 10
                none | 244 | 0  | 0
                zoe  |     |    |
                """),
            AS_OF);
  }

  /** Ann's payments are 100, 20 and 30: 150 / 3; her refund is not subtracted. */
  @Test
  void receiptsArePaymentsWithoutRefunds() {
    sold("dan | 2026-01-05 | SALE | 10 |")
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                PAYMENTS,
                """
                ann | 2026-01-05 | PAYMENT | 100
                ann | 2026-01-06 | PAYMENT | 20
                ann | 2026-01-06 | payment | 30
                ann | 2026-01-07 | REFUND  | 15
                bob | 2026-01-07 | REFUND  | 15
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, receipt_amount_365d decimal(18,2),"
                    + " average_receipt_amount_365d decimal(18,6),"
                    + " maximum_receipt_amount_365d decimal(18,2)",
                """
                ann | 150 | 50 | 100
                bob | 0   |    |
                dan | 0   |    |
                """),
            AS_OF);
  }

  @Test
  void everyPaymentIsOneWhereNoTypeIsMapped() {
    sold("dan | 2026-01-05 | SALE | 10 |")
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                "customer_id string, payment_time date, amount int",
                """
                ann | 2025-03-02 | 1
                ann | 2025-03-01 | 10
                ann | 2026-03-02 | 100
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, receipt_amount_365d decimal(18,2),"
                    + " receipt_amount_lifetime decimal(18,2)",
                """
                ann | 1 | 11
                dan | 0 | 0
                """),
            AS_OF,
            BOTH);
  }

  /**
   * Ann owes 100 from 5 to 14 January (10 days) and 40 from 15 to 24 January (10 days): (1000 +
   * 400) / 100 = 14, which is 60 paid after 10 days and 40 after 20: 6 + 8. Bob's return settles
   * half of his sale after 4 days, the rest is paid after 8: (4 x 50 + 4 x 25) / (50 - 25) = 12.
   * Cat paid before she bought, 20 for 10 days: -200 / 20.
   */
  @Test
  void theCollectionPeriodIsTheMeanDaysFromSaleToPayment() {
    sold("""
        ann | 2026-01-05 | SALE   | 100 |
        bob | 2026-01-05 | SALE   | 50  |
        bob | 2026-01-09 | RETURN | 25  |
        cat | 2026-01-15 | SALE   | 20  |
        """)
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                PAYMENTS,
                """
                ann | 2026-01-15 | PAYMENT | 60
                ann | 2026-01-25 | PAYMENT | 40
                bob | 2026-01-13 | PAYMENT | 25
                cat | 2026-01-05 | PAYMENT | 20
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, average_collection_period_days_365d decimal(18,6)",
                """
                ann | 14
                bob | 12
                cat | -10
                """),
            AS_OF);
  }

  /**
   * The last ten days are 20 February to 1 March. Ann's 100 are due on 25 February and not paid: 5
   * days of 100, a mean of 50; she owes 100 on all ten, so the rate is 500 / 1000. Bob's sale was
   * due before it was made and counts from its day: 10 days of 30. Cat paid 8 of her 20 on 28
   * February, the day before they were due: 12 for two days; she owes 20 for 8 days, then 12: 24 /
   * 184. Dan pays in time, and too much: never below zero. Eve's are not due yet.
   */
  @Test
  void arrearsAreWhatIsDueAndNotPaid() {
    sold("""
        ann | 2026-01-05 | SALE | 100 | 2026-02-25
        bob | 2026-01-05 | SALE | 30  | 2025-12-24
        cat | 2026-01-05 | SALE | 20  | 2026-02-28
        dan | 2026-01-05 | SALE | 10  |
        eve | 2026-02-28 | SALE | 10  | 2026-03-02
        """)
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                PAYMENTS,
                """
                cat | 2026-02-28 | PAYMENT | 8
                dan | 2026-01-05 | PAYMENT | 15
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, arrears_amount decimal(18,2),"
                    + " average_arrears_amount_10d decimal(18,6),"
                    + " average_arrears_rate_10d decimal(18,6)",
                """
                ann | 100 | 50  | 0.5
                bob | 30  | 30  | 1
                cat | 12  | 2.4 | 0.130435
                dan | 0   | 0   |
                eve | 0   | 0   | 0
                """),
            AS_OF,
            "indicators.windows=[10d]");
  }

  /**
   * Ann has an opening balance of 1000. In the year she owes 1000 on all 365 days but 100 more from
   * 20 to 24 February: (365,000 + 500) / 100 = 3655; since her first transaction on 20 February it
   * is 10 days: (10,000 + 500) / 100 = 105. The opening balance was never billed, so it is not
   * overdue, and her payment is more than the amount due.
   */
  @Test
  void anOpeningBalanceIsOwedButNotOverdue() {
    sold("ann | 2026-02-20 | SALE | 100 |")
        .with(InputTable.PAYMENTS, frame(spark, PAYMENTS, "ann | 2026-02-25 | PAYMENT | 100"))
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                CUSTOMERS,
                """
                ann | 1000
                bob | 500
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, average_collection_period_days_365d decimal(18,6),"
                    + " average_collection_period_days_lifetime decimal(18,6),"
                    + " arrears_amount decimal(18,2),"
                    + " average_arrears_amount_lifetime decimal(18,6),"
                    + " average_arrears_rate_lifetime decimal(18,6),"
                    + " average_arrears_rate_365d decimal(18,6)",
                """
                ann | 3655 | 105 | 0 | 50 | 0.047619 | 0.001368
                bob |      |     | 0 |    |          | 0
                """),
            AS_OF,
            BOTH);
  }

  /** Lifetime days count from the first transaction; a customer without one has no such days. */
  @Test
  void whoHasOnlyPaymentsHasNoLifetimeOfArrears() {
    sold("dan | 2026-02-20 | RETURN | 10 |")
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                PAYMENTS,
                """
                ann | 2026-02-20 | PAYMENT | 10
                bob | 2026-02-20 | REFUND  | 10
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, arrears_amount decimal(18,2),"
                    + " average_arrears_amount_365d decimal(18,6),"
                    + " average_arrears_amount_lifetime decimal(18,6),"
                    + " average_collection_period_days_lifetime decimal(18,6)",
                """
                ann | 0  | 0        |   |
                bob | 10 | 0.273973 |   |
                dan | 0  | 0        | 0 |
                """),
            AS_OF,
            BOTH);
  }

  private Sources sold(String transactions) {
    return Sources.of(frame(spark, TRANSACTIONS, transactions));
  }
}
