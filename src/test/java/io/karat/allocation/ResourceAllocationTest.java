package io.karat.allocation;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.allocation.AllocationPlan.Resource;
import io.karat.allocation.ResourceAllocation.Proposal;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.settings.AllocationSettings;
import io.karat.settings.AllocationSettings.Answers;
import io.karat.settings.AllocationSettings.Effort;
import io.karat.settings.AllocationSettings.Method;
import io.karat.settings.AllocationSettings.Period;
import io.karat.settings.AllocationSettings.Worth;
import io.karat.settings.BilingualText;
import io.karat.settings.LabelSettings;
import io.karat.settings.LabelSettings.Rule;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import io.karat.testing.LocalSpark;
import io.karat.testing.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of effort among tiers and their customers, on tables of a few. */
@ExtendWith(LocalSpark.class)
class ResourceAllocationTest {
  private static final Location AT = new Location("test", "allocation.visits");
  private static final String CUSTOMERS =
      """
      a | GOLD  | 6 | 30.00
      b | GOLD  | 0 | 20.00
      c | GOLD  | 1 | 20.00
      d | GOLD  | 1 | 10.00
      e | BASIC | 0 | 20.00
      f |       | 2 | 0.00
      """;

  private final SparkSession spark;

  ResourceAllocationTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * 80 of 100 in value are GOLD's: 5 of 6 units by largest remainder (4.8). Of these 1.875, 1.25,
   * 1.25 and 0.625: one each for a, b and c, then one each for the two largest remainders, a and d.
   */
  @Test
  void unitsAreInProportionToValueByLargestRemainders() {
    assertEquals(
        """
        a | GOLD | 6 | 2 | -4
        b | GOLD | 0 | 1 | 1
        c | GOLD | 1 | 1 | 0
        d | GOLD | 1 | 1 | 0
        e | BASIC | 0 | 1 | 1
        f | null | 2 | 0 | -2
        """,
        rows(new Rules(6, Method.VALUE), CUSTOMERS));
  }

  /** Of 3 equal customers and 5 units each has 2, as 6 is nearer to 5 than 3; of 4 units, 1. */
  @Test
  void equalCustomersHaveEqualUnits() {
    String equal = "a | GOLD | 0 | 7.00\nb | GOLD | 0 | 7.00\nc | GOLD | 0 | 7.00\n";

    assertEquals("2 2 2", units(new Rules(5, Method.VALUE), equal));
    assertEquals("1 1 1", units(new Rules(4, Method.VALUE), equal));
    assertEquals("1 1 1", units(new Rules(3, Method.VALUE), equal.replace("7.00", "0.00")));
    assertEquals("2 2 2", units(new Rules(5, Method.VALUE), equal.replace("7.00", "-3.00")));
  }

  /**
   * BASIC has four fifths of 20, but its only customer may have 5 units; so GOLD has 15. Each of
   * its customers has 3 at least, and of the other 3 by value 1.125, 0.75, 0.75 and 0.375: one for
   * a, and one each for the two largest remainders.
   */
  @Test
  void sharesAreGivenAndBoundsKept() {
    Rules rules =
        new Rules(20, Method.SHARE).shares("0.2", "0.8").bounded(Map.of("GOLD", 3), Optional.of(5));

    assertEquals("4 4 4 3 5 0", units(rules, CUSTOMERS));
  }

  /** 10 units by value would be 6, 2 and 2; with at most 4 each, 6 are left for b and c: 3 each. */
  @Test
  void whatOneMayNotHaveIsSharedByTheOthers() {
    String customers = "a | GOLD | 0 | 60.00\nb | GOLD | 0 | 20.00\nc | GOLD | 0 | 20.00\n";
    Rules rules = new Rules(10, Method.VALUE);

    assertEquals("6 2 2", units(rules, customers));
    assertEquals("4 3 3", units(rules.bounded(Map.of(), Optional.of(4)), customers));
    assertEquals("2 2 2", units(rules.bounded(Map.of(), Optional.of(2)), customers));
  }

  /**
   * GOLD is worth 80 with 8 units now and BASIC, which has none now, cannot be asked about: it has
   * its least. The curve 2 x² / (1 + x²) of GOLD is steepest at first, so its units count their
   * mean up to the best of all means, at the present 8: 80 / 8 = 10 each. The 9th brings 160 (81 /
   * 145 - 64 / 128) = 9.38, less its cost.
   */
  @Test
  void theNextUnitGoesWhereItBringsMost() {
    Rules rules =
        new Rules(9, Method.RESPONSE)
            .answers(new Answers(decimal("0"), decimal("0.4"), decimal("1.384615"), decimal("2")))
            .bounded(Map.of("BASIC", 1), Optional.empty());
    Proposal proposal = proposal(rules, CUSTOMERS);

    assertEquals(
        """
        visits | GOLD | 4 | 80.00 | 8.00 | 8 | 7 | -1.00 | 64.00 | 64.00 | 7.38
        visits | BASIC | 1 | 20.00 | 0.00 | 1 | 1 | 1.00 | 20.00 | null | null
        """,
        proposal.tiers(Map.of("GOLD", 7L, "BASIC", 1L)).stream()
            .map(ResourceAllocationTest::tier)
            .collect(joining()));
    assertEquals(false, proposal.isShort());
    assertTrue(proposal(rules.bounded(Map.of("GOLD", 3), Optional.empty()), CUSTOMERS).isShort());
  }

