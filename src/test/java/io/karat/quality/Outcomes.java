package io.karat.quality;

import io.karat.settings.Checks;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import java.util.List;
import java.util.Map;

/** Settings and results of checks as text, for tables in tests. */
final class Outcomes {
  private static final String LEAST =
      "inputs: {transactions: {path: p, columns: {customer_id: c, transaction_time: t, amount:"
          + " a}}}";

  private Outcomes() {}

  /** The settings of {@code checks}, a mapping in YAML; {@code {}} means the defaults. */
  static Checks configured(String checks) {
    Problems problems = new Problems();
    Checks settings =
        ConfigurationReader.read(
                "karat.yaml", LEAST + "\nchecks: " + checks, Map.of(), List.of(), problems)
            .checks();
    problems.throwIfAny();
    return settings;
  }

  /** The status and the message in English and in Chinese. */
  static String of(CheckResult result) {
    return "%s | %s | %s".formatted(result.status(), result.message().en(), result.message().zh());
  }
}
