package io.karat.scores;

import io.karat.indicators.IndicatorPlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.util.List;
import java.util.Map;

/** Plans of short configurations, for tests. */
final class Plans {
  /** Transactions alone, on lines 1 to 4. */
  static final String TRANSACTIONS =
      """
      inputs:
        transactions:
          path: unused
          columns: {customer_id: a, transaction_time: b, amount: c}
      """;

  /** Every input with every column. */
  static final String EVERYTHING =
      """
      inputs:
        transactions:
          path: unused
          columns: {customer_id: a, transaction_time: b, amount: c, cost: d, due_date: e, product_id: f, channel: g}
        payments: {path: unused, columns: {customer_id: a, payment_time: b, amount: c}}
        contacts: {path: unused, columns: {customer_id: a, contact_time: b, type: c, satisfaction: d, cost: e, resolved_time: f}}
        customers:
          path: unused
          columns: {customer_id: a, kind: b}
          characteristics: {region: category, staff: number, is_listed: flag, founded: date}
        opportunities: {path: unused, columns: {opportunity_id: a, customer_id: b, created_date: c, amount: d, probability: e}}
      """;

  private Plans() {}

  static ScorePlan of(String yaml, String... sets) {
    Problems problems = new Problems();
    ScorePlan plan = of(yaml, problems, sets);
    problems.throwIfAny();
    return plan;
  }

  static ScorePlan of(String yaml, Problems problems, String... sets) {
    Settings settings =
        ConfigurationReader.read("karat.yaml", yaml, Map.of(), List.of(sets), problems);
    return ScorePlan.of(settings, IndicatorPlan.of(settings, problems), problems);
  }

  /** The problems of transactions and {@code more}, which starts on line 5. */
  static List<String> problemsOf(String more, String... sets) {
    Problems problems = new Problems();
    of(TRANSACTIONS + more, problems, sets);
    return problems.messages();
  }
}
