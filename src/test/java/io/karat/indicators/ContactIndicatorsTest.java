package io.karat.indicators;

import static io.karat.testing.TextTable.frame;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of contact indicators. In every table Dan only bought; the others have contacts only. */
@ExtendWith(LocalSpark.class)
class ContactIndicatorsTest {
  private static final String AS_OF = "2026-03-01";
  private static final String CONTACTS =
      "customer_id string, contact_time date, type string, satisfaction string,"
          + " cost decimal(10,2)";

  private final SparkSession spark;

  ContactIndicatorsTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Ann has 6 contacts, one of each kind: 1 / 6 = 0.166667. */
  @Test
  void contactsAreCountedByKindAndAsSharesOfAll() {
    delivered(
            """
            ann | 2026-01-05 | TASK       | |
            ann | 2026-01-05 | PROCESS    | |
            ann | 2026-01-06 | PRAISE     | |
            ann | 2026-01-07 | complaint  | |
            ann | 2026-01-07 | SUGGESTION | |
            ann | 2026-01-07 | OTHER      | |
            """)
        .assertIndicators(
            frame(
                spark,
                "customer_id string, contact_count_365d bigint, task_count_365d bigint,"
                    + " process_count_365d bigint, praise_ratio_365d decimal(18,6),"
                    + " complaint_ratio_365d decimal(18,6), suggestion_ratio_365d decimal(18,6)",
                """
                ann | 6 | 1 | 1 | 0.166667 | 0.166667 | 0.166667
                dan | 0 | 0 | 0 |          |          |
                """),
            AS_OF);
  }

  /** Ann's known levels are 5, 2 and 3.5: 10.5 / 3; 0, 6 and "fine" are unknown. */
  @Test
  void satisfactionIsTheMeanOfTheKnownLevelsFromOneToFive() {
    delivered(
            """
            ann | 2026-01-05 | TASK  | 5    | 10.50
            ann | 2026-01-06 | TASK  | 2    | 0.25
            ann | 2026-01-07 | TASK  | 3.5  |
            ann | 2026-01-08 | TASK  | 0    | -1
            bob | 2026-01-05 | OTHER | 6    |
            bob | 2026-01-05 | OTHER | fine |
            """)
        .assertIndicators(
            frame(
                spark,
                "customer_id string, satisfaction_365d decimal(18,6),"
                    + " service_cost_365d decimal(18,2)",
                """
                ann | 3.5 | 9.75
                bob |     | 0
                dan |     | 0
                """),
            AS_OF);
  }

  /** The 365 days to 1 March 2026 begin on 2 March 2025, 364 days before. */
  @Test
  void aWindowHoldsItsFirstDayAndTheLastContactIsOfAnyTime() {
    delivered(
            """
            ann | 2025-03-02 | TASK | 4 | 1
            bob | 2025-03-01 | TASK | 4 | 1
            cat | 2026-03-01 | TASK | 1 | 1
            cat | 2026-03-02 | TASK | 5 | 9
            """)
        .assertIndicators(
            frame(
                spark,
                "customer_id string, contact_count_365d bigint, contact_count_lifetime bigint,"
                    + " satisfaction_365d decimal(18,6), satisfaction_lifetime decimal(18,6),"
                    + " service_cost_365d decimal(18,2), days_since_last_contact int",
                """
                ann | 1 | 1 | 4 | 4 | 1 | 364
                bob | 0 | 1 |   | 4 | 0 | 365
                cat | 1 | 1 | 1 | 1 | 1 | 0
                dan | 0 | 0 |   |   | 0 |
                """),
            AS_OF,
            "indicators.windows=[365d, lifetime]");
  }

  /**
   * Ann complained on 5 and 20 January; the first was resolved after 3 days, the second after 9, of
   * which the mean is 6. She bought on 20 January, the day of the second complaint, and 8 days
   * later: both times within 90 days. Bob's complaint is resolved after the night, so that it is
   * still open, and he bought 91 days after it; Cat is no complainer, and Dan only bought. Eve
   * bought before.
   */
  @Test
  void complaintsAreResolvedAndCustomersWonBack() {
    Sources.of(
            frame(
                spark,
                "customer_id string, transaction_time date, type string, amount int",
                """
                ann | 2026-01-20 | SALE   | 10
                ann | 2026-01-28 | SALE   | 10
                bob | 2026-03-01 | SALE   | 10
                dan | 2026-01-05 | SALE   | 10
                eve | 2026-01-04 | SALE   | 10
                eve | 2026-01-06 | RETURN | 10
                """))
        .with(
            InputTable.CONTACTS,
            frame(
                spark,
                "customer_id string, contact_time date, type string, satisfaction string,"
                    + " resolved_time date",
                """
                ann | 2026-01-05 | COMPLAINT | | 2026-01-08
                ann | 2026-01-20 | COMPLAINT | | 2026-01-29
                bob | 2025-11-30 | COMPLAINT | | 2026-03-02
                cat | 2026-01-05 | TASK      | |
                eve | 2026-01-05 | COMPLAINT | | 1970-01-01
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, open_complaint_count bigint,"
                    + " complaint_resolution_days_365d decimal(18,6), won_back_count_365d bigint",
                """
                ann | 0 | 6 | 2
                bob | 1 |   | 0
                cat | 0 |   | 0
                dan | 0 |   | 0
                eve | 1 |   | 0
                """),
            AS_OF);
  }

  /** Dan bought on 5 January: contacts of that day and later count, 2 + 3; ann never bought. */
  @Test
  void serviceCountsSinceTheLastSale() {
    delivered(
            """
            ann | 2026-01-05 | TASK  | | 7
            dan | 2026-01-04 | TASK  | | 50
            dan | 2026-01-05 | TASK  | | 2
            dan | 2026-02-05 | OTHER | | 3
            dan | 2026-02-06 | OTHER | |
            dan | 2026-03-02 | TASK  | | 9
            """)
        .assertIndicators(
            frame(
                spark,
                "customer_id string, service_cost_since_sale decimal(18,2)",
                """
                ann | 7
                dan | 5
                """),
            AS_OF);
  }

  private Sources delivered(String contacts) {
    return Sources.of(
            frame(
                spark,
                "customer_id string, transaction_time date, amount int",
                "dan | 2026-01-05 | 10"))
        .with(InputTable.CONTACTS, frame(spark, CONTACTS, contacts));
  }
}
