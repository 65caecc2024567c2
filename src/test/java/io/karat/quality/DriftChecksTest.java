package io.karat.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the drift of 1,000 customers since the fit of 2026-03-01. */
class DriftChecksTest {
  private static final BilingualText SALES =
      new BilingualText("Sales (last 365 days)", "销售额（最近 365 天）");
  private static final BilingualText RECENCY = new BilingualText("Recency", "最近一次消费");
  private static final BilingualText TENURE = new BilingualText("Tenure", "已交易时间");
  private static final Optional<LocalDate> BEFORE = Optional.of(LocalDate.of(2026, 3, 1));
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 2);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                       | 0.1      | passed",
        "{}                       | 0.100001 | warned",
        "{psi: error}             | 0.100001 | refused",
        "{psi: off}               | 0.100001 | off",
        "{psi: {max: 0.3}}        | 0.3      | passed",
        "{psi: {max: 0.3}}        | 0.300001 | warned",
      })
  void anIndexMayEqualItsLimit(String checks, BigDecimal index, String status) {
    assertEquals(
        status,
        drift(checks).psi("recency_days", RECENCY, false, Optional.of(among1000(index))).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                 | 0.05     | passed",
        "{}                                 | 0.050001 | warned",
        "{segment_distance: error}          | 0.050001 | refused",
        "{segment_distance: off}            | 0.050001 | off",
        "{segment_distance: {max: 20%}}     | 0.2      | passed",
        "{segment_distance: {max: 20%}}     | 0.200001 | warned",
      })
  void theShareOfFarCustomersMayEqualItsLimit(String checks, BigDecimal share, String status) {
    assertEquals(status, drift(checks).segmentDistance(Optional.of(share)).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                 | 0.1      | passed",
        "{}                                 | 0.100001 | warned",
        "{segment_movement: error}          | 0.100001 | refused",
        "{segment_movement: off}            | 0.100001 | off",
        "{segment_movement: {max: 0.3}}     | 0.3      | passed",
        "{segment_movement: {max: 0.3}}     | 0.300001 | warned",
      })
  void theShareOfMovedCustomersMayEqualItsLimit(String checks, BigDecimal share, String status) {
    assertEquals(status, drift(checks).segmentMovement(Optional.of(share), BEFORE).status());
  }

  @Test
  void messagesSayTheFigureAndTheLimit() {
    DriftChecks drift = drift("{}");

    assertEquals(
        "passed | Sales (last 365 days) has a population stability index of 0.1 since the fit of 2026-03-01:"
            + " expected at most 0.1."
            + " | 销售额（最近 365 天）自 2026-03-01 拟合以来的群体稳定性指标（PSI）为 0.1，应不超过 0.1。",
        Outcomes.of(drift.psi("sales_amount_365d", SALES, false, index("0.100000"))));
    assertEquals(
        "warned | Sales (last 365 days) has a population stability index of 0.25 since the fit of 2026-03-01:"
            + " expected at most 0.1. Fit the segments again if it stays above."
            + " | 销售额（最近 365 天）自 2026-03-01 拟合以来的群体稳定性指标（PSI）为 0.25，应不超过 0.1。若持续超限，请重新拟合分群。",
        Outcomes.of(drift.psi("sales_amount_365d", SALES, false, index("0.25"))));
    assertEquals(
        "warned | Sales (last 365 days) has a population stability index of 0.26 since the fit of 2026-03-01:"
            + " expected at most 0.1. Above 0.25 is a strong drift: fit the segments again."
            + " | 销售额（最近 365 天）自 2026-03-01 拟合以来的群体稳定性指标（PSI）为 0.26，应不超过 0.1。大于 0.25 属显著漂移，请重新拟合分群。",
        Outcomes.of(drift.psi("sales_amount_365d", SALES, false, index("0.26"))));
    assertEquals(
        "warned | 7 % of customers are further from their centre than 99 % were at the fit of"
            + " 2026-03-01: expected at most 5 %."
            + " | 7 % 的客户到聚类中心的距离超过 2026-03-01 拟合时 99% 的客户，应不超过 5 %。",
        Outcomes.of(drift.segmentDistance(some("0.07"))));
    assertEquals(
        "warned | 12.5 % of customers changed segment since the night of 2026-03-01: expected at most"
            + " 10 %. | 12.5 % 的客户自 2026-03-01 批次以来变更了分群，应不超过 10 %。",
        Outcomes.of(drift.segmentMovement(some("0.125"), BEFORE)));
  }

  @Test
  void nothingToCompareWithPasses() {
    DriftChecks drift = drift("{psi: error, segment_distance: error, segment_movement: error}");

    assertEquals(
        "passed | Sales (last 365 days) has no population stability index: no customers to compare with."
            + " | 销售额（最近 365 天）没有群体稳定性指标（PSI）：没有可比较的客户。",
        Outcomes.of(drift.psi("sales_amount_365d", SALES, false, Optional.empty())));
    assertEquals(
        "passed | Customers far from their centre: no customer has a value for every feature."
            + " | 远离聚类中心的客户：没有特征变量齐全的客户。",
        Outcomes.of(drift.segmentDistance(Optional.empty())));
    assertEquals(
        "passed | Customers who changed segment: no previous night to compare with."
            + " | 变更分群的客户：没有可比较的上一批次。",
        Outcomes.of(drift.segmentMovement(Optional.empty(), Optional.empty())));
  }

  @ParameterizedTest
  @CsvSource({"200, 200, refused", "199, 5000, passed", "5000, 199, passed"})
  void fewerThan200CustomersAreNotJudged(long fitted, long customers, String status) {
    DriftChecks drift =
        new DriftChecks(
            Outcomes.configured("{segment_distance: error, segment_movement: error}"),
            NIGHT,
            "2026-03-01",
            fitted,
            customers);

    assertEquals(status, drift.segmentDistance(some("0.9")).status());
    assertEquals(status, drift.segmentMovement(some("0.9"), BEFORE).status());
  }

  /** Neither on the night of the fit, nor of a feature that grows by itself. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-01, false, passed",
    "2026-03-01, true,  passed",
    "2026-03-02, true,  passed",
    "2026-03-02, false, refused",
    "2026-02-28, false, refused",
  })
  void driftThatSaysNothingOfTheModelIsNotJudged(
      LocalDate night, boolean isGrowing, String status) {
    DriftChecks drift =
        new DriftChecks(Outcomes.configured("{psi: error}"), night, "2026-03-01", 1000, 1000);

    assertEquals(status, drift.psi("tenure_days", TENURE, isGrowing, index("0.9")).status());
  }

  @Test
  void messagesSayWhyDriftIsNotJudged() {
    DriftChecks fit =
        new DriftChecks(
            Outcomes.configured("{}"), LocalDate.of(2026, 3, 1), "2026-03-01", 1000, 1000);

    assertEquals(
        "passed | Sales (last 365 days) has a population stability index of 0.2 on the night of the fit. Not"
            + " judged. | 销售额（最近 365 天）在拟合当日的群体稳定性指标（PSI）为 0.2，不作判断。",
        Outcomes.of(fit.psi("sales_amount_365d", SALES, false, index("0.2"))));
    assertEquals(
        "passed | Tenure has a population stability index of 0.9 since the fit of"
            + " 2026-03-01. Not judged, as it grows merely because days pass. | 已交易时间自"
            + " 2026-03-01 拟合以来的群体稳定性指标（PSI）为 0.9。该指标随时间推移自然增长，不作判断。",
        Outcomes.of(drift("{}").psi("tenure_days", TENURE, true, index("0.9"))));
  }

  @Test
  void theMessageSaysThatFewCustomersAreNotJudged() {
    DriftChecks drift = new DriftChecks(Outcomes.configured("{}"), NIGHT, "2026-03-01", 1000, 199);

    assertEquals(
        "passed | 12.5 % of customers changed segment since the night of 2026-03-01: expected at most"
            + " 10 %. Not judged, as there are fewer than 200 customers."
            + " | 12.5 % 的客户自 2026-03-01 批次以来变更了分群，应不超过 10 %。客户少于 200 人，不作判断。",
        Outcomes.of(drift.segmentMovement(some("0.125"), BEFORE)));
  }

  /** Ten bins of 228 and 224 customers: 27.877 x (1 / 228 + 1 / 224) = 0.2467. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                     | 0.247  | passed",
        "{}                                     | 0.2471 | warned",
        "{psi: error}                           | 0.2471 | refused",
        "{psi: {max: 0.3}}                      | 0.3    | passed",
        "{psi: {max: 0.3}}                      | 0.3001 | warned",
      })
  void theLimitIsAtLeastThatOfChance(String checks, BigDecimal index, String status) {
    PopulationStabilityIndex few = new PopulationStabilityIndex(index, 10, 228, 224);

    assertEquals(
        status, drift(checks).psi("sales_amount_365d", SALES, false, Optional.of(few)).status());
  }

  @Test
  void theMessageSaysThatChanceRaisesTheLimit() {
    PopulationStabilityIndex few =
        new PopulationStabilityIndex(new BigDecimal("0.2471"), 10, 228, 224);

    CheckResult result = drift("{}").psi("sales_amount_365d", SALES, false, Optional.of(few));

    assertEquals(
        "warned | Sales (last 365 days) has a population stability index of 0.2471 since the fit of 2026-03-01:"
            + " expected at most 0.247, which chance alone exceeds once in 1,000 times with 228"
            + " customers then and 224 now (0.1 with many customers). Fit the segments again if it"
            + " stays above."
            + " | 销售额（最近 365 天）自 2026-03-01 拟合以来的群体稳定性指标（PSI）为 0.2471，应不超过 0.247：拟合时 228"
            + " 位、当前 224 位客户，偶然因素导致超过该值的概率为千分之一（客户较多时上限为 0.1）。若持续超限，请重新拟合分群。",
        Outcomes.of(result));
    assertEquals(Optional.of(new BigDecimal("0.247")), result.limit());
  }

  private static DriftChecks drift(String checks) {
    return new DriftChecks(Outcomes.configured(checks), NIGHT, "2026-03-01", 1000, 1000);
  }

  private static Optional<PopulationStabilityIndex> index(String value) {
    return Optional.of(among1000(new BigDecimal(value)));
  }

  /** An index over ten bins, which chance alone moves to 27.877 x 2 / 1,000 = 0.056. */
  private static PopulationStabilityIndex among1000(BigDecimal value) {
    return new PopulationStabilityIndex(value, 10, 1000, 1000);
  }

  private static Optional<BigDecimal> some(String value) {
    return Optional.of(new BigDecimal(value));
  }
}
