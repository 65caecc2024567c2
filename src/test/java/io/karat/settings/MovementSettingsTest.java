package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovementSettingsTest {
  private static Optional<MovementSettings> movement(String... sets) {
    return Configurations.read(Configurations.LEAST, sets).movement();
  }

  @Test
  void itIsOnUnlessItIsSwitchedOff() {
    assertEquals(Optional.of(new MovementSettings(30, new BigDecimal("0.1"))), movement());
    assertEquals(
        Optional.of(new MovementSettings(7, new BigDecimal("0.08"))),
        movement("movement={period_days: 7, annual_discount: 8%}"));
    assertEquals(Optional.empty(), movement("movement=false"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true                 | 'movement' is 'true', expected a mapping with keys such as"
            + " 'period_days', or false to switch it off.",
        "{horizon: 30}        | unknown key 'movement.horizon'. Expected one of: period_days,"
            + " annual_discount.",
        "{period: 30}         | unknown key 'movement.period'. Did you mean"
            + " 'movement.period_days'?",
        "{period_days: 1}     | 'movement.period_days' is '1', expected a whole number from 2 to"
            + " 366.",
        "{annual_discount: 0} | 'movement.annual_discount' is '0', expected a number above 0 and at"
            + " most 1, or a percentage such as 20%.",
      })
  void mistakesAreSaid(String movement, String message) {
    assertEquals(
        List.of("karat.yaml:8: " + message),
        Configurations.problemsOf("movement: %s\n".formatted(movement)));
  }
}
