package io.karat.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierOrderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HIGHER | 30 | 20 | 10 | passed | Profit (last 365 days): the mean gets worse from tier to"
            + " tier of pyramid 'profit'.",
        "LOWER  | 10 | 20 | 30 | passed | Profit (last 365 days): the mean gets worse from tier to"
            + " tier of pyramid 'profit'.",
        "HIGHER | 20 | 20 | 20 | passed | Profit (last 365 days): the mean gets worse from tier to"
            + " tier of pyramid 'profit'.",
        "HIGHER | 10 | 30 | 20 | warned | Tiers of pyramid 'profit' are out of order: the mean of"
            + " Profit (last 365 days) is 30.00 GBP in B, better than 10.00 GBP in A before it. Expected"
            + " means that get worse from tier to tier; change the weights or 'normalise' of"
            + " 'pyramids.profit'.",
        "LOWER  | 10 | 30 | 20 | warned | Tiers of pyramid 'profit' are out of order: the mean of"
            + " Profit (last 365 days) is 20.00 GBP in C, better than 30.00 GBP in B before it. Expected"
            + " means that get worse from tier to tier; change the weights or 'normalise' of"
            + " 'pyramids.profit'.",
      })
  void aTierIsNotBetterThanTheOneBefore(
      Better better, BigDecimal a, BigDecimal b, BigDecimal c, String status, String message) {
    Map<BilingualText, BigDecimal> means = new LinkedHashMap<>();
    means.put(new BilingualText("A", "甲"), a);
    means.put(new BilingualText("B", "乙"), b);
    means.put(new BilingualText("C", "丙"), c);

    BilingualText profit = new BilingualText("Profit (last 365 days)", "利润（最近 365 天）");
    Money money = new Money(2, Optional.of(Currency.getInstance("GBP")));
    CheckResult result =
        new TierOrder("profit", profit, better, means, money::text).check(Severity.WARN);

    assertEquals(status, result.status());
    assertEquals(message, result.message().en());
  }
}
