package io.karat.scores;

import static io.karat.scores.Plans.problemsOf;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.yaml.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of a label that are never reached, or never hold. */
class RuleReachTest {
  private static final String NEVER =
      "'labels.x[%d].when' is never reached: wherever it holds, %s before it does. Move it up or"
          + " remove it.";

  /** The conditions of A, B and C; place and takers of the one that is never reached. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "recency_days > 365        | recency_days > 730        | recency_days IS NULL    | 1 | A",
        "recency_days > 730        | recency_days > 365        | recency_days IS NULL    |   |  ",
        "recency_days > 365        | recency_days >= 365       | recency_days >= 366     | 2 | A or"
            + " B",
        "recency_days > 5          | recency_days < 5          | recency_days = 5        |   |  ",
        "recency_days IS NULL      | recency_days IS NOT NULL  | recency_days = 5        | 2 | B",
        "recency_days > 5          | recency_days < 5          | recency_days <> 5       | 2 | A or"
            + " B",
        "recency_days >= 5         | recency_days < 5          | recency_days = 7        | 2 | A",
        "NOT recency_days > 5      | recency_days BETWEEN 1 AND 5 | recency_days = 6     | 1 | A",
        "recency_days > 5          | tenure_days > 9           | recency_days > 6        | 2 | A",
        "recency_days > tenure_days | recency_days > 6         | recency_days > 7        | 2 | B",
        "recency_days > 5 AND tenure_days > 9 | recency_days > 6 | tenure_days > 9       |   |  ",
        "customer_class = 'LARGE'  | customer_class IN ('MEDIUM', 'LARGE') | customer_class <>"
            + " 'SMALL' | 2 | A or B",
        "customer_class <> 'LARGE' | customer_class = 'SMALL'  | customer_class = 'LARGE' | 1 | A",
        "lifecycle = 'NEW'         | lifecycle = 'LOST'        | lifecycle IN ('LOST', 'NEW') | 2 |"
            + " A or B",
      })
  void aRuleThatEarlierOnesCoverIsRefused(
      String first, String second, String third, Integer place, String takers) {
    assertEquals(
        place == null ? List.of() : List.of("karat.yaml:5: " + NEVER.formatted(place, takers)),
        problems(first, second, third));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "recency_days > 5 AND recency_days < 3       | 'labels.x[0].when' never holds. Correct or"
            + " remove it.",
        "recency_days IS NULL AND recency_days > 3   | 'labels.x[0].when' never holds. Correct or"
            + " remove it.",
        "recency_days IS NULL OR recency_days IS NOT NULL | 'labels.x[0].when' always holds, so"
            + " later rules are never reached. Narrow it or remove it.",
        "recency_days < 5 OR recency_days >= 3 OR recency_days IS NULL | 'labels.x[0].when' always"
            + " holds, so later rules are never reached. Narrow it or remove it.",
        "customer_class = 'LARG'                     | 'labels.x[0].when' compares 'customer_class'"
            + " with 'LARG', expected one of: LARGE, MEDIUM, SMALL. Did you mean 'LARGE'?",
        "customer_class = 'LARGE' AND lifecycle IN ('NEW', 'OLD') | 'labels.x[0].when' compares"
            + " 'lifecycle' with 'OLD', expected one of: PROSPECT, LOST, LAPSED, NEW, RETURNED,"
            + " SLOWING, ACTIVE.",
        "scorecard_quadrant = 'LOW'                  | 'labels.x[0].when' compares"
            + " 'scorecard_quadrant' with 'LOW', expected one of: KEY, MAINTAIN, GROW, BASIC.",
      })
  void aRuleThatSaysNothingIsRefused(String when, String message) {
    assertEquals(List.of("karat.yaml:5: " + message), problems(when, "tenure_days > 3", "true"));
  }

  @Test
  void aDefaultRuleGoesWithTheTierThatItNames() {
    assertEquals(
        "margin_tier is never HIGH_MARGIN",
        Plans.of(
                Plans.TRANSACTIONS,
                "inputs.transactions.columns.cost=d",
                "pyramids.margin.tiers=[{name: RICH, top_share: 5%}, {name: THIN}]")
            .switchedOff()
            .entrySet()
            .stream()
            .filter(it -> it.getKey().equals("labels.relationship_level rule PARTNERSHIP"))
            .map(it -> it.getValue().reason().en())
            .collect(joining()));
  }

  @Test
  void theDefaultRulesAreAllReached() {
    StringBuilder written = new StringBuilder("labels:\n");
    ScorePlan.builtIn()
        .models()
        .labels()
        .forEach(
            label -> {
              written.append("  my_").append(label.name()).append(":\n");
              label
                  .rules()
                  .forEach(
                      rule ->
                          written.append(
                              rule.when()
                                  .map(
                                      when ->
                                          "    - {when: \"%s\", then: %s}\n"
                                              .formatted(when.sql(), rule.then()))
                                  .orElse("    - {then: %s}\n".formatted(rule.then()))));
            });

    Problems problems = new Problems();
    Plans.of(Plans.EVERYTHING + written, problems);
    assertEquals(List.of(), problems.messages());
  }

  private static List<String> problems(String first, String second, String third) {
    return problemsOf(
        "labels: {x: [{when: \"%s\", then: A}, {when: \"%s\", then: B}, {when: \"%s\", then: C}, {then: D}]}"
            .formatted(first, second, third));
  }
}
