package io.karat.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the forms in which systems write numbers and days. */
@ExtendWith(LocalSpark.class)
class NumberFormTest {
  private final SparkSession spark;

  NumberFormTest(SparkSession spark) {
    this.spark = spark;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234.5 -2 .5 1e3  | PLAIN           | false",
        "1,234.50 7 12.00  | POINT           | false",
        "1.234,50 7 -12,1  | COMMA           | false",
        "$1,234.50 $7      | POINT_WITH_UNIT | false",
        "12,50€ -1.000,00€ | COMMA_WITH_UNIT | false",
        "1,234 2,500       | POINT           | true",
        "1.234 950 2.500   | PLAIN           | true",
        "12.50- 7.00       | POINT_WITH_SIGN | false",
        "(1,234.50) 7.00   | POINT_WITH_SIGN | false",
        "($12.50) $7.00    | POINT_WITH_SIGN | false",
        "$(12.50) $7.00-   | POINT_WITH_SIGN | false",
        "−12.50 7.00       | POINT_WITH_SIGN | false",
        "1.234,50- 7,00    | COMMA_WITH_SIGN | false",
        "(12,50€) 12,50-€  | COMMA_WITH_SIGN | false",
        "1,234- 2,500      | POINT_WITH_SIGN | true",
        "12.50CR 7.00DR    | POINT_WITH_SIDE | false",
        "$1,250.00Cr 7     | POINT_WITH_SIDE | false",
        "1.234,50CR 7,00DR | COMMA_WITH_SIDE | false",
        "1,234CR 2,500DR   | POINT_WITH_SIDE | true",
        "12.50C 7.00D      |                 | false",
        "(12.50 7.00       |                 | false",
        "CG-12520 CG-7     |                 | false",
        "12a 7             |                 | false",
        "2026-01-01        |                 | false",
      })
  void numbersAreKnownByTheirForm(String texts, NumberForm form, boolean isUnsure) {
    List<String> values = List.of(texts.split(" "));

    assertEquals(Optional.ofNullable(form), NumberForm.of(values));
    assertEquals(isUnsure, NumberForm.isUnsure(values));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234.5      | 1234.5",
        "1,234.50-   | -1234.50",
        "(1,234.50)  | -1234.50",
        "($12.50)    | -12.50",
        "$12.50-     | -12.50",
        "−12.50      | -12.50",
        "- 12.50     | -12.50",
        "1.234,50-   | -1234.50",
        "12,50- €    | -12.50",
        "(12,50 EUR) | -12.50",
        "12.50 CR    | -12.50",
        "1,212.50DR  | 1212.50",
        "12,50 € cr  | -12.50",
      })
  void valuesAreTheNumbersThatSparkReads(String text, String number) {
    NumberForm form = NumberForm.of(List.of(text)).orElseThrow();

    assertEquals(new BigDecimal(number), form.value(text).orElseThrow());
    assertEquals(
        number,
        spark
            .sql("SELECT %s".formatted(form.reading("'%s'".formatted(text))))
            .head()
            .get(0)
            .toString());
  }

  /** Of 400 values, few say how all are to be read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "125.500 | 125.500   | PLAIN           | true",
        "125.500 | 1.250.000 | COMMA           | false",
        "125.500 | 1.250,00  | COMMA           | false",
        "125.500 | 12,50     | COMMA           | false",
        "125.500 | 12.50     | PLAIN           | false",
        "125.500 | 1,250.00  | POINT           | false",
        "125,500 | 125,500   | POINT           | true",
        "125,500 | 1,250,000 | POINT           | false",
        "125,500 | 1,250.00  | POINT           | false",
        "125,500 | 12,50     | COMMA           | false",
        "125,500 | 1.250.000 | COMMA           | false",
        "125.50  | 1.250.000 | PLAIN           | true",
        "125,50  | 1,250,000 | COMMA           | true",
        "125.50  | 12,50     | PLAIN           | true",
        "0.125   | 0.250     | PLAIN           | false",
        "0,125   | 0,250     | COMMA           | false",
        "125.500 | -3.250.000 € | COMMA_WITH_UNIT | false",
        "€125,500 | €1,250,000  | POINT_WITH_UNIT | false",
        "125.500 | n/a       | PLAIN           | true",
      })
  void fewValuesSayWhatAMarkMeans(String many, String few, NumberForm form, boolean isUnsure) {
    List<String> values =
        Stream.concat(Collections.nCopies(398, many).stream(), Stream.of(few, few)).toList();

    assertEquals(Optional.of(form), NumberForm.of(values));
    assertEquals(isUnsure, NumberForm.isUnsure(values));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-01-31           | ISO",
        "2026-01-31T10:00:00Z | ISO",
        "2026/1/31 8:05       | yyyy/M/d H:mm",
        "31.01.26             | dd.MM.yy",
        "1/31/2026 2:05:00 PM | M/d/yyyy h:mm:ss a",
        "31-Jan-2026          | d-MMM-yyyy",
        "1767225600           | timestamp_seconds",
        "31.02.2026           | ''",
        "31                   | ''",
      })
  void daysAndTimesAreKnownByTheirForm(String text, String pattern) {
    assertEquals(
        pattern,
        TimeForm.ALL.stream()
            .filter(form -> form.test().test(text))
            .findFirst()
            .map(form -> form.equals(TimeForm.ISO) ? "ISO" : form.pattern())
            .orElse(""));
  }
}
