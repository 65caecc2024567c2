package io.karat.input;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.expressions.TrySemantics;
import io.karat.tables.Money;
import io.karat.testing.LocalSpark;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class ExactAmountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          12.34BD                                 | 2 | 1234
          12.30BD                                 | 1 | 123
          12.34BD                                 | 1 | too_many_decimals
          CAST(1e30 AS DECIMAL(38,2))             | 2 | overflowing_amount
          CAST(1e27 AS DECIMAL(38,10))            | 2 | overflowing_amount
          CAST('99999999.999' AS DECIMAL(38,30))  | 2 | too_many_decimals
          CAST(12 AS TINYINT)                     | 2 | 1200
          12                                      | 0 | 12
          12L                                     | 6 | 12000000
          9223372036854775807L                    | 0 | overflowing_amount
          12.34D                                  | 2 | 1234
          0.1D + 0.2D                             | 2 | too_many_decimals
          0.1D + 0.2D                             | 6 | too_many_decimals
          1e15D                                   | 2 | 100000000000000000
          1e30D                                   | 2 | overflowing_amount
          -0.0D                                   | 2 | 0
          CAST('NaN' AS DOUBLE)                   | 2 | unreadable_amount
          CAST('Infinity' AS DOUBLE)              | 2 | overflowing_amount
          CAST(12.34 AS FLOAT)                    | 2 | 1234
          CAST('NaN' AS FLOAT)                    | 2 | unreadable_amount
          '12.345'                                | 2 | too_many_decimals
          ' 12.30 '                               | 2 | 1230
          '12.300'                                | 1 | 123
          '1.2e3'                                 | 0 | 1200
          '1e30'                                  | 2 | overflowing_amount
          'NaN'                                   | 2 | unreadable_amount
          'abc'                                   | 2 | unreadable_amount
          '12d'                                   | 2 | unreadable_amount
          '1,234.50'                              | 2 | unreadable_amount
          ''                                      | 2 | unreadable_amount
          CAST(NULL AS DECIMAL(10,2))             | 2 | unreadable_amount
          """)
  void isReadAsItPrintsOrNotAtAll(String sql, int scale, String expected, SparkSession spark) {
    assertEquals(expected, read(sql, scale, false, spark));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 999999999999999999,   1000000000000000000",
    "2, 9999999999999999.99,  10000000000000000",
    "3, 999999999999999.999,  1000000000000000",
    "6, 999999999999.999999,  1000000000000",
  })
  void hasAtMost18DigitsWithItsDecimals(
      int scale, String largest, String tooLarge, SparkSession spark) {
    assertEquals("999999999999999999", read("'%s'".formatted(largest), scale, false, spark));
    assertEquals("999999999999999999", read(largest + "BD", scale, false, spark));
    assertEquals("overflowing_amount", read("'%s'".formatted(tooLarge), scale, false, spark));
    assertEquals("overflowing_amount", read(tooLarge + "BD", scale, false, spark));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          '12.344'                                | 1234               | -0.004000000000000000
          '12.345'                                | 1235               | 0.005000000000000000
          -12.345BD                               | -1235              | -0.005000000000000000
          '12.34'                                 | 1234               | null
          0.1D + 0.2D                             | 30                 | -0.000000000000000040
          '9999999999999999.994'                  | 999999999999999999 | -0.004000000000000000
          '9999999999999999.995'                  | overflowing_amount | null
          CAST(99999999.999 AS DECIMAL(38,30))    | 10000000000        | 0.001000000000000000
          """)
  void isRoundedHalfUpWhereTheBusinessWantsItSo(
      String sql, String expected, String rounding, SparkSession spark) {
    assertEquals(expected, read(sql, 2, true, spark));
    assertEquals(rounding, String.valueOf(cells(sql, 2, true, spark).get(4)));
  }

  /** Minor units, else the reason for quarantine. */
  private static String read(String sql, int scale, boolean isRounded, SparkSession spark) {
    Row cells = cells(sql, scale, isRounded, spark);
    return IntStream.range(0, 4)
        .filter(i -> !cells.isNullAt(i))
        .mapToObj(i -> cells.get(i).toString())
        .findFirst()
        .orElse("nothing");
  }

  private static Row cells(String sql, int scale, boolean isRounded, SparkSession spark) {
    Dataset<Row> source =
        TrySemantics.lenient(spark, () -> spark.sql("SELECT %s AS amount".formatted(sql)));
    ExactAmount amount =
        new ExactAmount(
            col("amount"), source.schema().apply("amount").dataType(), new Money(scale), isRounded);
    return source
        .select(
            amount.unreadable(),
            amount.overflowing(),
            amount.scaleRefusal(),
            amount.minorUnits(),
            amount.rounding().cast("string"))
        .first();
  }
}
