package io.karat.movement;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;

import io.karat.measures.CustomerMeasures;
import io.karat.measures.Period;
import io.karat.state.CohortMonth;
import io.karat.tables.Money;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import io.karat.testing.Sources;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cohorts of a firm by hand. */
@ExtendWith(LocalSpark.class)
class CohortsTest {
  private static final String COLUMNS =
      "cohort_month date, months_since int, month date, is_complete boolean, customer_count bigint,"
          + " retained_customer_count bigint, retained_share decimal(9,6), net_sales_amount"
          + " decimal(38,6), net_sales_amount_to_date decimal(38,6)";

  private final SparkSession spark;

  CohortsTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Ann and Bob came in December; Ann is back in February, and gives something back in January,
   * when she buys nothing. Cat comes in February; Dan only ever returned something, so he is in no
   * cohort.
   */
  @Test
  void customersAreFollowedFromTheMonthOfTheirFirstSale() {
    assertCohorts(
        """
        ann | 2025-12-05 | SALE   | 100.00 |
        ann | 2025-12-31 | SALE   |  20.00 |
        ann | 2026-01-02 | RETURN |  30.00 |
        ann | 2026-02-10 | SALE   |  50.00 |
        bob | 2025-12-24 | SALE   |  10.00 |
        bob | 2026-03-01 | SALE   |  10.00 |
        cat | 2026-01-31 | RETURN |   5.00 |
        cat | 2026-02-01 | SALE   |   5.00 |
        dan | 2026-02-01 | RETURN |   5.00 |
        """,
        "2026-02-20",
        """
        2025-12-01 | 0 | 2025-12-01 | true  | 2 | 2 | 1   | 130 | 130
        2025-12-01 | 1 | 2026-01-01 | true  | 2 | 0 | 0   | -30 | 100
        2025-12-01 | 2 | 2026-02-01 | false | 2 | 1 | 0.5 |  50 | 150
        2026-02-01 | 0 | 2026-02-01 | false | 1 | 1 | 1   |   5 |   5
        """);
  }

  @Test
  void aMonthEndsWithItsLastDay() {
    assertCohorts(
        "ann | 2026-02-05 | SALE | 1.00 |",
        "2026-02-28",
        "2026-02-01 | 0 | 2026-02-01 | true | 1 | 1 | 1 | 1 | 1");
  }

  /** Ann's return of February takes back a sale of December, Bob's says nothing of its sale. */
  @Test
  void aReturnMayGoBackToTheMonthOfItsSale() {
    assertCohorts(
        """
        ann | 2025-12-05 | SALE   | 100.00 |
        ann | 2026-02-02 | RETURN |  30.00 | 2025-12-05
        bob | 2025-12-05 | SALE   | 100.00 |
        bob | 2026-02-02 | RETURN |  10.00 |
        """,
        "2026-02-28",
        """
        2025-12-01 | 0 | 2025-12-01 | true | 2 | 2 | 1 | 170 | 170
        2025-12-01 | 1 | 2026-01-01 | true | 2 | 0 | 0 |   0 | 170
        2025-12-01 | 2 | 2026-02-01 | true | 2 | 0 | 0 | -10 | 160
        """);
  }

  private void assertCohorts(String transactions, String asOf, String expected) {
    Sources sources =
        Sources.of(
            frame(
                spark,
                "customer_id string, transaction_time date, type string, amount decimal(10,2),"
                    + " sale_date date",
                transactions));
    Night night = sources.night();
    CustomerMeasures.State state =
        new CustomerMeasures(new Money(2), List.of(), Period.lifetime(LocalDate.parse(asOf)))
            .stateWithCohorts(sources.rows(night, asOf), Optional.empty());
    List<CohortMonth> sales = state.cohorts(state.folded(state.stored()));

    assertFrame(
        frame(spark, COLUMNS, expected),
        spark.createDataFrame(
            Cohorts.rows(sales, LocalDate.parse(asOf)), MovementTables.COHORTS.schema()));
  }
}
