package io.karat.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelChecksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                        |  0.15     | passed",
        "{}                                        | -0.15     | passed",
        "{}                                        | -0.150001 | warned",
        "{spend_frequency_correlation: error}      |  0.150001 | refused",
        "{spend_frequency_correlation: off}        |  0.150001 | off",
        "{spend_frequency_correlation: {max: 0.2}} |  0.2      | passed",
      })
  void aCorrelationMayEqualItsLimitInEitherDirection(
      String checks, double correlation, String status) {
    assertEquals(status, checks(checks).spendFrequencyCorrelation(correlation).status());
  }

  @ParameterizedTest
  @CsvSource({"31, passed", "90, passed", "91, warned"})
  void aModelMayBeThreeTimesAsOldAsOneThatBringsACandidate(long days, String status) {
    assertEquals(status, checks("{}").age(days, 30).status());
  }

  @Test
  void resultsAreNamedAsPublished() {
    CheckResult result = checks("{}").spendFrequencyCorrelation(-0.2);

    assertEquals("lifetime", result.check());
    assertEquals("spend_frequency_correlation", result.metric());
    assertEquals(Optional.of(new BigDecimal("-0.200000")), result.value());
    assertEquals(Optional.of(new BigDecimal("0.15")), result.limit());
  }

  @Test
  void messagesSayTheFigureAndTheLimit() {
    assertEquals(
        "warned | Purchase frequency and spend on a day correlate by -0.2: expected at most 0.15 in"
            + " either direction. The spend model assumes that they are independent; look at its"
            + " back-test before you rely on amounts."
            + " | 消费频率与单日消费额的相关系数为 -0.2，绝对值应不超过 0.15。消费模型假定二者独立，使用金额前请查看其回测。",
        Outcomes.of(checks("{}").spendFrequencyCorrelation(-0.2)));
    assertEquals(
        "warned | The lifetime value model is 95 days old: expected at most 90. See karat models"
            + " compare lifetime."
            + " | 客户生命周期价值模型的拟合距今 95 天，应不超过 90 天。请运行 karat models compare lifetime。",
        Outcomes.of(checks("{}").age(95, 30)));
    assertTrue(checks("{}").age(90, 30).isMet());
  }

  private static ModelChecks checks(String checks) {
    return new ModelChecks(Outcomes.configured(checks));
  }
}
