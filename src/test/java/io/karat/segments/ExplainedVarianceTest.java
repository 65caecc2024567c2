package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.segments.ExplainedVariance.Group;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainedVarianceTest {
  /**
   * 1 and 3 in one group, 6 and 10 in the other: the mean is 5, the squares about it 16 + 4 + 1 +
   * 25 = 46, those of the group means 2 x 9 + 2 x 9 = 36. Adjusted: 1 - 10 / 46 x 3 / 2.
   */
  @Test
  void theShareBetweenGroups() {
    ExplainedVariance explained = ExplainedVariance.of(List.of(group(2, 4, 10), group(2, 16, 136)));

    assertEquals(new BigDecimal("0.7826"), explained.share());
    assertEquals(new BigDecimal("0.6739"), explained.adjustedShare());
    assertEquals(2, explained.groups());
  }

  @Test
  void nothingVaries() {
    assertTrue(ExplainedVariance.of(List.of(group(3, 0, 0), group(2, 0, 0))).isOfNothing());
  }

  private static Group group(long customers, long sum, long squares) {
    return new Group(customers, BigDecimal.valueOf(sum), BigDecimal.valueOf(squares));
  }
}
