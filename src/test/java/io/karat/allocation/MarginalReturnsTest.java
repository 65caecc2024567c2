package io.karat.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.allocation.ConcaveEnvelope.Segment;
import io.karat.allocation.MarginalReturns.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Tests of the distribution of units by marginal profit. */
class MarginalReturnsTest {
  /** The maximum of the sum of a sqrt(x) with a given sum of x is at x in proportion to a². */
  @Test
  void underSquareRootsUnitsAreInProportionToSquares() {
    List<Integer> units = MarginalReturns.distributed(1_400, powers(0.5, 10, 20, 30));

    assertEquals(List.of(100, 400, 900), units);
  }

  /**
   * The maximum of the sum of g x^c is at x in proportion to g^(1 / (1 - c)), the recursion of
   * Beswick 1977 in closed form: for c = 0.2 and 16, 81, 256 at 16^1.25 = 32, 81^1.25 = 243,
   * 256^1.25 = 1,024 of 1,299.
   */
  @Test
  void underPowersUnitsAreInProportionToPowers() {
    List<Integer> units = MarginalReturns.distributed(1_299, powers(0.2, 16, 81, 256));

    assertEquals(List.of(32, 243, 1_024), units);
  }

  /** The first unit alone brings 1, but three bring 9: they count 3 each. */
  @Test
  void unitsThatPayOnlyTogetherCountTheirMean() {
    IntToDoubleFunction threshold = units -> new double[] {0, 1, 5, 9, 10}[units];
    Activity late = new Activity(0, 4, threshold);
    Activity even = new Activity(0, 4, units -> 2 * units);

    assertEquals(
        List.of(new Segment(3, 3), new Segment(1, 1)),
        ConcaveEnvelope.of(0, 4, threshold).segments());
    assertEquals(List.of(3, 0), MarginalReturns.distributed(3, List.of(late, even)));
    assertEquals(List.of(3, 4), MarginalReturns.distributed(7, List.of(late, even)));
    assertEquals(List.of(4, 4), MarginalReturns.distributed(9, List.of(late, even)));
  }

  @Test
  void boundsAreKeptAndUnitsThatCostMoreThanTheyBringAreLeft() {
    Activity cheap = new Activity(2, 5, units -> 10 * units);
    Activity dear = new Activity(1, 100, units -> 40 * Math.sqrt(units) - 10 * units);

    // 40 (sqrt(4) - sqrt(3)) = 10.7 is more than 10, 40 (sqrt(5) - sqrt(4)) = 9.4 is not.
    assertEquals(List.of(5, 4), MarginalReturns.distributed(50, List.of(cheap, dear)));
    assertEquals(List.of(2, 3), MarginalReturns.distributed(5, List.of(cheap, Activity.fixed(3))));
  }

  /** No other whole allocation of the total brings more, whatever the concave curves. */
  @Test
  void nothingElseBringsMore() {
    IntToDoubleFunction one = units -> 7 * Math.log1p(units);
    IntToDoubleFunction other = units -> 9 * Math.sqrt(units);
    List<Integer> units =
        MarginalReturns.distributed(
            30, List.of(new Activity(0, 30, one), new Activity(0, 30, other)));

    double found = one.applyAsDouble(units.get(0)) + other.applyAsDouble(units.get(1));
    for (int x = 0; x <= 30; x++) {
      assertTrue(one.applyAsDouble(x) + other.applyAsDouble(30 - x) <= found + 1e-9);
    }
  }

  private static List<Activity> powers(double exponent, int... factors) {
    List<Activity> activities = new ArrayList<>();
    for (int factor : factors) {
      activities.add(new Activity(0, 1_400, units -> factor * StrictMath.pow(units, exponent)));
    }
    return activities;
  }
}
