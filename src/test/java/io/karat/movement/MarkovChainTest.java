package io.karat.movement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarkovChainTest {
  private static final Map<String, Map<String, Long>> THREE_TIERS =
      Map.of(
          "GOLD", Map.of("GOLD", 362L, "SILVER", 126L, "BASIC", 60L),
          "SILVER", Map.of("GOLD", 136L, "SILVER", 90L, "BASIC", 68L),
          "BASIC", Map.of("GOLD", 50L, "SILVER", 79L, "BASIC", 124L));
  private static final List<String> TIERS = List.of("GOLD", "SILVER", "BASIC");

  private static MarkovChain chain(List<String> states, Map<String, Map<String, Long>> counts) {
    return MarkovChain.of(states, counts, "left");
  }

  private static double share(Map<String, Double> mix, String state) {
    return Objects.requireNonNull(mix.get(state));
  }

  private static void assertShares(Map<String, Double> expected, Map<String, Double> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((state, share) -> assertEquals(share, share(found, state), 1e-9, state));
  }

  @Test
  void theLongRunOfAPublishedMatrixIsThePublishedOne() {
    Map<String, Double> mix = chain(TIERS, THREE_TIERS).stationary().orElseThrow();

    assertEquals(.500887057, share(mix, "GOLD"), 5e-10);
    assertEquals(.269365608, share(mix, "SILVER"), 5e-10);
    assertEquals(.229747335, share(mix, "BASIC"), 5e-10);
  }

  @Test
  void afterManyPeriodsTheMixIsThatOfTheLongRun() {
    MarkovChain chain = chain(TIERS, THREE_TIERS);

    assertShares(
        chain.stationary().orElseThrow(), chain.mix(Map.of("BASIC", 7L), 200).orElseThrow());
  }

  /** Of ten in A eight stay; both in B stay. After two periods 0.8 x 0.8 of A are left. */
  @Test
  void aMixGoesOnStepByStep() {
    MarkovChain chain =
        chain(List.of("A", "B"), Map.of("A", Map.of("A", 8L, "B", 2L), "B", Map.of("B", 2L)));

    assertShares(Map.of("A", 0.8, "B", 0.2), chain.mix(Map.of("A", 5L), 1).orElseThrow());
    assertShares(Map.of("A", 0.64, "B", 0.36), chain.mix(Map.of("A", 5L), 2).orElseThrow());
    // Half way between both.
    assertShares(Map.of("A", 0.72, "B", 0.28), chain.mix(Map.of("A", 5L), 1.5).orElseThrow());
    assertEquals(Optional.empty(), chain.mix(Map.of("ELSEWHERE", 5L), 1));
  }

  /**
   * With d = 0.25 a step later counts 0.8. In two steps B brings 10 + 0.8 x 10 = 18; A brings 100
   * and then half A, half B: 100 + 0.8 x (100 + 10) / 2 = 144. In half a step each brings half.
   */
  @Test
  void valuesAddUpDiscountedSteps() {
    MarkovChain chain =
        chain(List.of("A", "B"), Map.of("A", Map.of("A", 1L, "B", 1L), "B", Map.of("B", 3L)));

    Map<String, Double> reward = Map.of("A", 100.0, "B", 10.0);
    assertShares(Map.of("A", 144.0, "B", 18.0), chain.discounted(reward, 0.25, 2));
    assertShares(Map.of("A", 50.0, "B", 5.0), chain.discounted(reward, 0.25, 0.5));
    // 100 + 0.8 x (50 + 5) / 2 and 10 + 0.8 x 5.
    assertShares(Map.of("A", 122.0, "B", 14.0), chain.discounted(reward, 0.25, 1.5));
  }

  @Test
  void withoutADiscountThereIsNoValue() {
    MarkovChain chain = chain(TIERS, THREE_TIERS);

    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> chain.discounted(Map.of(), 0, 1));
    assertEquals("Invalid discount 0.0: expected a number above 0", refusal.getMessage());
  }

  /** Customers who left stay away and bring nothing, though no step from there was ever counted. */
  @Test
  void whereSomeLeaveAllDoInTheEnd() {
    MarkovChain chain = chain(List.of("A", "left"), Map.of("A", Map.of("A", 3L, "left", 1L)));

    assertShares(Map.of("A", 0.0, "left", 1.0), chain.stationary().orElseThrow());
    // 100 + 0.8 x 0.75 x 100.
    assertShares(Map.of("A", 160.0, "left", 0.0), chain.discounted(Map.of("A", 100.0), 0.25, 2));
  }

  /** A and B keep to themselves, and so does C; the start decides where a customer ends. */
  @Test
  void twoGroupsThatAreNeverLeftHaveNoCommonLongRun() {
    MarkovChain chain =
        chain(
            List.of("A", "B", "C"),
            Map.of("A", Map.of("B", 1L), "B", Map.of("A", 1L, "B", 1L), "C", Map.of("C", 4L)));

    assertEquals(Optional.empty(), chain.stationary());
  }

  /** The mix itself swings forever, but on average half of customers are in each. */
  @Test
  void aSwingHasALongRunOnAverage() {
    MarkovChain chain =
        chain(List.of("A", "B"), Map.of("A", Map.of("B", 1L), "B", Map.of("A", 1L)));

    assertShares(Map.of("A", 0.5, "B", 0.5), chain.stationary().orElseThrow());
    assertShares(Map.of("A", 1.0, "B", 0.0), chain.mix(Map.of("A", 1L), 2).orElseThrow());
  }

  /** New customers come from a state that nobody returns to, so its share in the long run is 0. */
  @Test
  void aStateThatIsOnlyLeftHasNoPartInTheLongRun() {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>(THREE_TIERS);
    counts.put("never_seen", Map.of("BASIC", 5L));
    Map<String, Double> mix =
        chain(List.of("GOLD", "SILVER", "BASIC", "never_seen"), counts).stationary().orElseThrow();

    assertEquals(0, share(mix, "never_seen"));
    assertEquals(.500887057, share(mix, "GOLD"), 5e-10);
  }

  /**
   * No step from C was counted, and from D only steps to C. Without both, all of A stay; but only
   * three of six go on to bring something: 100 + 0.8 x 100 / 2.
   */
  @Test
  void statesOfWhichItIsNotKnownWhatComesNextAreLeftOut() {
    MarkovChain chain =
        chain(
            List.of("A", "C", "D", "E"),
            Map.of("A", Map.of("A", 3L, "C", 1L, "D", 2L), "D", Map.of("C", 2L)));

    assertEquals(List.of("A"), chain.states());
    assertShares(Map.of("A", 1.0), chain.stationary().orElseThrow());
    assertShares(Map.of("A", 140.0), chain.discounted(Map.of("A", 100.0), 0.25, 2));
  }

  @Test
  void aChainOfNothingHasNothing() {
    MarkovChain chain = chain(List.of("A"), Map.of());

    assertEquals(List.of(), chain.states());
    assertEquals(Optional.empty(), chain.stationary());
    assertEquals(Optional.empty(), chain.mix(Map.of("A", 1L), 1));
    assertEquals(Map.of(), chain.discounted(Map.of("A", 1.0), 0.1, 12));
  }
}
