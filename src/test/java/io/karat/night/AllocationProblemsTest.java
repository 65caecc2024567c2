package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.allocation.AllocationPlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of what is wrong with an allocation, given the columns that there are. */
class AllocationProblemsTest {
  private static final String INPUTS =
      """
      inputs:
        transactions:
          path: data/transactions
          columns: {customer_id: c, transaction_time: t, amount: a, transaction_id: i}
      allocation:
        visits: {total: 9, per: month, %s}
      """;

  @Test
  void theColumnsThatItNeedsAreComputed() {
    Problems problems = new Problems();
    AllocationPlan plan =
        plan(
                "measure: transaction_count_30d, value: lifetime_value_next_365d, difficulty: loyalty,"
                    + " treatment: [{when: return_count_30d > effort_gap, then: CALL}, {then: HOLD}]",
                problems)
            .allocation();

    assertEquals(List.of(), problems.messages());
    assertEquals(
        List.of("transaction_count_30d", "return_count_30d"),
        plan.columns().stream().map(column -> column.name()).toList());
    assertEquals(
        List.of(
            "transaction_count_30d",
            "lifetime_value_next_365d",
            "profit_tier",
            "loyalty",
            "return_count_30d"),
        plan.resources().get(0).columns());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "measure: contact_count_90d, value: sales_amount_90d | 'allocation.visits.measure' needs"
            + " 'contacts', which is not mapped. Map 'inputs.contacts'.",
        "measure: transaction_count_30d, value: main_channel | 'allocation.visits.value' uses"
            + " 'main_channel' without its window. Did you mean 'main_channel_365d'?",
        "measure: transaction_count_30d, value: lifecycle | 'allocation.visits.value' is"
            + " 'lifecycle', which is no number. Name a number of customer_indicators or"
            + " customer_value.",
        "measure: transaction_count_30d, value: profit_score, order: profit_teir |"
            + " 'allocation.visits.order' is 'profit_teir', expected a class, tier or label:"
            + " customer_class, profit_tier, potential_tier, scorecard_quadrant, rfm_segment,"
            + " lifecycle, loyalty, relationship_level. Did you mean 'profit_tier'?",
        "measure: transaction_count_30d, value: profit_score, least: {GOLDEN: 3} |"
            + " 'allocation.visits.least.GOLDEN' is no level of 'profit_tier', expected one of:"
            + " PLATINUM, GOLD, SILVER, BASIC. Did you mean 'GOLD'?",
        "measure: transaction_count_30d, value: profit_score, least: {GOLD: 3}, most_each: 2 |"
            + " 'allocation.visits.least.GOLD' is 3, expected at most 'allocation.visits.most_each',"
            + " which is 2. Lower it.",
        "measure: transaction_count_30d, value: profit_score, treatment: [{when: effort_gap > 0 AND"
            + " profit_teir = 'GOLD', then: CALL}, {then: HOLD}] |"
            + " 'allocation.visits.treatment[0].when' uses 'profit_teir', which is neither an"
            + " indicator nor a column of customer_value. Did you mean 'profit_tier'?",
        "measure: transaction_count_30d, value: profit_score, treatment: [{when: rand() > 0, then:"
            + " CALL}, {then: HOLD}] | 'allocation.visits.treatment[0].when': function 'rand' is not"
            + " allowed: its result differs from run to run. 'karat dictionary --functions' lists the"
            + " allowed functions.",
      })
  void mistakesAreReported(String written, String problem) {
    Problems problems = new Problems();
    plan(written, problems);

    assertEquals(List.of("karat.yaml:6: " + problem), problems.messages());
  }

  private static NightPlan plan(String written, Problems problems) {
    return NightPlan.of(
        ConfigurationReader.read(
            "karat.yaml", INPUTS.formatted(written), Map.of(), List.of(), problems),
        problems);
  }
}
