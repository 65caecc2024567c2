package io.karat.indicators;

import static io.karat.testing.TextTable.frame;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Days late of single transactions, whose payments name them, by hand. */
@ExtendWith(LocalSpark.class)
class InvoiceIndicatorsTest {
  private static final String EXPECTED =
      "customer_id string, average_days_late_365d decimal(18,6), late_invoice_share_365d"
          + " decimal(18,6), disputed_amount decimal(18,2)";

  private final SparkSession spark;

  InvoiceIndicatorsTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Ann pays 100 ten days late, in two parts, and 300 two days early: (100 x 10 - 300 x 2) / 400 =
   * 1; I3 is past its due day and unpaid, so two of three are late. Bob has paid 70 of 100 and
   * disputes 30. Cat's invoice falls due after the as-of day. Dan returned half of his, and has
   * paid the rest on its day. Eve's payment names none, Fay's one that nobody sent.
   */
  @Test
  void paymentsSettleTheTransactionsThatTheyName() {
    sold("""
    I1 | ann | 2026-01-01 | SALE   | 100.00 | 2026-01-10
    I2 | ann | 2026-01-05 | SALE   | 300.00 | 2026-02-10
    I3 | ann | 2026-02-01 | SALE   |  50.00 |
    I4 | bob | 2026-01-01 | SALE   | 100.00 | 2026-01-31
    I5 | cat | 2026-02-20 | SALE   |  10.00 | 2026-03-20
    I6 | dan | 2026-02-20 | SALE   |  10.00 | 2026-02-20
    I6 | dan | 2026-02-25 | RETURN |   5.00 |
    I7 | eve | 2026-02-20 | SALE   |  10.00 | 2026-02-20
    I8 | fay | 2026-02-20 | SALE   |  10.00 | 2026-03-01
    """)
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                "transaction_id string, customer_id string, payment_time date, type string, amount"
                    + " decimal(10,2)",
                """
                I1 | ann | 2026-01-15 | PAYMENT |  60.00
                I1 | ann | 2026-01-20 | PAYMENT |  40.00
                I2 | ann | 2026-02-08 | PAYMENT | 300.00
                I4 | bob | 2026-02-01 | PAYMENT | 100.00
                I4 | bob | 2026-02-02 | REFUND  |  30.00
                I4 | bob | 2026-03-02 | PAYMENT |  30.00
                I6 | dan | 2026-02-20 | PAYMENT |   5.00
                   | eve | 2026-02-20 | PAYMENT |  10.00
                X9 | fay | 2026-02-20 | PAYMENT |  10.00
                """))
        .assertIndicators(
            frame(
                spark,
                EXPECTED,
                """
                ann | 1 | 0.666667 | 0
                bob |   | 1        | 30
                cat |   |          | 0
                dan | 0 | 0        | 0
                eve |   | 1        | 0
                fay |   | 0        | 0
                """),
            "2026-03-01",
            "indicators.windows=[365d, lifetime]");
  }

  private Sources sold(String rows) {
    return Sources.of(
        frame(
            spark,
            "transaction_id string, customer_id string, transaction_time date, type string,"
                + " amount decimal(10,2), due_date date",
            rows));
  }
}
