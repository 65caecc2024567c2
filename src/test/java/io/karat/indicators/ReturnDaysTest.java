package io.karat.indicators;

import static io.karat.testing.TextTable.frame;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Returns that say the day of their sale count on that day; balances keep their own day. */
@ExtendWith(LocalSpark.class)
class ReturnDaysTest {
  private final SparkSession spark;

  ReturnDaysTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The window of 30 days begins on 31 January. Ann's return of February belongs to a sale before
   * it, Bob's does not say. Cat's sale has a sale date, which means nothing; Dan's return claims a
   * sale of the future; Eve's comes after the as-of day, so her sale stands. Different amounts of
   * returns are counted on the same days.
   */
  @Test
  void aReturnCountsInTheWindowOfItsSale() {
    Sources.of(
            frame(
                spark,
                "customer_id string, transaction_time date, type string, amount decimal(10,2),"
                    + " sale_date date",
                """
                ann | 2026-01-05 | SALE   | 100.00 |
                ann | 2026-02-10 | RETURN |  30.00 | 2026-01-05
                bob | 2026-01-05 | SALE   | 100.00 |
                bob | 2026-02-10 | RETURN |  30.00 |
                cat | 2026-02-10 | SALE   |  10.00 | 2026-01-05
                dan | 2026-02-10 | RETURN |  10.00 | 2026-02-20
                eve | 2026-02-10 | SALE   |  10.00 |
                eve | 2026-03-02 | RETURN |  10.00 | 2026-02-10
                """))
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                "customer_id string, payment_time date, amount decimal(10,2)",
                "ann | 2026-02-09 | 100.00"))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, return_amount_30d decimal(18,2), net_sales_amount_30d"
                    + " decimal(18,2), net_sales_amount_lifetime decimal(18,2), arrears_amount"
                    + " decimal(18,2), returns_30d bigint, returns_lifetime bigint",
                """
                ann |  0 |   0 |  70 |  0 | 0 | 1
                bob | 30 | -30 |  70 | 70 | 1 | 1
                cat |  0 |  10 |  10 | 10 | 0 | 0
                dan | 10 | -10 | -10 |  0 | 1 | 1
                eve |  0 |  10 |  10 | 10 | 0 | 0
                """),
            "2026-03-01",
            "indicators.windows=[30d, lifetime]",
            "indicators.measures={r: {where: type = 'RETURN', count_distinct: amount}}",
            "indicators.custom={returns: {value: r}}");
  }
}
