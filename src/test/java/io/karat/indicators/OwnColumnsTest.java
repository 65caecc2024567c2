package io.karat.indicators;

import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import io.karat.testing.Sources;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of columns of rows that a configuration declares, in measures. */
@ExtendWith(LocalSpark.class)
class OwnColumnsTest {
  private static final String AS_OF = "2026-03-01";

  private final SparkSession spark;

  OwnColumnsTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Ann bought 3 and 1.5 units on 90 days and returned 2 units; one number of units cannot be read.
   * Brand B is older than 30 days.
   */
  @Test
  void transactionsOfUnitsAndBrands() {
    Sources.of(
            frame(
                spark,
                "customer_id string, transaction_time date, type string, amount decimal(10,2),"
                    + " quantity string, label string, shipping string, gift int, ordered date",
                """
                ann | 2026-01-05 | SALE   | 10 | 3    | A | 0.10 | 1 | 2026-01-01
                ann | 2026-01-05 | SALE   | 20 | 1.5  | B | 0.20 | 0 | 2025-12-30
                ann | 2026-02-20 | RETURN | 5  | 2    | A | 0.30 | 0 | 2026-02-19
                ann | 2026-02-21 | SALE   | 5  | many | C |      |   |
                bob | 2026-02-21 | SALE   | 5  |      |   | 9    | 1 | 2026-02-21
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, sold_units_30d decimal(18,6), sold_units_90d decimal(18,6),"
                    + " most_units_90d decimal(18,6), brand_count_30d bigint, brand_count_90d"
                    + " bigint, sold_brands_30d bigint, carriage_90d decimal(18,2), gifts_90d"
                    + " bigint, first_order_90d date, zeros_90d bigint, times_90d bigint",
                """
                ann | 0 | 4.5 | 3 | 2 | 3 | 1 | 0.60 | 1 | 2025-12-30 | 1 | 3
                bob | 0 | 0   |   | 0 | 0 | 0 | 9.00 | 1 | 2026-02-21 | 0 | 1
                """),
            AS_OF,
            "indicators.windows=[30d, 90d]",
            "inputs.transactions.extra={units: {type: number, value: quantity}, brand: {type:"
                + " category, value: label}, shipping: money, is_gift: {type: flag, value: gift},"
                + " ordered: date}",
            "indicators.measures={su: {where: type = 'SALE', sum: units}, mu: {max: units},"
                + " bc: {count_distinct: brand}, sb: {where: type = 'SALE', count_distinct: brand},"
                + " ca: {sum: shipping}, gi: {where: is_gift, count: 1}, fo: {min: ordered},"
                + " zs: {count_distinct: double(units - 3) * 0}, ts: {count_distinct:"
                + " timestamp(ordered)}}",
            "indicators.custom={sold_units: {value: su}, most_units: {value: mu}, brand_count:"
                + " {value: bc}, sold_brands: {value: sb}, carriage: {value: ca, unit: money},"
                + " gifts: {value: gi}, first_order: {value: fo, unit: date}, zeros: {value: zs},"
                + " times: {value: ts}}");
  }

  @Test
  void otherEventTables() {
    Dataset<Row> paid =
        frame(
            spark,
            "customer_id string, payment_time date, amount int, bank string",
            """
            ann | 2026-01-05 | 1 | X
            ann | 2026-01-06 | 1 | Y
            ann | 2026-01-07 | 1 | X
            """);
    Dataset<Row> spoken =
        frame(
            spark,
            "customer_id string, contact_time date, type string, minutes int",
            """
            ann | 2026-01-05 | TASK | 5
            ann | 2026-01-06 | TASK | 7
            """);
    Dataset<Row> hoped =
        frame(
            spark,
            "opportunity_id string, customer_id string, created_date date, amount int, probability"
                + " decimal(3,2), rival string",
            """
            O1 | ann | 2026-01-05 | 1 | 0.5 | R
            O2 | ann | 2026-01-06 | 1 | 0.5 | R
            """);
    Sources.of(
            frame(
                spark,
                "customer_id string, transaction_time date, amount int",
                "bob | 2026-01-05 | 10"))
        .with(InputTable.PAYMENTS, paid)
        .with(InputTable.CONTACTS, spoken)
        .with(InputTable.OPPORTUNITIES, hoped)
        .assertIndicators(
            frame(
                spark,
                "customer_id string, banks bigint, talk bigint, rivals bigint",
                """
                ann | 2 | 12 | 1
                bob | 0 | 0  | 0
                """),
            AS_OF,
            "inputs.payments.extra={bank: category}",
            "inputs.contacts.extra={minutes: number}",
            "inputs.opportunities.extra={rival: category}",
            "indicators.measures={b: {table: payments, count_distinct: bank}, t: {table: contacts,"
                + " sum: minutes}, r: {table: opportunities, count_distinct: rival}}",
            "indicators.custom={banks: {window: none, value: b}, talk: {window: none, value: t},"
                + " rivals: {window: none, value: r}}");
  }

  /** Lines of transaction T2 add up to less than zero, so that its brand is not bought. */
  @Test
  void linesOfTransactionsThatAreUsed() {
    Dataset<Row> lines =
        frame(
            spark,
            "customer_id string, transaction_id string, transaction_time date, type string, amount"
                + " int, units int, brand string",
            """
            ann | T1 | 2026-01-05 | SALE | 10 | 3 | A
            ann | T1 | 2026-01-05 | SALE | -2 | 1 | B
            ann | T2 | 2026-01-06 | SALE | -5 | 7 | C
            """);
    Sources.of(lines)
        .assertIndicators(
            frame(spark, "customer_id string, bought bigint, brands bigint", "ann | 4 | 2"),
            AS_OF,
            "inputs.transactions.grain=line",
            "inputs.transactions.extra={units: number, brand: category}",
            "indicators.measures={u: {sum: units}, b: {count_distinct: brand}}",
            "indicators.custom={bought: {window: none, value: u}, brands: {window: none, value:"
                + " b}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {amount: money}               | 'inputs.transactions.extra.amount' is a column of transactions. Map it under 'inputs.transactions.columns'.
          {net_amount: money}           | 'inputs.transactions.extra.net_amount' is a name of Karat's own. Choose another.
          {day: date}                   | 'inputs.transactions.extra.day' is a name of Karat's own. Choose another.
          {outcome: category}           | 'inputs.transactions.extra.outcome' is a name of Karat's own. Choose another.
          {key_0: category}             | 'inputs.transactions.extra.key_0' is a name of Karat's own. Choose another.
          {units: text}                 | 'inputs.transactions.extra.units' is 'text', expected category, number, money, flag or date, or a mapping such as {type: category, value: city}.
          {u: {type: number, values: {}}} | unknown key 'inputs.transactions.extra.u.values'. Did you mean 'inputs.transactions.extra.u.value'?
          """)
  void aNameThatIsTakenIsRefused(String extra, String message) {
    assertEquals(
        List.of("--set inputs.transactions.extra=" + extra + ": " + message),
        Night.problemsWithSets("inputs.transactions.extra=" + extra));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {per: day, count_distinct: day}               | 'indicators.measures.m.count_distinct' needs 'per: row'. Use count, sum, min or max.
          {table: customers, count_distinct: kind}      | 'indicators.measures.m' counts different values by day, which customers do not have. Use count.
          {table: receivables, count_distinct: balance} | 'indicators.measures.m' counts different values by day, which receivables do not have. Use count.
          {sum: unit}                                   | 'indicators.measures.m.sum' uses 'unit', which is not known here. Did you mean 'units'?
          {per: transaction, sum: units}                | 'indicators.measures.m.sum' uses 'units', which is not known here. Expected one of: day, month_number, day_number, type, amount, cost, transaction_id, line_count.
          """)
  void aMeasureThatDoesNotFitIsRefused(String measure, String message) {
    assertEquals(
        List.of("--set indicators.measures={m: %s}: %s".formatted(measure, message)),
        Night.problemsWithSets(
            "inputs.transactions.extra={units: number}",
            "indicators.measures={m: %s}".formatted(measure)));
  }
}