  private static String tier(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i : new int[] {0, 1, 5, 6, 7, 8, 9, 10, 11, 12, 13}) {
      Object value = row.get(i);
      text.append(text.isEmpty() ? "" : " | ")
          .append(
              value instanceof BigDecimal number
                  ? number.setScale(2, RoundingMode.HALF_UP)
                  : value);
    }
    return text.append('\n').toString();
  }

  /**
   * 300 customers of one tier, many of them equal: everybody has the whole part of the own quota,
   * and those with the largest remainders one more, equal ones together.
   */
  @Test
  void aCountByHandGivesTheSameUnits() {
    Random random = new Random(7);
    List<Integer> values =
        IntStream.range(0, 300).mapToObj(i -> random.nextInt(12) * random.nextInt(9)).toList();
    String customers =
        IntStream.range(0, 300)
            .mapToObj(i -> "c%03d | GOLD | 0 | %d.00\n".formatted(i, values.get(i)))
            .collect(joining());
    int total = 1_000;
    int all = values.stream().mapToInt(it -> it).sum();
    int left = total - values.stream().mapToInt(it -> total * it / all).sum();
    int cut = 0;
    long nearest = left;
    for (int remainder : values.stream().map(it -> total * it % all).distinct().toList()) {
      long with = values.stream().filter(it -> total * it % all >= remainder).count();
      if (Math.abs(with - left) < nearest || (Math.abs(with - left) == nearest && with > left)) {
        nearest = Math.abs(with - left);
        cut = remainder;
      }
    }
    int least = cut;
    String expected =
        values.stream()
            .map(it -> total * it / all + (least > 0 && total * it % all >= least ? 1 : 0))
            .map(String::valueOf)
            .collect(joining(" "));

    assertEquals(expected, units(new Rules(total, Method.VALUE), customers));
  }

  /** Who is treated how: by the gap, and by how hard it is to develop the customer. */
  @Test
  void treatmentIsTheFirstRuleThatHolds() {
    Dataset<Row> rows = proposal(new Rules(6, Method.VALUE), CUSTOMERS).rows();

    assertEquals(
        "REDUCE INVEST HOLD HOLD INVEST REDUCE",
        rows.orderBy("customer_id").collectAsList().stream()
            .map(row -> row.<String>getAs("treatment"))
            .collect(joining(" ")));
    assertEquals(
        List.of("Reduce effort", "减少投入", "EASY", "Easy"),
        rows.filter("customer_id = 'a'")
            .selectExpr(
                "array(treatment_name, treatment_name_zh, difficulty, difficulty_name) texts")
            .first()
            .getList(0));
  }

  /**
   * Rules of a test.
   *
   * @param answers of GOLD
   */
  private record Rules(
      int total,
      Method method,
      Map<String, BigDecimal> shares,
      Map<String, Answers> answers,
      Map<String, Integer> least,
      Optional<Integer> most) {
    Rules(int total, Method method) {
      this(total, method, Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    Rules shares(String gold, String basic) {
      return new Rules(
          total,
          method,
          Map.of("GOLD", decimal(gold), "BASIC", decimal(basic)),
          answers,
          least,
          most);
    }

    Rules answers(Answers gold) {
      return new Rules(total, method, shares, Map.of("GOLD", gold), least, most);
    }

    Rules bounded(Map<String, Integer> low, Optional<Integer> high) {
      return new Rules(total, method, shares, answers, low, high);
    }

    AllocationSettings settings() {
      return new AllocationSettings(
          new Effort(total, Period.QUARTER, "visits_90d", decimal("2")),
          "tier_of_test",
          new Worth("value_90d", BigDecimal.ONE),
          method,
          shares,
          answers,
          least,
          most,
          Optional.of("development"),
          new LabelSettings(
              "treatment",
              List.of(
                  rule("effort_gap >= 0.5", "INVEST"),
                  rule("effort_gap <= -0.5", "REDUCE"),
                  new Rule(Optional.empty(), "HOLD", AT)),
              false,
              AT),
          AT);
    }

    private static Rule rule(String when, String then) {
      return new Rule(Optional.of(new Expression(when, AT)), then, AT);
    }
  }

  private Proposal proposal(Rules rules, String customers) {
    Dataset<Row> frame =
        TextTable.frame(
                spark,
                "customer_id string, tier_of_test string, visits_90d bigint, value_90d decimal(18,2)",
                customers)
            .selectExpr("*", "'EASY' development");
    State order = new State("tier_of_test", List.of("GOLD", "BASIC"), new BilingualText("", ""));
    State difficulty = new State("development", List.of("EASY"), new BilingualText("", ""));
    Resource resource = new Resource(rules.settings(), order, Optional.of(difficulty), List.of());
    return new ResourceAllocation(resource, ScorePlan.builtIn()).proposal(frame);
  }

  private String rows(Rules rules, String customers) {
    return proposal(rules, customers).rows().orderBy("customer_id").collectAsList().stream()
        .map(
            row ->
                "%s | %s | %s | %s | %s\n"
                    .formatted(
                        row.getAs("customer_id"),
                        row.getAs("tier"),
                        plain(row.getAs("effort_now")),
                        row.getAs("effort_proposed"),
                        plain(row.getAs("effort_gap"))))
        .collect(joining());
  }

  private String units(Rules rules, String customers) {
    return proposal(rules, customers).rows().orderBy("customer_id").collectAsList().stream()
        .map(row -> String.valueOf(row.<Integer>getAs("effort_proposed")))
        .collect(joining(" "));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal decimal(String number) {
    return new BigDecimal(number);
  }
}
