package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTreeTest {
  /** Three segments: customers with large sales, and of the others recent and silent ones. */
  @Test
  void conditionsAreInTheUnitsOfTheIndicators() {
    List<Rule> rules =
        RuleTree.rules(
            List.of("recency_days", "sales"),
            new double[][] {
              {3, 9, 12, 210, 5, 300, 280, 8},
              {900.5, 1200, 20, 35, 40, 1500, 10, 18}
            },
            new int[] {0, 0, 1, 2, 1, 0, 2, 1},
            List.of("S1", "S2", "S3"));

    assertEquals(
        """
        S2: sales < 500 AND recency_days < 100 (3, 1.000000)
        S3: sales < 500 AND recency_days >= 100 (2, 1.000000)
        S1: sales >= 500 (3, 1.000000)
        """,
        text(rules));
  }

  @Test
  void oneSegmentNeedsNoCondition() {
    List<Rule> rules =
        RuleTree.rules(List.of("sales"), new double[][] {{1, 2}}, new int[] {0, 0}, List.of("S1"));

    assertEquals("S1: TRUE (2, 1.000000)\n", text(rules));
  }

  /** The cut is above the first value and at or below the second. */
  @Test
  void cutsHaveFewDigits() {
    assertEquals(new BigDecimal("500"), RuleTree.cut(40, 900.5));
    assertEquals(new BigDecimal("0.5"), RuleTree.cut(0.49, 0.51));
    assertEquals(new BigDecimal("3"), RuleTree.cut(2, 3));
    assertEquals(new BigDecimal("0"), RuleTree.cut(-5, 5));
    assertEquals(new BigDecimal("-10"), RuleTree.cut(-12.4, -8.1));
    assertEquals(new BigDecimal("0.123456789"), RuleTree.cut(0.123456788, 0.123456789));
  }

  private static String text(List<Rule> rules) {
    StringBuilder text = new StringBuilder();
    rules.forEach(
        rule ->
            text.append(
                "%s: %s (%d, %s)%n"
                    .formatted(rule.segment(), rule.sql(), rule.customers(), rule.purity())));
    return text.toString();
  }
}
