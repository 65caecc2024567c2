package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.Language;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of key figures that are unknown for some customers, or for all. */
@ExtendWith(LocalSpark.class)
class UnknownFiguresReportTest {
  private static final String CUSTOMER =
      "%s | false | 90 | 80 | KEY | 0.015 | %s | GOLD | GOLD | ACTIVE | ACTIVE | false | 0.99 |"
          + " %s\n";

  private final SparkSession spark;
  @TempDir private Path folder;

  UnknownFiguresReportTest(SparkSession spark) {
    this.spark = spark;
  }

  /** What is known of nobody, as expected sales without a model, is not shown as 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''      | ''   | ''",
        " 130.00 | ''   | Value at risk: 130 GBP",
        " ''     | 0.00 | Expected gross sales: 0 GBP",
        " 130.00 | 9100 | Value at risk: 130 GBP, Expected gross sales: 9,100 GBP",
      })
  void aFigureThatIsKnownOfNobodyIsLeftOut(String risk, String expected, String shown)
      throws IOException {
    String customers =
        CUSTOMER.formatted("ann", risk, expected) + CUSTOMER.formatted("bob", "", "");

    String page =
        HandMadeRelease.at(spark, folder, Map.of("customer_value", customers)).report(Language.EN);

    assertEquals(shown, String.join(", ", figures(page).toList()));
  }

  private static Stream<String> figures(String page) {
    return Pattern.compile(
            "<p class=\"name\">(.*?)</p>\\s*<p class=\"value\">(.*?)</p>", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(it -> it.group(1) + ": " + it.group(2).replace('\u00a0', ' '))
        .filter(it -> it.startsWith("Value at risk") || it.startsWith("Expected gross"));
  }
}
