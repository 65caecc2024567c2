package io.karat.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Test of the sums by text, packed and unpacked. */
class TextSumsTest {
  /** 2 to the power of 64 has 20 digits, which no long holds. */
  @Test
  void everyTextHasItsSumHoweverLarge() {
    TextSums sums = new TextSums();
    sums.add(TextSums.of("网店".getBytes(UTF_8), BigInteger.ONE.shiftLeft(64)));
    sums.add(TextSums.of("网店".getBytes(UTF_8), 5));
    sums.add(TextSums.of("SHOP".getBytes(UTF_8), -3));
    Map<String, BigInteger> expected =
        Map.of("网店", new BigInteger("18446744073709551621"), "SHOP", BigInteger.valueOf(-3));

    assertEquals(expected, TextSums.all(sums));
    assertEquals(expected, TextSums.all(sums.packed(0)));
  }
}
