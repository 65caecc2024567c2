package io.karat.mart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as COPY reads them, and their sums. */
class CopyBufferTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.00",
        "-0.01",
        "0.10",
        "12.50",
        "-1234.567890",
        "0.000000000000000001",
        "9223372036854775807",
        "-9223372036854775808"
      })
  void aDecimalIsWrittenAsItIs(String number) {
    BigDecimal value = new BigDecimal(number);
    CopyBuffer line = new CopyBuffer();

    line.addDecimal(value.unscaledValue().longValue(), value.scale());

    assertEquals(number, new String(line.bytes(), 0, line.length(), UTF_8));
  }

  @Test
  void aSumIsExactBeyondWhatALongHolds() {
    RunningDecimalSum sum = new RunningDecimalSum();
    for (int i = 0; i < 20; i++) {
      sum.add(999_999_999_999_999_999L, 2);
    }
    sum.add(new BigDecimal("12345678901234567890123.45"));
    sum.add(-1, 2);

    assertEquals(new BigDecimal("12345878901234567890123.24"), sum.total());
  }
}
