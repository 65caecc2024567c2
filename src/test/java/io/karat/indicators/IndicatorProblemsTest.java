package io.karat.indicators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.Night;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of the problems of configured measures and indicators that are found before data is read.
 */
class IndicatorProblemsTest {
  private static final String WHY =
      " is not allowed: an expression uses one row only and always gives the same result. 'karat"
          + " dictionary --functions' lists the allowed functions.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {sum: amout}                         | 'indicators.measures.x.sum' uses 'amout', which is not known here. Did you mean 'amount'?
          {sum: sales_amount}                  | 'indicators.measures.x.sum' uses 'sales_amount', which is not known here. Did you mean 'net_amount'?
          {where: kind = 'A', sum: amount}     | 'indicators.measures.x.where' uses 'kind', which is not known here. Expected one of: day, month_number, day_number, type, amount, net_amount, cost, transaction_id, product_id, channel, due_date, quantity, discount, usual_amount, sale_date.
          {per: day, sum: amount}              | 'indicators.measures.x.sum' uses 'amount', which is not known here. Expected one of: day, month_number, day_number, sale_count, return_count, sales_amount, return_amount, net_sales_amount.
          {per: transaction, max: line_counts} | 'indicators.measures.x.max' uses 'line_counts', which is not known here. Did you mean 'line_count'?
          {per: product, sum: amount}          | 'indicators.measures.x' is per product, which takes 'count' only, not 'sum'.
          {per: channel, count: 1}             | 'indicators.measures.x' is per channel, which takes 'largest' only, not 'count'.
          """)
  void refusesAMeasure(String measure, String message) {
    assertEquals(
        List.of("karat.yaml:10: " + message), Night.problemsWith("measures:\n  x: " + measure));
  }

  /** Each table has its own names, and not every table has days. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {table: payments, sum: amont}                  | 'indicators.measures.x.sum' uses 'amont', which is not known here. Did you mean 'amount'?
          {table: payments, per: day, sum: sales_amount} | 'indicators.measures.x.sum' uses 'sales_amount', which is not known here. Expected one of: day, month_number, day_number, payment_count, refund_count, payment_amount, refund_amount.
          {table: payments, per: channel, count: 1}      | 'indicators.measures.x' is per channel, which payments do not have. Use per: row or day.
          {table: contacts, max: amount}                 | 'indicators.measures.x.max' uses 'amount', which is not known here. Expected one of: day, month_number, day_number, type, channel, satisfaction, cost, contact_id, resolved_time.
          {table: contacts, per: transaction, count: 1}  | 'indicators.measures.x' is per transaction, which contacts do not have. Use per: row or day.
          {table: customers, max: region}                | 'indicators.measures.x.max' uses 'region', which is not known here. Expected one of: kind, created_date, parent_customer_id, opening_balance, display_name, owner.
          {table: customers, months: 1}                  | 'indicators.measures.x' takes months, which customers do not have. Use count or sum.
          {table: customers, per: day, count: 1}         | 'indicators.measures.x' is per day, which customers do not have. Use per: row.
          {table: opportunities, sum: open}              | 'indicators.measures.x.sum' uses 'open', which is not known here. Expected one of: day, month_number, day_number, amount, probability, opportunity_id, expected_close_date, closed_date, stage, is_won, is_open.
          {table: opportunities, per: day, count: 1}     | 'indicators.measures.x' is per day, which opportunities do not have. Use per: row.
          {table: receivables, sum: due}                 | 'indicators.measures.x.sum' uses 'due', which is not known here. Expected one of: balance, owed, overdue, early, falling_due, days, is_current.
          {table: receivables, per: day, max: overdue}   | 'indicators.measures.x' is per day, which receivables do not have. Use per: row.
          """)
  void refusesAMeasureOfAnotherTable(String measure, String message) {
    assertEquals(
        List.of("karat.yaml:10: " + message), Night.problemsWith("measures:\n  x: " + measure));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          CAST('now' AS DATE)     | 'now' as a day or time
          (SELECT 1)              | a subquery
          sum(sales_amount) OVER () | a window function (OVER)
          """)
  void refusesWhatLooksBeyondTheRow(String expression, String what) {
    assertEquals(
        List.of("karat.yaml:10: 'indicators.custom.x.value': " + what + WHY),
        Night.problemsWith("custom:\n  x: {value: %s}".formatted(expression)));
    assertEquals(
        List.of("karat.yaml:10: 'indicators.measures.x.max': " + what + WHY),
        Night.problemsWith("measures:\n  x: {max: %s}".formatted(expression)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {value: sales_amont}                    | 'indicators.custom.x.value' uses 'sales_amont', which is neither a measure nor an indicator. Did you mean 'sales_amount'?
          {value: Sales_Amount}                   | 'indicators.custom.x.value' uses 'Sales_Amount', which is neither a measure nor an indicator. Did you mean 'sales_amount'?
          {value: sales_amount_90d}               | 'indicators.custom.x.value' uses 'sales_amount_90d', which is neither a measure nor an indicator. Did you mean 'sales_amount_365d'?
          {value: net_sales}                      | 'indicators.custom.x.value' uses 'net_sales', which is neither a measure nor an indicator. Did you mean 'net_sales_amount'?
          {value: x1}                             | 'indicators.custom.x.value' uses 'x1', which is neither a measure nor an indicator.
          {value: amount}                         | 'indicators.custom.x.value' uses 'amount', which is neither a measure nor an indicator.
          {value: profit + 1}                     | 'indicators.custom.x' needs 'transactions.cost', which is not mapped. Map 'inputs.transactions.columns.cost'.
          {value: profit_365d, window: none}      | 'indicators.custom.x' needs 'transactions.cost', which is not mapped. Map 'inputs.transactions.columns.cost'.
          {value: 1, requires: [channel]}         | 'indicators.custom.x' needs 'transactions.channel', which is not mapped. Map 'inputs.transactions.columns.channel'.
          {value: profit, requires: [channel]}    | 'indicators.custom.x' needs 'transactions.channel', 'transactions.cost', which is not mapped. Map 'inputs.transactions.columns.channel', 'inputs.transactions.columns.cost'.
          {value: net_sales_amount, window: none} | 'indicators.custom.x' has no window, so 'net_sales_amount' needs one. Did you mean 'net_sales_amount_365d'?
          {value: x + 1}                          | 'indicators.custom.x' is defined by itself: x -> x. Break the circle.
          {value: x_365d + 1}                     | 'indicators.custom.x' is defined by itself: x -> x. Break the circle.
          {value: abs(}                           | 'indicators.custom.x.value': 'abs(' is not Spark SQL: Syntax error at or near end of input. (line 1, pos 4).
          """)
  void refusesAnIndicator(String indicator, String message) {
    assertEquals(
        List.of("karat.yaml:10: " + message), Night.problemsWith("custom:\n  x: " + indicator));
  }

  @Test
  void findsTheColumnThatAMeasureNeedsInAnyCase() {
    assertEquals(
        List.of(
            "karat.yaml:12: 'indicators.custom.x' needs 'transactions.due_date', which is not"
                + " mapped. Map 'inputs.transactions.columns.due_date'."),
        Night.problemsWith(
            """
            measures:
              due: {where: Due_Date > day, count: 1}
            custom:
              x: {value: due}
            """));
  }

  @Test
  void namesEveryWindowThatMayBeMeant() {
    assertEquals(
        List.of(
            "karat.yaml:11: 'indicators.custom.x' has no window, so 'net_sales_amount' needs one."
                + " Did you mean 'net_sales_amount_90d' or 'net_sales_amount_lifetime'?"),
        Night.problemsWith(
            """
            windows: [90d, lifetime]
            custom:
              x: {value: net_sales_amount, window: none}
            """));
  }

  @Test
  void namesACircleFromEachOfItsPlaces() {
    assertEquals(
        List.of(
            "karat.yaml:10: 'indicators.custom.a' is defined by itself: a -> b -> a."
                + " Break the circle.",
            "karat.yaml:11: 'indicators.custom.b' is defined by itself: b -> a -> b."
                + " Break the circle."),
        Night.problemsWith(
            """
            custom:
              a: {value: b_365d}
              b: {value: a + 1}
              c: {value: a}
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          sales_amount      | 'sales_amount' is the name of a built-in measure or indicator. Choose another.
          profit            | 'profit' is the name of a built-in measure or indicator. Choose another.
          sales_amount_365d | 'sales_amount_365d' is the name of 'sales_amount' over that window. Choose another name.
          customer_id       | 'customer_id' is a name of Karat's own. Choose another.
          run_id            | 'run_id' is a name of Karat's own. Choose another.
          as_of             | 'as_of' is a name of Karat's own. Choose another.
          tally_transactions_used_rows   | 'tally_transactions_used_rows' is a name of Karat's own. Choose another.
          """)
  void refusesANameThatIsTaken(String name, String message) {
    assertEquals(
        List.of("karat.yaml:10: " + message),
        Night.problemsWith("custom:\n  %s: {value: 1}".formatted(name)));
    assertEquals(
        List.of("karat.yaml:10: " + message),
        Night.problemsWith("measures:\n  %s: {count: 1}".formatted(name)));
  }

  /** Configured names, built-in names and names of characteristics share one table. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          region                 | {region: category}                             | 'region' is the name of a characteristic of customers. Choose another.
          region_value           | {region: {type: category, values: {A: 1}}}     | 'region_value' is the name of a characteristic of customers. Choose another.
          age                    | {birth_date: date}                             | 'age' is the name of a characteristic of customers. Choose another.
          """)
  void refusesTheNameOfACharacteristic(String name, String characteristics, String message) {
    assertEquals(
        List.of(message), problems(characteristics, "custom={%s: {value: 1}}".formatted(name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {sales_amount: money}      | 'sales_amount' is the name of a built-in measure or indicator. Choose another.
          {last_contact_day: date}   | 'last_contact_day' is the name of a built-in measure or indicator. Choose another.
          {day: date}                | 'day' is a name of Karat's own. Choose another.
          {outcome: category}        | 'outcome' is a name of Karat's own. Choose another.
          {run_id: category}         | 'run_id' is a name of Karat's own. Choose another.
          {owner: category}          | 'inputs.customers.characteristics.owner' is a column of customers. Map it under 'inputs.customers.columns'.
          {size: {type: category, values: {A: 1}}, size_value: number} | 'size_value' is the name of the values of 'size'. Choose another name.
          """)
  void refusesACharacteristicWhoseNameIsTaken(String characteristics, String message) {
    assertEquals(List.of(message), problems(characteristics, "custom={}"));
  }

  private static List<String> problems(String characteristics, String indicators) {
    return Night.problemsWithSets(
            "inputs.customers.path=unused",
            "inputs.customers.columns.customer_id=customer_id",
            "inputs.customers.characteristics=" + characteristics,
            "indicators." + indicators)
        .stream()
        .map(problem -> problem.replaceFirst("^--set .*}: (?=')", ""))
        .toList();
  }

  @Test
  void tellsEverythingAtOnce() {
    assertEquals(
        List.of(
            "karat.yaml:10: 'indicators.measures.x.sum' uses 'amout', which is not known here."
                + " Did you mean 'amount'?",
            "karat.yaml:12: 'indicators.custom.y.value' uses 'zzz', which is neither a measure nor"
                + " an indicator."),
        Night.problemsWith(
            """
            measures:
              x: {sum: amout}
            custom:
              y: {value: zzz}
            """));
  }

  @Test
  void anUnknownWordIsNotToBeMapped() {
    assertEquals(
        List.of(
            "karat.yaml:10: 'indicators.measures.x.where' uses 'kanal', which is not known here."
                + " Expected one of: day, month_number, day_number, type, amount, net_amount,"
                + " cost, transaction_id, product_id, channel, due_date, quantity, discount,"
                + " usual_amount, sale_date."),
        Night.problemsWith(
            """
            measures:
              x: {where: kanal = 'WEB', sum: amount}
            custom:
              y: {value: x}
            """));
  }
}
