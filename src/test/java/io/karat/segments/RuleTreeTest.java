package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTreeTest {
  /** Three segments: customers with large sales, and of the others recent and silent ones. */
  @Test
  void conditionsAreInTheUnitsOfTheIndicators() {
    List<Rule> rules =
        RuleTree.rules(
            new LabelledCustomers(
                List.of("recency_days", "sales"),
                new double[][] {
                  {3, 9, 12, 210, 5, 300, 280, 8},
                  {900.5, 1200, 20, 35, 40, 1500, 10, 18}
                },
                new int[] {0, 0, 1, 2, 1, 0, 2, 1},
                3),
            List.of("S1", "S2", "S3"));

    assertEquals(
        """
        S2: sales < 500 AND recency_days < 100 (3, 1.000000)
        S3: sales < 500 AND recency_days >= 100 (2, 1.000000)
        S1: sales >= 500 (3, 1.000000)
        """,
        text(rules));
  }

  /** S1 has the smallest and the largest customers, S2 those between. */
  @Test
  void aSegmentMayHaveTwoAlternatives() {
    List<Rule> rules =
        RuleTree.rules(
            new LabelledCustomers(
                List.of("sales"),
                new double[][] {{10, 20, 30, 200, 300, 900, 950}},
                new int[] {0, 0, 0, 1, 1, 0, 0},
                2),
            List.of("S1", "S2"));

    assertEquals(
        """
        S1: sales < 100 (3, 1.000000)
        S2: sales >= 100 AND sales < 600 (2, 1.000000)
        S1: sales >= 600 (2, 1.000000)
        """,
        text(rules));
  }

  /** One customer of 60 is a segment of its own, and no indicator but sales tells. */
  @Test
  void aGiantAloneHasARule() {
    int count = 60;
    double[][] values = new double[2][count];
    int[] segments = new int[count];
    for (int i = 0; i < count; i++) {
      values[0][i] = i % 30;
      values[1][i] = i == 0 ? 10_000_000 : 100 + 10 * (i % 7);
      segments[i] = i == 0 ? 0 : 1 + i % 30 / 8;
    }
    List<Rule> rules =
        RuleTree.rules(
            new LabelledCustomers(List.of("age", "sales"), values, segments, 5),
            List.of("S1", "S2", "S3", "S4", "S5"));

    assertTrue(rules.stream().anyMatch(it -> it.segment().equals("S1")), text(rules));
  }

  /** Segments in stripes and at random, of which a larger tree would predict more. */
  @ParameterizedTest
  @CsvSource({"2, 1", "3, 3", "5, 1", "5, 4", "8, 2", "20, 5"})
  void nobodyHasToKeepMoreThanTwoAlternativesOfThreeConditionsInMind(int k, int stripes) {
    Random chance = new Random(k);
    int count = 500;
    double[][] values = new double[4][count];
    int[] segments = new int[count];
    for (int i = 0; i < count; i++) {
      for (double[] column : values) {
        column[i] = chance.nextInt(1_000);
      }
      segments[i] = (int) (values[0][i] * stripes * k / 1_000 + values[1][i] / 500) % k;
    }
    List<String> ids = IntStream.rangeClosed(1, k).mapToObj(Segment::id).toList();
    List<Rule> rules =
        RuleTree.rules(
            new LabelledCustomers(List.of("a", "b", "c", "d"), values, segments, k), ids);

    assertTrue(rules.stream().allMatch(rule -> rule.conditions().size() <= 3), text(rules));
    for (String id : ids) {
      assertTrue(rules.stream().filter(it -> it.segment().equals(id)).count() <= 2, text(rules));
    }
    for (int i = 0; i < count; i++) {
      Map<String, Double> customer =
          Map.of("a", values[0][i], "b", values[1][i], "c", values[2][i], "d", values[3][i]);
      assertEquals(1, rules.stream().filter(rule -> rule.holds(customer)).count(), text(rules));
    }
  }

  @Test
  void oneSegmentNeedsNoCondition() {
    List<Rule> rules =
        RuleTree.rules(
            new LabelledCustomers(List.of("sales"), new double[][] {{1, 2}}, new int[] {0, 0}, 1),
            List.of("S1"));

    assertEquals("S1: TRUE (2, 1.000000)\n", text(rules));
  }

  /** The cut is above the first value and at or below the second. */
  @Test
  void cutsHaveFewDigits() {
    assertEquals(new BigDecimal("500"), RuleSplit.cut(40, 900.5));
    assertEquals(new BigDecimal("0.5"), RuleSplit.cut(0.49, 0.51));
    assertEquals(new BigDecimal("3"), RuleSplit.cut(2, 3));
    assertEquals(new BigDecimal("0"), RuleSplit.cut(-5, 5));
    assertEquals(new BigDecimal("-10"), RuleSplit.cut(-12.4, -8.1));
    assertEquals(new BigDecimal("0.123456789"), RuleSplit.cut(0.123456788, 0.123456789));
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
