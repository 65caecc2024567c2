package io.karat.expressions;

import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.testing.LocalSpark;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class RowExpressionTest {
  private static final String WHY =
      " is not allowed: an expression uses one row only and always gives the same result. 'karat"
          + " dictionary --functions' lists the allowed functions";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          CAST('abc' AS DECIMAL)                        | null
          CAST(1e30 AS DECIMAL(18,2))                   | null
          CAST('2026-02-31' AS DATE)                    | null
          to_date('31/02/2026', 'dd/MM/yyyy')           | null
          to_date('28/02/2026', 'dd/MM/yyyy')           | 2026-02-28
          'abc' + 1                                     | null
          2147483647 + 1                                | null
          CAST(2147483648 AS INT)                       | null
          int(3e9)                                      | null
          1 / 0                                         | null
          7 / 2                                         | 3.5
          CAST('12:30' AS TIMESTAMP)                    | null
          to_timestamp('12:30')                         | null
          timestamp_seconds(9223372036854775807)        | null
          timestamp_seconds(0)                          | 1970-01-01 00:00:00
          make_date(2026, 2, 31)                        | null
          CAST('12,5' AS DOUBLE)                        | null
          concat(a, b)                                  | ax
          CASE WHEN a LIKE 'a%' THEN upper(b) END       | X
          a = 1                                         | null
          size(CAST(null AS ARRAY<INT>))                | null
          """)
  void givesNullWhereItFails(String sql, String value, SparkSession spark) {
    Dataset<Row> row = frame(spark, "a string, b string", "a | x");

    Dataset<Row> values =
        TrySemantics.lenient(spark, () -> row.select(RowExpression.parse(sql).column()));

    assertEquals(value, String.valueOf(text(values)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a / b     | 2    | 3    | 0.666667
          a / b     | 1    | 0    | null
          a / b     | 1    | -1   | null
          a / b     |      | 1    | null
          a / b     | 0.01 | 8000 | 0.000001
          a / b * 2 | 1    | 3    | 0.666666
          """)
  void dividesExactlyInARatio(String sql, String a, String b, String value, SparkSession spark) {
    Dataset<Row> row =
        frame(
            spark,
            "a decimal(38,2), b bigint",
            "%s | %s".formatted(a == null ? "" : a, b == null ? "" : b));

    Dataset<Row> values =
        TrySemantics.lenient(spark, () -> row.select(RowExpression.parse(sql).ratio(Map.of())));

    assertEquals(value, String.valueOf(text(values)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          unix_timestamp()                        | function 'unix_timestamp' without an argument
          sum(a) OVER (PARTITION BY b)            | a window function (OVER)
          a IN (SELECT 1)                         | a subquery
          (SELECT 1)                              | a subquery
          a AS b                                  | an alias (AS)
          *                                       | '*'
          CAST('today' AS DATE)                   | 'today' as a day or time
          to_date('Yesterday')                    | 'Yesterday' as a day or time
          to_timestamp_ntz('now')                 | 'now' as a day or time
          try_to_timestamp('Tomorrow')            | 'Tomorrow' as a day or time
          CAST('now' AS TIMESTAMP)                | 'now' as a day or time
          CAST('today UTC' AS TIMESTAMP_NTZ)      | 'today UTC' as a day or time
          DATE 'today'                            | 'today' as a day or time
          date ' Now '                            | ' Now ' as a day or time
          a < DATE "yesterday"                    | 'yesterday' as a day or time
          DATE R'tomorrow'                        | 'tomorrow' as a day or time
          DATE 'to\\u0064ay'                      | 'today' as a day or time
          abs(datediff(a, DATE 'today+08:00'))    | 'today+08:00' as a day or time
          TIMESTAMP 'now'                         | 'now' as a day or time
          TIMESTAMP_NTZ 'today'                   | 'today' as a day or time
          TIMESTAMP_LTZ 'YESTERDAY Asia/Tokyo'    | 'YESTERDAY Asia/Tokyo' as a day or time
          TIMESTAMP '12:30'                       | '12:30' as a day or time
          TIMESTAMP 'T0:30:01'                    | 'T0:30:01' as a day or time
          """)
  void refusesWhatLooksBeyondTheRow(String sql, String what) {
    ExpressionException error =
        assertThrows(ExpressionException.class, () -> RowExpression.parse(sql));

    assertEquals(what + WHY, error.getMessage());
  }

  /** Spark has functions that are called without parentheses; a column may have such a name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user                             | user              | `user`",
        "a > current_timestamp            | current_timestamp | a > `current_timestamp`",
        "concat(a, Session_User)          | session_user      | concat(a, `Session_User`)",
        "CASE WHEN a THEN current_date END | current_date     | CASE WHEN a THEN `current_date` END",
        "current_time                     | current_time      |   `current_time`",
      })
  void aNameOfAFunctionIsAColumnInBackticksOnly(String bare, String name, String quoted) {
    ExpressionException error =
        assertThrows(ExpressionException.class, () -> RowExpression.parse(bare));

    assertEquals(
        "'%1$s'%2$s. If a column is meant, write `%1$s` in backticks".formatted(name, WHY),
        error.getMessage());
    assertTrue(
        RowExpression.parse(quoted).words().stream().anyMatch(name::equalsIgnoreCase), quoted);
  }

  /** Spark's own list says what kind of function it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          split(a, '-')                           | 'split' is not allowed: it gives or takes several values, a column holds one. Use split_part(text, ',', 1) for one part;
          from_json(a, 'x INT')                   | 'from_json' is not allowed: it gives or takes several values, a column holds one. Use get_json_object(text, '$.name') for one value;
          size(transform(a, x -> x))              | 'transform' is not allowed: it gives or takes several values, a column holds one.
          sum(a)                                  | 'sum' is not allowed: it looks at several rows, an expression at one.
          lag(a)                                  | 'lag' is not allowed: it looks at several rows, an expression at one.
          explode(array(1))                       | 'explode' is not allowed: it makes several rows of one.
          rand()                                  | 'rand' is not allowed: its result differs from run to run.
          now()                                   | 'now' is not allowed: its result differs from run to run.
          current_date()                          | 'current_date' is not allowed: its result differs from run to run.
          localtimestamp()                        | 'localtimestamp' is not allowed: its result differs from run to run.
          input_file_name()                       | 'input_file_name' is not allowed: its result depends on more than the row.
          input_file_block_start()                | 'input_file_block_start' is not allowed: its result depends on more than the row.
          monotonically_increasing_id()           | 'monotonically_increasing_id' is not allowed: its result depends on more than the row.
          java_method('java.util.UUID','a')       | 'java_method' is not allowed: its result depends on more than the row.
          to_number(a, '999')                     | 'to_number' is not allowed: it is not on the list of functions that give one value per row, the same in every run. Use try_to_number;
          soundex(a)                              | 'soundex' is not allowed: it is not on the list of functions that give one value per row, the same in every run.
          splt_part(a, ',', 1)                    | 'splt_part' is not known to Spark. Did you mean 'split_part'?
          catalog.f(a)                            | 'catalog.f' is not known to Spark.
          """)
  void saysWhyAFunctionIsNotAllowed(String sql, String why) {
    ExpressionException error =
        assertThrows(ExpressionException.class, () -> RowExpression.parse(sql));

    assertEquals(
        "function " + why + " 'karat dictionary --functions' lists the allowed functions",
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          _metadata                               | _metadata
          _metadata.file_path                     | _metadata.file_path
          upper(_METADATA.File_Name)              | _METADATA.File_Name
          `_Metadata`.row_index > 0               | _Metadata.row_index
          _metadata['file_size']                  | _metadata
          coalesce(a, _metadata.file_path)        | _metadata.file_path
          """)
  void refusesTheHiddenColumnOfFiles(String sql, String name) {
    ExpressionException error =
        assertThrows(ExpressionException.class, () -> RowExpression.parse(sql));

    assertEquals(
        "'%s' is not allowed: it depends on where files lie, not on what they say. Use columns of the files"
            .formatted(name),
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          DATE 'epoch'                            | 1970-01-01
          DATE '2026-02-28'                       | 2026-02-28
          TIMESTAMP_LTZ 'epoch'                   | 1970-01-01 00:00:00
          TIMESTAMP '2026-02-28 12:30:00Z'        | 2026-02-28 12:30:00
          TIMESTAMP_NTZ '2026-02-28 12:30:00'     | 2026-02-28 12:30:00
          word = 'today'                          | true
          concat('now ', word)                    | now today
          CAST('today' AS STRING)                 | today
          CASE word WHEN 'today' THEN '12:30' END | 12:30
          word IN ('yesterday', 'today')          | true
          metadata                                | m
          date_format(day, 'yyyy')                | 2026
          """)
  void allowsTheSameWordsAsText(String sql, String value, SparkSession spark) {
    Dataset<Row> row =
        frame(spark, "word string, metadata string, day date", "today | m | 2026-02-28");

    Dataset<Row> values =
        TrySemantics.fitting(spark, () -> row.select(RowExpression.parse(sql).column()));

    assertEquals(value, String.valueOf(text(values)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          day < 'today'                           | today
          day BETWEEN 'yesterday' AND 'now'       | yesterday
          at >= 'Tomorrow'                        | Tomorrow
          at > '12:30'                            | 12:30
          datediff('today', day)                  | today
          year('now')                             | now
          CAST(concat('to', 'day') AS DATE)       | today
          greatest(day, to_date(lower('TODAY')))  | today
          """)
  void refusesATextThatBecomesADayOfTheClock(String sql, String text, SparkSession spark) {
    Dataset<Row> row = frame(spark, "day date, at timestamp", "2026-02-28 | 2026-02-28 12:30:00");
    RowExpression expression = RowExpression.parse(sql);

    ExpressionException error =
        assertThrows(
            ExpressionException.class,
            () -> TrySemantics.fitting(spark, () -> row.select(expression.column())));

    assertEquals("'%s' as a day or time".formatted(text) + WHY, error.getMessage());
  }

  /** 2026-01-01 begins in Tokyo nine hours before it begins in UTC, at second 1,767,225,600. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          TIMESTAMP '2026-01-01 00:00:00'           | 1767193200
          TIMESTAMP_LTZ '2026-01-01'                | 1767193200
          CAST('2026-01-01 00:00:00' AS TIMESTAMP)  | 1767193200
          TIMESTAMP '2026-01-01 00:00:00Z'          | 1767225600
          TIMESTAMP 'epoch'                         | 0
          """)
  void takesTheTimeZoneOfTheSessionAlsoIfItIsParsedBefore(
      String sql, String second, SparkSession spark) {
    RowExpression expression = RowExpression.parse("unix_seconds(%s)".formatted(sql));

    spark.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
    try {
      Dataset<Row> values =
          TrySemantics.fitting(
              spark, () -> frame(spark, "a string", "x").select(expression.column()));
      assertEquals(second, text(values));
    } finally {
      spark.conf().set("spark.sql.session.timeZone", "UTC");
    }
  }

  @Test
  void saysThatATextIsNoTime() {
    ExpressionException error =
        assertThrows(ExpressionException.class, () -> RowExpression.parse("TIMESTAMP 'noon'"));

    assertEquals(
        "'TIMESTAMP 'noon'' is not Spark SQL: The value of the typed literal \"TIMESTAMP\" is"
            + " invalid: 'noon'.",
        error.getMessage());
  }

  @Test
  void allowsAColumnCalledMetadata() {
    assertEquals(Set.of("metadata"), RowExpression.parse("metadata.file_path").words());
  }

  @Test
  void saysWhereTheSyntaxIsWrong() {
    ExpressionException error =
        assertThrows(ExpressionException.class, () -> RowExpression.parse("abs(a"));

    assertEquals(
        "'abs(a' is not Spark SQL: Syntax error at or near end of input." + " (line 1, pos 5)",
        error.getMessage());
  }

  @Test
  void refusesABrokenPattern() {
    ExpressionException error =
        assertThrows(ExpressionException.class, () -> RowExpression.parse("a RLIKE '(b'"));

    assertEquals("'(b' is not a regular expression: unclosed group", error.getMessage());
  }

  @Test
  void knowsTheNamesItUses() {
    assertEquals(
        Set.of("Quantity", "price"), RowExpression.parse("abs(Quantity * price.net)").words());
  }

  private static Object text(Dataset<Row> values) {
    return values
        .selectExpr("cast(`" + values.columns()[0].replace("`", "``") + "` as string)")
        .first()
        .get(0);
  }
}
