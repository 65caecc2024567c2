package io.karat.input;

import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.InputException;
import io.karat.run.UsageException;
import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import io.karat.testing.Sources;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
class MappingProblemsTest {
  private static final String SOURCE = "customer_id string, transaction_time date, amount int";

  @Test
  void namesEveryColumnThatIsMissingAndWhatUsesIt(SparkSession spark) {
    InputException error =
        assertThrows(
            InputException.class,
            () ->
                read(
                    frame(spark, SOURCE, ""),
                    Night.with(
                        "inputs.transactions.columns.amount=Quantity * UnitPrice",
                        "inputs.transactions.where=Country = 'UK'",
                        "inputs.transactions.prefer=loaded_at",
                        "inputs.transactions.key=[amount, InvoiceNo]")));

    assertEquals(
        "Input 'transactions' does not match its mapping: column 'Quantity', used by 'amount', is"
            + " missing; column 'UnitPrice', used by 'amount', is missing; column 'Country', used"
            + " by 'where', is missing; column 'loaded_at', used by 'prefer', is missing; column"
            + " 'InvoiceNo', used by 'key', is missing. Found columns: customer_id,"
            + " transaction_time, amount",
        error.getMessage());
  }

  @Test
  void findsColumnsInAnyCase(SparkSession spark) {
    Dataset<Row> source =
        frame(
            spark, "CUSTOMER_ID string, Transaction_Time date, AMOUNT int", "ann | 2026-01-05 | 1");

    assertEquals(1, read(source, Night.with("inputs.transactions.key=[AMOUNT]")).count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user",
        " User ",
        "`user`",
        "lower(`user`)",
        "current_user",
        "session_user",
        "current_date",
        "localtimestamp",
        "`current_timestamp`",
        "CURRENT_CATALOG"
      })
  void aColumnMayHaveTheNameOfAFunction(String mapped, SparkSession spark) {
    String column = mapped.replaceAll("lower|[`() ]", "");
    Dataset<Row> source =
        frame(spark, SOURCE.replace("customer_id", column), "ann | 2026-01-05 | 1");
    Night night = Night.with("inputs.transactions.columns.customer_id=" + mapped);

    assertEquals("ann", read(source, night).first().getAs("customer_id"));
    InputException error =
        assertThrows(InputException.class, () -> read(frame(spark, SOURCE, ""), night));
    assertTrue(
        String.valueOf(error.getMessage())
            .contains("column '%s', used by 'customer_id', is missing".formatted(column)),
        error::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          transaction_time | 20260301                  | 'transaction_time' is int, expected a timestamp, date or text
          transaction_time | 1772323200L               | 'transaction_time' is bigint, expected a timestamp, date or text
          transaction_time | 20260301D                 | 'transaction_time' is double, expected a timestamp, date or text
          amount           | amount > 0                | 'amount' is boolean, expected a number or text
          cost             | transaction_time          | 'cost' is date, expected a number or text
          due_date         | 20260301                  | 'due_date' is int, expected a timestamp, date or text
          transaction_id   | transaction_time          | 'transaction_id' is date, expected text, a whole number or a UUID
          customer_id      | transaction_time          | 'customer_id' is date, expected text, a whole number or a UUID
          product_id       | amount > 0                | 'product_id' is boolean, expected text, a whole number or a UUID
          """)
  void refusesAColumnOfTheWrongType(
      String column, String expression, String problem, SparkSession spark) {
    InputException error =
        assertThrows(
            InputException.class,
            () ->
                read(
                    frame(spark, SOURCE, ""),
                    Night.with("inputs.transactions.columns.%s=%s".formatted(column, expression))));

    assertEquals(
        "Input 'transactions' has columns of the wrong type: %s. Convert them in the mapping"
            .formatted(problem),
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          number | 'x' is date, expected a number or text
          money  | 'x' is date, expected a number or text
          flag   | 'x' is date, expected true or false, a number or text
          """)
  void refusesACharacteristicOfTheWrongType(String kind, String problem, SparkSession spark) {
    Sources sources =
        Sources.of(frame(spark, SOURCE, ""))
            .with(InputTable.CUSTOMERS, frame(spark, "customer_id string, x date", ""));

    InputException error =
        assertThrows(
            InputException.class,
            () ->
                sources.indicators(
                    "2026-03-01", "inputs.customers.characteristics={x: %s}".formatted(kind)));
    assertEquals(
        "Input 'customers' has columns of the wrong type: %s. Convert them in the mapping"
            .formatted(problem),
        error.getMessage());
  }

  @Test
  void readsANumericTimeWhereTheMappingConvertsIt(SparkSession spark) {
    Dataset<Row> source =
        frame(spark, "customer_id string, transaction_time int, amount int", "ann | 20260105 | 1");
    Night night =
        Night.with(
            "inputs.transactions.columns.transaction_time="
                + "to_date(CAST(transaction_time AS STRING), 'yyyyMMdd')");

    assertEquals(
        "2026-01-05", read(source, night).selectExpr("cast(day as string)").first().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          where        | customer_id     | 'where' is string, expected a condition
          where        | amount          | 'where' is int, expected a condition
          """)
  void refusesAConditionThatIsNone(
      String place, String expression, String problem, SparkSession spark) {
    UsageException error =
        assertThrows(
            UsageException.class,
            () ->
                read(
                    frame(spark, SOURCE, ""),
                    Night.with("inputs.transactions.%s=%s".formatted(place, expression))));

    assertEquals(
        "Input 'transactions' cannot be mapped: %s. Correct 'inputs.transactions.where'."
            .formatted(problem),
        error.getMessage());
  }

  @Test
  void saysWhichExpressionDoesNotFitTheSource(SparkSession spark) {
    UsageException error =
        assertThrows(
            UsageException.class,
            () ->
                read(
                    frame(spark, SOURCE, ""),
                    Night.with("inputs.transactions.columns.amount=year(amount > 0)")));

    assertEquals(
        "Input 'transactions' cannot be mapped: Cannot resolve \"year((amount > 0))\" due to data"
            + " type mismatch: The first parameter requires the \"DATE\" type, however"
            + " \"(amount > 0)\" has the type \"BOOLEAN\"",
        error.getMessage());
  }

  private static Dataset<Row> read(Dataset<Row> source, Night night) {
    return InputRows.of(
            source, night.mapping(), Optional.empty(), LocalDate.of(2026, 3, 1), Set.of(), 4)
        .candidates();
  }
}
