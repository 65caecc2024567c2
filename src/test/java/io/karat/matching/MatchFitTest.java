package io.karat.matching;

import static io.karat.matching.AgreementLevel.CLOSE;
import static io.karat.matching.AgreementLevel.DIFFERENT;
import static io.karat.matching.AgreementLevel.EQUAL;
import static io.karat.matching.AgreementLevel.NEAR;
import static io.karat.matching.AgreementLevel.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.matching.BlockingRule.Term;
import io.karat.settings.MatchingSettings.Compare;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Fits of models of duplicates to counts whose probabilities are known. */
class MatchFitTest {
  private static final List<MatchField> FIELDS =
      List.of(
          new MatchField("name", Compare.NAME, "match_0"),
          new MatchField("phone", Compare.DIGITS, "match_1"),
          new MatchField("email", Compare.TEXT, "match_2"));

  /** The truth, by field and level. */
  private static final double[][] M = {
    {0.80, 0.12, 0.03, 0.05}, {0.70, 0.15, 0.05, 0.10}, {0.90, 0.04, 0.02, 0.04}
  };

  private static final double[][] U = {
    {0.010, 0.010, 0.020, 0.960}, {0.001, 0.004, 0.015, 0.980}, {0.002, 0.003, 0.005, 0.990}
  };

  @Test
  void weightsAreBitsOfTheRatio() {
    FieldOdds odds =
        new FieldOdds(new double[] {0.8, 0.1, 0.05, 0.05}, new double[] {0.1, 0.1, 0.4, 0.4});

    assertEquals(3, odds.weight(EQUAL), 1e-12);
    assertEquals(0, odds.weight(CLOSE), 1e-12);
    assertEquals(-3, odds.weight(NEAR), 1e-12);
    assertEquals(-3, odds.weight(DIFFERENT), 1e-12);
    assertEquals(0, odds.logRatios()[UNKNOWN.number()]);
  }

  /** One field, two levels: 60 of 100 agree. With m 0.9 and u 0.1 the share is 5/8. */
  @Test
  void theShareOfPairsOfOneCustomerSolvesItsEquation() {
    AgreementCounts counts =
        AgreementCounts.of(
            Map.of(
                AgreementCounts.pattern(EQUAL), 600_000L,
                AgreementCounts.pattern(DIFFERENT), 400_000L));
    List<FieldOdds> odds =
        List.of(
            new FieldOdds(
                new double[] {0.9, 1e-9, 1e-9, 0.1}, new double[] {0.1, 1e-9, 1e-9, 0.9}));

    double share = new ExpectationMaximization(counts, field -> true).share(0.5, 1_000_000, odds);

    assertEquals((0.6 - 0.1) / (0.9 - 0.1), share, 1e-5);
  }

  /** 20,000 pairs of one customer among 40 million, compared where any field is equal. */
  @Test
  void plantedProbabilitiesAreFoundAgain() {
    ComparedPairs pairs =
        new ComparedPairs(
            pairs(5_000, 10_000_000, levels -> true),
            List.of(
                pairs(20_000, 40_000_000, levels -> levels.get(0) == EQUAL),
                pairs(20_000, 40_000_000, levels -> levels.get(1) == EQUAL),
                pairs(20_000, 40_000_000, levels -> levels.get(2) == EQUAL)),
            pairs(20_000, 40_000_000, levels -> levels.contains(EQUAL)),
            List.of(0L, 0L, 0L));

    MatchModel model = new MatchFit(FIELDS, rules(), pairs, 40_020_000).model(0);

    for (int field = 0; field < FIELDS.size(); field++) {
      assertArrayEquals(M[field], model.odds().get(field).m(), 0.005, FIELDS.get(field).name());
      assertArrayEquals(U[field], model.odds().get(field).u(), 0.0002, FIELDS.get(field).name());
    }
    // All but the 0.2 x 0.3 x 0.1 of them that agree on no field are compared.
    assertEquals(20_000 * 0.994 / 40_020_000, model.share(), 3e-6);
    assertEquals(List.of(), model.unlearned());
  }

  @Test
  void aGivenPriorIsKeptAndAFieldOfEveryRuleIsNamed() {
    List<BlockingRule> rules = List.of(new BlockingRule(List.of(new Term(FIELDS.get(0), true))));
    AgreementCounts counts = pairs(1_000, 1_000, levels -> true);
    ComparedPairs pairs = new ComparedPairs(counts, List.of(counts), counts, List.of(2_000L));

    MatchModel model = new MatchFit(FIELDS, rules, pairs, 1_000_000).model(0.25);

    assertEquals(0.25, model.share());
    assertEquals(List.of("name"), model.unlearned());
  }

  private static List<BlockingRule> rules() {
    return FIELDS.stream().map(field -> new BlockingRule(List.of(new Term(field, false)))).toList();
  }

  /** Expected counts of pairs of one customer and of two, as far as their levels are wanted. */
  private static AgreementCounts pairs(
      long matches, long others, Predicate<List<AgreementLevel>> wanted) {
    Map<Long, Long> counts = new HashMap<>();
    AgreementLevel[] known = {EQUAL, CLOSE, NEAR, DIFFERENT};
    for (AgreementLevel name : known) {
      for (AgreementLevel phone : known) {
        for (AgreementLevel email : known) {
          List<AgreementLevel> levels = List.of(name, phone, email);
          double expected = matches * chance(M, levels) + others * chance(U, levels);
          if (wanted.test(levels)) {
            counts.put(AgreementCounts.pattern(name, phone, email), Math.round(expected));
          }
        }
      }
    }
    return AgreementCounts.of(counts);
  }

  private static double chance(double[][] odds, List<AgreementLevel> levels) {
    double chance = 1;
    for (int field = 0; field < levels.size(); field++) {
      chance *= odds[field][levels.get(field).number()];
    }
    return chance;
  }
}
