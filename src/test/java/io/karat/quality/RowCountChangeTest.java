package io.karat.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
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
    assertEquals(
        "passed | The number of rows of 'payments' is not compared: there is no previous night."
            + " | “payments”的行数未作比较：没有上一批次。",
        Outcomes.of(
            new RowCountChange(
                    Outcomes.configured("{row_count_change: error}").rowCountChange(),
                    Optional.empty())
                .check("rows", "payments", 5, Optional.empty())));
    assertEquals(
        "passed | The number of rows of 'payments' is not compared: the night of 2026-02-28 had"
            + " none. | “payments”的行数未作比较：2026-02-28 批次没有数据。",
        Outcomes.of(check("{row_count_change: error}", 5, Optional.of(0L))));
  }

  @Test
  void theMessageSaysTheChange() {
    assertEquals(
        "warned | The number of rows of 'payments' changed by 60 % since the night of 2026-02-28,"
            + " from 10 to 4: expected at most 50 %."
            + " | “payments”的行数较 2026-02-28 批次变化 60 %（由 10 到 4），应不超过 50 %。",
        Outcomes.of(check("{}", 4, Optional.of(10L))));
  }

  private static CheckResult check(String checks, long now, Optional<Long> before) {
    return new RowCountChange(
            Outcomes.configured(checks).rowCountChange(),
            Optional.of(LocalDate.parse("2026-02-28")))
        .check("rows", "payments", now, before);
  }
}
