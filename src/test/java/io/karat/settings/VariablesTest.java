package io.karat.settings;

import static io.karat.settings.Configurations.LEAST;
import static io.karat.settings.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.yaml.Problems;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("FIRM", "Acme", "BLANK", "", "SCALE", "3", "MONEY", "$1 \\ ${FIRM}");

  private final Problems problems = new Problems();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${FIRM}               | Acme",
        "${FIRM} of ${FIRM}    | Acme of Acme",
        "${FIRM:-Else}         | Acme",
        "${UNSET:-Else}        | Else",
        "${BLANK:-Else}        | Else",
        "x${UNSET:-}           | x",
        "x${BLANK}             | x",
        "$${FIRM}              | ${FIRM}",
        "$FIRM costs $5        | $FIRM costs $5",
        "${MONEY}              | $1 \\ ${FIRM}",
      })
  void aVariableStandsForItsText(String written, String name) {
    Settings settings = read(LEAST + "name: " + written, ENVIRONMENT, problems);

    assertEquals(List.of(), problems.messages());
    assertEquals(name, settings.name());
  }

  @Test
  void aVariableMayBeANumberAndStandInQuotes() {
    Settings settings = read(LEAST + "money_scale: \"${SCALE}\"", ENVIRONMENT, problems);

    assertTrue(problems.isEmpty());
    assertEquals(3, settings.moneyScale());
  }

  @Test
  void whatAVariableHoldsIsChecked() {
    read(LEAST + "money_scale: ${FIRM}", ENVIRONMENT, problems);

    assertEquals(
        List.of("karat.yaml:8: 'money_scale' is '${FIRM}', expected a whole number from 0 to 6."),
        problems.messages());
  }

  @Test
  void anUnsetVariableIsNamedOnce() {
    read(LEAST + "money_scale: ${DECIMALS}", ENVIRONMENT, problems);

    assertEquals(
        List.of(
            "karat.yaml:8: 'money_scale' uses the variable 'DECIMALS', which is not set. Set it or"
                + " write ${DECIMALS:-default}."),
        problems.messages());
  }

  @ParameterizedTest
  @CsvSource({"${}", "${FIRM", "${1ST}", "${FIRM-x}"})
  void aBrokenVariableIsExplained(String written) {
    read(LEAST + "name: " + written, ENVIRONMENT, problems);

    assertEquals(
        List.of(
            "karat.yaml:8: 'name' has a '${' without the name of a variable: expected ${NAME} or"
                + " ${NAME:-default}. Write $${ for a literal ${."),
        problems.messages());
  }

  @Test
  void aVariableThatTheCommandLineReplacesNeedNotBeSet() {
    Settings settings = read(LEAST + "name: ${UNSET}", ENVIRONMENT, problems, "name=shop");

    assertTrue(problems.isEmpty());
    assertEquals("shop", settings.name());
  }
}
