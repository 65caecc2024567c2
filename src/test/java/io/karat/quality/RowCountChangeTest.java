package io.karat.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCountChangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                         | 100 | 150 | passed",
        "{}                         | 100 | 151 | warned",
        "{}                         | 100 |  50 | passed",
        "{row_count_change: error}  | 100 |  49 | refused",
        "{row_count_change: off}    | 100 |  49 | off",
        "{row_count_change: {max: 1%}} | 100 | 101 | passed",
      })
  void rowsMayChangeByTheLimitInEitherDirection(
      String checks, long before, long now, String status) {
    assertEquals(status, check(checks, now, Optional.of(before)).status());
  }

  @Test
  void withoutAPreviousNightOrRowsThereIsNothingToCompare() {
    String nothing =
        "passed | rows of 'payments': no previous night to compare with."
            + " | “payments”的 rows：没有可比较的上一批次。";

    assertEquals(nothing, Outcomes.of(check("{row_count_change: error}", 5, Optional.empty())));
    assertEquals(nothing, Outcomes.of(check("{row_count_change: error}", 5, Optional.of(0L))));
  }

  @Test
  void theMessageSaysTheChange() {
    assertEquals(
        "warned | rows of 'payments' changed by 60 % from 10 to 4: expected at most 50 %."
            + " | “payments”的 rows 变化 60 %（由 10 到 4），应不超过 50 %。",
        Outcomes.of(check("{}", 4, Optional.of(10L))));
  }

  private static CheckResult check(String checks, long now, Optional<Long> before) {
    return new RowCountChange(Outcomes.configured(checks).rowCountChange())
        .check("rows", "payments", now, before);
  }
}
