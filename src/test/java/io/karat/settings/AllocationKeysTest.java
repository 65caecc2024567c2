package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.AllocationSettings.Effort;
import io.karat.settings.AllocationSettings.Method;
import io.karat.settings.AllocationSettings.Period;
import io.karat.settings.AllocationSettings.Worth;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the keys under {@code allocation}. */
class AllocationKeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "allocation: false\n", "allocation: {}\n"})
  void nothingIsAllocatedUnlessItIsAskedFor(String yaml) {
    Settings settings = Configurations.read(Configurations.LEAST + yaml);

    assertEquals(Map.of(), settings.allocation());
    assertEquals(Configurations.read(Configurations.LEAST).canonical(), settings.canonical());
  }

  @Test
  void mostKeysHaveDefaults() {
    AllocationSettings visits =
        Objects.requireNonNull(
            Configurations.read(
                    Configurations.LEAST
                        + "allocation: {visits: {total: 10, measure: a_90d, value: b_90d}}\n")
                .allocation()
                .get("visits"));

    assertEquals("visits", visits.name());
    assertEquals(new Effort(10, Period.QUARTER, "a_90d", BigDecimal.ZERO), visits.effort());
    assertEquals(90, visits.effort().per().days());
    assertEquals(new Worth("b_90d", BigDecimal.ONE), visits.worth());
    assertEquals("profit_tier", visits.order());
    assertEquals(Method.VALUE, visits.method());
    assertEquals(Optional.empty(), visits.mostEach());
    assertEquals(Optional.empty(), visits.difficulty());
    assertEquals(
        List.of("NO_EFFORT", "INVEST", "REDUCE", "HOLD"),
        visits.treatment().rules().stream().map(LabelSettings.Rule::then).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "measure: a, value: b     | 'allocation.visits.total' is missing, expected a whole number"
            + " from 1 to 100000. Add it.",
        "total: 9, measure: a     | 'allocation.visits.value' is missing, expected a number of"
            + " customer_indicators or customer_value. Add it.",
        "total: 9, measure: a, value: b, per: day | 'allocation.visits.per' is 'day', expected week,"
            + " month, quarter or year.",
        "total: 9, measure: a, value: b, method: share, share: {GOLD: 0.4, BASIC: 0.5} |"
            + " 'allocation.visits.share' adds up to 0.9, expected 1. Correct the shares.",
        "total: 9, measure: a, value: b, share: {GOLD: 1} | 'allocation.visits.share' is not used."
            + " Write 'method: share' or remove it.",
        "total: 9, measure: a, value: b, method: response | 'allocation.visits.response' is empty,"
            + " expected answers, as 'method' is response. Add them.",
        "total: 9, measure: a, value: b, response: {GOLD: {none: 0.9, half: 0.8, more: 1.1, most: 1.2}}"
            + " | 'allocation.visits.response.GOLD' does not rise: expected none < half < 1 < more <"
            + " most. Correct the answers.",
        "total: 9, measure: a, value: b, treatment: [{when: effort_gap > 0, then: MORE}] |"
            + " 'allocation.visits.treatment[0]' is the last and has a condition, so some customers"
            + " would have no label. Add one without a condition, such as {then: OTHER}.",
      })
  void mistakesAreReported(String written, String problem) {
    assertEquals(
        List.of("karat.yaml:8: " + problem),
        Configurations.problemsOf("allocation: {visits: {" + written + "}}\n"));
  }

  @Test
  void resourcesAndTreatmentsMayHaveNames() {
    String allocation =
        "allocation: {visits: {total: 9, measure: a, value: b, treatment: [{then: CALL}]}}\n";

    assertEquals(
        List.of(),
        Configurations.problemsOf(
            allocation + "names: {CALL: {en: Call, zh: 致电}, visits: {zh: 拜访}}\n"));
    assertEquals(
        List.of("karat.yaml:9: 'names.CALLS' is a code that no model has. Did you mean 'CALL'?"),
        Configurations.problemsOf(allocation + "names: {CALLS: {en: Call}}\n"));
  }
}
