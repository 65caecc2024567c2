package io.karat.lineage;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.quality.CheckResult;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import io.openlineage.client.OpenLineageClientUtils;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests of checks as OpenLineage takes them. */
class AssertionsTest {
  private static final List<CheckResult> CHECKS =
      List.of(
          check("psi", "customer_value", "recency_days", false, Severity.WARN),
          check("psi", "customer_value", "not_published", true, Severity.ERROR),
          check("anomaly", "customer_value", "rows", true, Severity.OFF),
          check("unique", "transactions", "repeated_keys", true, Severity.WARN));

  @Test
  void aCheckNamesItsColumnElseWhatItMeasures() {
    assertEquals(
        """
        psi recency_days false
        psi.not_published null true
        """,
        text(of("customer_value")));
    assertEquals("unique.repeated_keys null true\n", text(of("transactions")));
    assertEquals("", text(of("runs")));
  }

  @Test
  void inputsAndTablesHaveThemInTheSameForm() {
    String expected = "\"assertions\":[{\"assertion\":\"unique.repeated_keys\",\"success\":true}]";
    String input = OpenLineageClientUtils.toJson(of("transactions").ofInput().orElseThrow());
    String output = OpenLineageClientUtils.toJson(of("transactions").ofOutput().orElseThrow());

    assertEquals(expected, input.substring(input.indexOf("\"assertions\""), input.length() - 1));
    assertEquals(expected, output.substring(output.indexOf("\"assertions\""), output.length() - 1));
    assertEquals(Optional.empty(), of("runs").ofInput());
    assertEquals(Optional.empty(), of("runs").ofOutput());
  }

  private static Assertions of(String table) {
    return Assertions.of(CHECKS, table, name -> Optional.of(name).filter("recency_days"::equals));
  }

  private static String text(Assertions assertions) {
    return assertions.assertions().stream()
        .map(it -> "%s %s %s\n".formatted(it.getAssertion(), it.getColumn(), it.getSuccess()))
        .collect(joining());
  }

  private static CheckResult check(
      String name, String table, String metric, boolean isMet, Severity severity) {
    return new CheckResult(
        name,
        table,
        metric,
        Optional.empty(),
        Optional.empty(),
        isMet,
        severity,
        new BilingualText("as expected", "符合预期"));
  }
}
