package io.karat.indicators;

import static io.karat.testing.TextTable.frame;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of configured measures, on every table other than transactions. */
@ExtendWith(LocalSpark.class)
class OwnMeasuresTest {
  private static final String AS_OF = "2026-03-01";
  private static final String SOLD = "customer_id string, transaction_time date, amount int";
  private static final String PAID =
      "customer_id string, payment_time date, type string, amount decimal(10,2)";

  private final SparkSession spark;

  OwnMeasuresTest(SparkSession spark) {
    this.spark = spark;
  }

  /** On 5 January Ann paid 10 and 20 and was refunded 5, on 6 January she was refunded 5. */
  @Test
  void paymentsPerRowAndPerDay() {
    bought("dan | 2026-01-05 | 10")
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                PAID,
                """
                ann | 2026-01-05 | PAYMENT | 10
                ann | 2026-01-05 | PAYMENT | 20
                ann | 2026-01-05 | REFUND  | 5
                ann | 2026-01-06 | REFUND  | 5
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, days bigint, best decimal(18,2), kept decimal(18,2),"
                    + " refunded bigint, small bigint",
                """
                ann | 1 | 30 | 20 | 2 | 3
                dan | 0 |    | 0  | 0 | 0
                """),
            AS_OF,
            "indicators.measures={paid_days: {table: payments, per: day, where: payment_count > 0,"
                + " count: 1}, best_day: {table: payments, per: day, max: payment_amount},"
                + " kept_amount: {table: payments, per: day, sum: payment_amount - refund_amount},"
                + " refund_days: {table: payments, per: day, where: refund_amount > 0, count: 1},"
                + " small_rows: {table: payments, where: amount <= 10, count: 1}}",
            "indicators.custom={days: {window: none, value: paid_days},"
                + " best: {window: none, value: best_day, unit: money},"
                + " kept: {window: none, value: kept_amount, unit: money},"
                + " refunded: {window: none, value: refund_days},"
                + " small: {window: none, value: small_rows}}");
  }

  /** Ann: two contacts on 5 January and one on 6 January; the calls cost 1.50 and 2. */
  @Test
  void contactsPerRowAndPerDay() {
    bought("dan | 2026-01-05 | 10")
        .with(
            InputTable.CONTACTS,
            frame(
                spark,
                "customer_id string, contact_time date, type string, channel string,"
                    + " satisfaction int, cost decimal(10,2)",
                """
                ann | 2026-01-05 | TASK      | PHONE | 1 | 1.50
                ann | 2026-01-05 | COMPLAINT | VISIT | 4 | 9
                ann | 2026-01-06 | TASK      | PHONE |   | 2
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, busiest_365d bigint, days_365d bigint,"
                    + " calls_365d decimal(18,2), worst_365d decimal(18,6)",
                """
                ann | 2 | 2 | 3.50 | 1
                dan |   | 0 | 0    |
                """),
            AS_OF,
            "indicators.measures={most: {table: contacts, per: day, max: contact_count},"
                + " contact_days: {table: contacts, per: day, where: contact_count > 0, count: 1},"
                + " call_cost: {table: contacts, where: channel = 'PHONE', sum: cost},"
                + " least: {table: contacts, min: satisfaction}}",
            "indicators.custom={busiest: {value: most}, days: {value: contact_days},"
                + " calls: {value: call_cost, unit: money}, worst: {value: least}}");
  }

  /** The windows of opportunities use the day of creation, 5 January for Ann's second. */
  @Test
  void opportunitiesPerRow() {
    bought("dan | 2026-01-05 | 10")
        .with(
            InputTable.OPPORTUNITIES,
            frame(
                spark,
                "opportunity_id string, customer_id string, created_date date, amount int,"
                    + " probability decimal(3,2), expected_close_date date, closed_date date",
                """
                O1 | ann | 2024-01-05 | 100 | 0.5 | 2026-05-01 | 2025-01-01
                O2 | ann | 2026-01-05 | 70  | 0.8 | 2026-04-01 |
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, open_lifetime bigint, largest_365d decimal(18,2),"
                    + " largest_lifetime decimal(18,2), best_lifetime decimal(18,6),"
                    + " next_lifetime date",
                """
                ann | 1 | 70 | 100 | 0.8 | 2026-04-01
                dan | 0 |    |     |     |
                """),
            AS_OF,
            "indicators.windows=[365d, lifetime]",
            "indicators.measures={open_ones: {table: opportunities, where: is_open, count: 1},"
                + " most: {table: opportunities, max: amount},"
                + " likeliest: {table: opportunities, max: probability},"
                + " soonest: {table: opportunities, where: is_open, min: expected_close_date}}",
            "indicators.custom={open: {value: open_ones}, largest: {value: most, unit: money},"
                + " best: {value: likeliest}, next: {value: soonest, unit: date}}");
  }

  @Test
  void customersAndTheirCharacteristics() {
    bought("dan | 2026-01-05 | 10")
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                "customer_id string, kind string, opening_balance int, region string",
                """
                ann | PERSON     | 70 | NORTH
                bob | ENTERPRISE |    | SOUTH
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, is_northern boolean, firm bigint, owed decimal(18,2)",
                """
                ann | true  | 0 | 70
                bob | false | 1 | 0
                dan | false | 0 | 0
                """),
            AS_OF,
            "inputs.customers.characteristics={region: category}",
            "indicators.measures={northern: {table: customers, where: region = 'NORTH', count: 1},"
                + " firms: {table: customers, where: kind = 'ENTERPRISE', count: 1},"
                + " owed_before: {table: customers, sum: opening_balance}}",
            "indicators.custom={is_northern: {window: none, value: northern > 0, unit: flag},"
                + " firm: {window: none, value: firms},"
                + " owed: {window: none, value: owed_before, unit: money}}");
  }

  /**
   * Ann owes 150 on 20 February, pays 60 on 25 and the rest on 27: more than 100 for 5 days (20 to
   * 24), a positive balance for 7. In the 5 days from 25 February to 1 March she owes at most 90,
   * on 2 of them.
   */
  @Test
  void receivablesPerStretchOfDays() {
    bought(
            """
        ann | 2026-02-20 | 150
        dan | 2025-01-05 | 10
        """)
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                PAID,
                """
                ann | 2026-02-25 | PAYMENT | 60
                ann | 2026-02-27 | PAYMENT | 90
                dan | 2025-01-07 | PAYMENT | 10
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, above_5d bigint, above_365d bigint, above_lifetime bigint,"
                    + " owing_5d bigint, owing_365d bigint, most_5d decimal(18,2),"
                    + " most_365d decimal(18,2), most_lifetime decimal(18,2)",
                """
                ann | 0 | 5 | 5 | 2 | 7 | 90 | 150 | 150
                dan | 0 | 0 | 0 | 0 | 0 | 0  | 0   | 10
                """),
            AS_OF,
            "indicators.windows=[5d, 365d, lifetime]",
            "indicators.measures={high_days: {table: receivables, where: \"overdue > 100\","
                + " sum: days}, owing_days: {table: receivables, where: \"owed > 0\", sum: days},"
                + " highest: {table: receivables, max: overdue}}",
            "indicators.custom={above: {value: high_days}, owing: {value: owing_days},"
                + " most: {value: highest, unit: money}}");
  }

  /** A balance between two events of the same day is the balance of no day. */
  @Test
  void receivablesKnowOnlyTheEndsOfDays() {
    bought(
            """
        ann | 2026-02-20 | 100
        ann | 2026-02-20 | 50
        """)
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                PAID,
                """
                ann | 2026-02-20 | PAYMENT | 30
                ann | 2026-02-20 | PAYMENT | 100
                bob | 2026-02-20 | REFUND  | 40
                bob | 2026-02-20 | PAYMENT | 40
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, highest_lifetime decimal(18,2), lowest_lifetime decimal(18,2),"
                    + " number_lifetime bigint",
                """
                ann | 20 | 20 | 1
                bob | 0  | 0  | 1
                """),
            AS_OF,
            "indicators.windows=[lifetime]",
            "indicators.measures={most: {table: receivables, max: balance},"
                + " least: {table: receivables, min: balance},"
                + " stretches: {table: receivables, count: 1}}",
            "indicators.custom={highest: {value: most, unit: money},"
                + " lowest: {value: least, unit: money}, number: {value: stretches}}");
  }

  /** A characteristic may have a name that is built in for another table. */
  @Test
  void aCharacteristicMayBeCalledLikeAColumnOfAnotherTable() {
    bought("dan | 2026-01-05 | 10")
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                "customer_id string, channel string, amount int, days int",
                "ann | WEB | 70 | 3"))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, amount decimal(18,2), channel string, days bigint,"
                    + " is_web boolean",
                """
                ann | 70 | WEB | 3 | true
                dan |    |     |   | false
                """),
            AS_OF,
            "inputs.customers.characteristics={channel: category, amount: money, days: number}",
            "indicators.measures={web: {table: customers, where: channel = 'WEB', count: 1}}",
            "indicators.custom={is_web: {window: none, value: web > 0, unit: flag}}");
  }

  private Sources bought(String transactions) {
    return Sources.of(frame(spark, SOLD, transactions));
  }
}
