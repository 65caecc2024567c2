package io.karat.expressions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> KNOWN =
      List.of(
          "recency",
          "monetary",
          "frequency",
          "rfm",
          "customer_id",
          "payment_id",
          "payment_time",
          "net_sales_amount_365d",
          "net_sales_amount");

  @ParameterizedTest
  @CsvSource({
    "recncy,    recency",
    "Recency,   recency",
    "mnoetary,  monetary",
    "fm,        rfm",
    "frequence, frequency",
    "satisfied, ",
    "customer,  customer_id",
    "payment,   ",
    "net_sales, net_sales_amount",
  })
  void theNearestWordIsMeant(String written, String meant) {
    assertEquals(Optional.ofNullable(meant), Spelling.closest(written, KNOWN));
  }

  @ParameterizedTest
  @CsvSource({
    "ab, ab, 0",
    "ab, ba, 1",
    "ab, abc, 1",
    "ab, b, 1",
    "ab, ac, 1",
    "'', abc, 3",
    "ca, abc, 3"
  })
  void aSwapOfNeighboursIsOneStep(String left, String right, int steps) {
    assertEquals(steps, Spelling.distance(left, right));
  }
}
