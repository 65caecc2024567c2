package io.karat.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.allocation.Apportionment.Claim;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of whole units in proportion to weights. */
class ApportionmentTest {
  /** 4.5, 3.5 and 2: the first of the equal remainders has the unit. */
  @Test
  void theLargestRemainderHasTheUnit() {
    assertEquals(List.of(5, 3, 2), units(10, claim(45), claim(35), claim(20)));
    assertEquals(List.of(1, 2, 3), units(6, claim(16), claim(34), claim(50)));
  }

  /** Of 10, the last has 4 at least, which leaves 6 for 45 and 35: 3.375 and 2.625. */
  @Test
  void boundsAreKeptAndTheOthersShareTheRest() {
    assertEquals(
        List.of(3, 3, 4), units(10, claim(45), claim(35), new Claim(BigInteger.TWO, 4, 10)));
    assertEquals(
        List.of(2, 5, 3), units(10, new Claim(BigInteger.valueOf(45), 0, 2), claim(35), claim(20)));
  }

  @Test
  void whoeverMayHaveNoMoreLeavesUnits() {
    Claim two = new Claim(BigInteger.ONE, 0, 2);

    assertEquals(List.of(2, 2), units(10, two, two));
    assertEquals(List.of(0, 2), units(10, claim(0), two));
  }

  private static List<Integer> units(int total, Claim... claims) {
    return Apportionment.of(total, List.of(claims));
  }

  private static Claim claim(long weight) {
    return new Claim(BigInteger.valueOf(weight), 0, 1_000);
  }
}
