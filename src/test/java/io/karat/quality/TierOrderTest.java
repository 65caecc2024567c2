package io.karat.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.Checks.Severity;
import io.karat.settings.IndicatorSettings.Better;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierOrderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HIGHER | 30 | 20 | 10 | passed | The mean profit_365d gets worse from tier to tier of"
            + " pyramid 'profit'.",
        "LOWER  | 10 | 20 | 30 | passed | The mean profit_365d gets worse from tier to tier of"
            + " pyramid 'profit'.",
        "HIGHER | 20 | 20 | 20 | passed | The mean profit_365d gets worse from tier to tier of"
            + " pyramid 'profit'.",
        "HIGHER | 10 | 30 | 20 | warned | Tiers of pyramid 'profit' are out of order: the mean"
            + " profit_365d of B is 30, better than 10 of A before it. Expected means that get"
            + " worse from tier to tier; change the weights or 'normalise' of 'pyramids.profit'.",
        "LOWER  | 10 | 30 | 20 | warned | Tiers of pyramid 'profit' are out of order: the mean"
            + " profit_365d of C is 20, better than 30 of B before it. Expected means that get"
            + " worse from tier to tier; change the weights or 'normalise' of 'pyramids.profit'.",
      })
  void aTierIsNotBetterThanTheOneBefore(
      Better better, BigDecimal a, BigDecimal b, BigDecimal c, String status, String message) {
    Map<String, BigDecimal> means = new LinkedHashMap<>();
    means.put("A", a);
    means.put("B", b);
    means.put("C", c);

    CheckResult result = new TierOrder("profit", "profit_365d", better, means).check(Severity.WARN);

    assertEquals(status, result.status());
    assertEquals(message, result.message().en());
  }
}
