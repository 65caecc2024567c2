package io.karat.settings;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.Clustering.AssignBy;
import io.karat.settings.yaml.Problems;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the keys under {@code clustering}. */
class ClusteringTest {
  private static final String INPUTS =
      """
      inputs:
        transactions:
          path: unused
          columns: {customer_id: a, transaction_time: b, amount: c}
      """;

  @Test
  void theDefaultNeedsTransactionsOnly() {
    Clustering clustering = read("", new Problems()).orElseThrow();

    assertEquals(
        List.of(
            "recency_days 1",
            "transaction_day_count_365d 1",
            "net_sales_amount_365d 2",
            "tenure_days 1"),
        clustering.features().stream().map(it -> it.indicator() + " " + it.weight()).toList());
    assertEquals(Optional.of(5), clustering.k());
    assertEquals(200_000, clustering.sample());
    assertEquals(42, clustering.seed());
    assertEquals(AssignBy.CENTROIDS, clustering.assignBy());
    assertEquals(new BigDecimal("0.05"), clustering.hysteresis());
    assertEquals(Optional.empty(), clustering.maxChanged());
    assertTrue(clustering.isDefault());
  }

  @Test
  void everyKeyIsRead() {
    Clustering clustering =
        read(
                """
                clustering:
                  features: {recency_days: 1, tenure_days: 0.5}
                  k: auto
                  seed: 7
                  sample: 5000
                  assign_by: rules
                  hysteresis: 10%
                  accept: {max_changed: 0.15}
                  names: {S1: {en: Stars, zh: 明星客户}}
                """,
                new Problems())
            .orElseThrow();

    assertEquals(2, clustering.features().size());
    assertEquals(Optional.empty(), clustering.k());
    assertEquals(AssignBy.RULES, clustering.assignBy());
    assertEquals(new BigDecimal("0.10"), clustering.hysteresis());
    assertEquals(Optional.of(new BigDecimal("0.15")), clustering.maxChanged());
    assertEquals(Map.of("S1", new BilingualText("Stars", "明星客户")), clustering.names());
  }

  @Test
  void falseSwitchesItOff() {
    assertEquals(Optional.empty(), read("clustering: false\n", new Problems()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k: 1                        | 'clustering.k' is '1', expected a whole number from 2 to 20, or auto.
          k: atuo                     | 'clustering.k' is 'atuo', expected a whole number from 2 to 20, or auto. Did you mean 'auto'?
          featurs: {a: 1}             | unknown key 'clustering.featurs'. Did you mean 'clustering.features'?
          features: {recency_days: 0, tenure_days: 1} | 'clustering.features.recency_days' is '0', expected a number above 0 and at most 100.
          features: {}                | 'clustering.features' is empty, expected at least one indicator. Add one such as {recency_days: 1}.
          assign_by: rule             | 'clustering.assign_by' is 'rule', expected centroids or rules. Did you mean 'rules'?
          accept: always              | 'clustering.accept' is 'always', expected manual or {max_changed: 0.15}.
          accept: {max_changed: 0}    | 'clustering.accept.max_changed' is '0', expected a number above 0 and at most 1, or a percentage such as 20%.
          hysteresis: 2               | 'clustering.hysteresis' is '2', expected a number from 0 to 1 or a percentage such as 1%.
          sample: 10                  | 'clustering.sample' is '10', expected a whole number from 1000 to 1000000.
          names: {Stars: {en: Stars}} | 'clustering.names.Stars' is not a segment, expected S1, S2 and so on, or S0 for customers of whom too little is known.
          names: {S1: {}}             | 'clustering.names.S1' has no name. Add 'en' or 'zh'.
          """)
  void aMistakeIsSaid(String written, String message) {
    Problems problems = new Problems();
    read("clustering:\n  " + written + "\n", problems);

    assertEquals(List.of("karat.yaml:6: " + message), problems.messages());
  }

  @Test
  void thirtyFeaturesAreEnough() {
    String many =
        IntStream.rangeClosed(1, 31).mapToObj(i -> "f%d: 1".formatted(i)).collect(joining(", "));
    Problems problems = new Problems();
    read("clustering:\n  features: {%s}\n".formatted(many), problems);

    assertEquals(
        List.of(
            "karat.yaml:6: 'clustering.features' has 31 indicators, expected at most 30. Remove"
                + " some."),
        problems.messages());
  }

  private static Optional<Clustering> read(String yaml, Problems problems) {
    return ConfigurationReader.read("karat.yaml", INPUTS + yaml, Map.of(), List.of(), problems)
        .models()
        .clustering();
  }
}
