package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTextTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "0.85, 0", "0.849999, 1"})
  void rulesThatAreOnlyRoughlyRightSaySo(BigDecimal fidelity, int remarks) {
    assertEquals(remarks, text(fidelity, List.of()).remarks().size());
  }

  @Test
  void theRemarkSaysHowManyCustomers() {
    assertEquals(
        List.of(
            new BilingualText(
                "The segments' rules in words are only roughly right: they give 79.3 % of customers"
                    + " the segment of the nearest centre, expected at least 85 %. Select customers"
                    + " by segment_id.",
                "分群的文字规则仅为近似描述：规则结果与最近中心的分群一致的客户占 79.3 %，应不低于 85 %。筛选客户请用" + " segment_id。")),
        text(new BigDecimal("0.7934"), List.of()).remarks());
  }

  /** A small segment among others need not have a rule. */
  @Test
  void aSegmentWithoutARuleHasNobodyByRule() {
    RuleText rules =
        text(BigDecimal.ONE, List.of(new Rule("S1", List.of(), 10, new BigDecimal("0.9"))));

    assertEquals("TRUE", rules.condition("S1"));
    assertEquals("FALSE", rules.condition("S2"));
  }

  private static RuleText text(BigDecimal fidelity, List<Rule> rules) {
    return new RuleText(
        new SegmentModel(
            SegmentModel.FORMAT,
            SegmentModel.KIND,
            "2026-03-01",
            "",
            new SegmentModel.Training(10, 10, 10, 42, ""),
            List.of(),
            new TreeMap<>(),
            List.of(),
            rules,
            new TreeMap<>(),
            3,
            new TreeMap<>(Map.of("fidelity", fidelity)),
            0));
  }
}
