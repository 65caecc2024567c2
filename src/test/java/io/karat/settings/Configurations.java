package io.karat.settings;

import io.karat.settings.yaml.Problems;
import java.util.List;
import java.util.Map;

/** Short configurations for tests. */
final class Configurations {
  /** The smallest valid configuration, on lines 1 to 7. */
  static final String LEAST =
      """
      inputs:
        transactions:
          path: data/transactions
          columns:
            customer_id: CustomerID
            transaction_time: InvoiceDate
            amount: Quantity * UnitPrice
      """;

  private Configurations() {}

  static Settings read(String text, String... sets) {
    Problems problems = new Problems();
    Settings settings = read(text, Map.of(), problems, sets);
    problems.throwIfAny();
    return settings;
  }

  static Settings read(
      String text, Map<String, String> environment, Problems problems, String... sets) {
    return ConfigurationReader.read("karat.yaml", text, environment, List.of(sets), problems);
  }

  /** The problems of {@link #LEAST} followed by {@code more}, which starts on line 8. */
  static List<String> problemsOf(String more, String... sets) {
    Problems problems = new Problems();
    read(LEAST + more, Map.of(), problems, sets);
    return problems.messages();
  }
}
