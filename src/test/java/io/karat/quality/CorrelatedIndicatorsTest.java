package io.karat.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Checks.Severity;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelatedIndicatorsTest {
  private static final BilingualText SALES = new BilingualText("Sales", "交易额");
  private static final BilingualText PROFIT = new BilingualText("Profit", "利润");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0.949999 | true  | passed | The most alike indicators of pyramid 'worth', Sales and Profit,"
            + " correlate by 0.949999.",
        "0.950000 | true  | warned | Sales and Profit of pyramid 'worth' rank customers alike, with a"
            + " correlation of 0.95: expected less than 0.95. What they have in common counts twice;"
            + " leave one out of 'pyramids.worth.weights', or give both together the weight of one.",
        "0.991234 | false | passed | The most alike indicators of pyramid 'worth', Sales and Profit,"
            + " correlate by 0.991.",
      })
  void twoIndicatorsThatSayTheSameCountTwice(
      BigDecimal correlation, boolean isJudged, String status, String message) {
    CheckResult result =
        new CorrelatedIndicators("worth", SALES, PROFIT, correlation, isJudged)
            .check(new Limit(Severity.WARN, new BigDecimal("0.95")));

    assertEquals(status, result.status());
    assertEquals(message, result.message().en());
  }
}
