package io.karat.scores;

import static io.karat.scores.Plans.problemsOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems with the indicators that a model names on line 5, after transactions alone. */
class ScoreProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "classification: {a: {by: net_sales_amount}}      | 'classification.a.by' uses"
            + " 'net_sales_amount' without its window. Did you mean 'net_sales_amount_365d'?",
        "classification: {a: {by: net_sale_amount_365d}}  | 'classification.a.by' uses"
            + " 'net_sale_amount_365d', which is not an indicator. Did you mean"
            + " 'net_sales_amount_365d'?",
        "classification: {a: {by: net_sale_amount_90d}}   | 'classification.a.by' uses"
            + " 'net_sale_amount_90d', which is not an indicator. Did you mean"
            + " 'net_sales_amount_90d'?",
        "classification: {a: {by: recency_days_365d}}     | 'classification.a.by' uses"
            + " 'recency_days_365d', which is not an indicator. Did you mean 'recency_days'?",
        "classification: {a: {by: sale_cost_365d}}        | 'classification.a.by' uses"
            + " 'sale_cost_365d', which is a measure. Make an indicator of it under"
            + " 'indicators.custom'.",
        "classification: {a: {by: first_sale_date}}       | 'classification.a.by' uses"
            + " 'first_sale_date', which is a day, expected a number. Convert it to a number under"
            + " 'indicators.custom'.",
        "classification: {a: {by: profit_365d}}           | 'classification.a.by' needs"
            + " 'transactions.cost', which is not mapped. Map 'inputs.transactions.columns.cost'.",
        "classification: {a: {by: recency_days, classes: [{name: A, min: 3}, {name: B}]}} |"
            + " 'classification.a.classes[0].min' is of 'recency_days', where lower is better."
            + " Write 'max'.",
        "classification: {a: {by: sales_amount_365d, classes: [{name: A, max: 3}, {name: B}]}} |"
            + " 'classification.a.classes[0].max' is of 'sales_amount_365d', where higher is"
            + " better. Write 'min'.",
        "pyramids: {profit: {weights: {sales: 60}}}       | 'pyramids.profit.weights' uses 'sales',"
            + " which is not an indicator.",
        "pyramids: {profit: {weights: {sales_amount: 60}}} | 'pyramids.profit.weights' uses"
            + " 'sales_amount' without its window. Did you mean 'sales_amount_365d'?",
        "pyramids: {profit: {weights: {profit_365d: 60}}} | 'pyramids.profit.weights.profit_365d'"
            + " needs 'transactions.cost', which is not mapped. Map"
            + " 'inputs.transactions.columns.cost'.",
        "pyramids: {profit: {tiers: [{name: A, top_value_share: 1%, of: profit_365d}, {name: B}]}}"
            + " | 'pyramids.profit.tiers[0].of' needs 'transactions.cost', which is not mapped. Map"
            + " 'inputs.transactions.columns.cost'.",
        "scorecard: {service: {indicators: {satisfaction_365d: {weight: 1, target: 4}}}} |"
            + " 'scorecard.service.indicators.satisfaction_365d' needs 'contacts', which is not"
            + " mapped. Map 'inputs.contacts'.",
        "rfm: {monetary: {indicator: monetary}}           | 'rfm.monetary.indicator' uses"
            + " 'monetary', which is not an indicator.",
        "churn: {of: sales_amount_365d}                   | 'churn.by' needs 'contacts', which is"
            + " not mapped. Map 'inputs.contacts'.",
        "labels: {sales_amount_365d: [{then: A}]}         | 'labels.sales_amount_365d' gives the"
            + " column 'sales_amount_365d', which is an indicator. Choose another name.",
      })
  void anIndicatorIsKnownMappedAndANumber(String model, String message) {
    assertEquals(List.of("karat.yaml:5: " + message), problemsOf(model));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "buyer_types: {strategic: {tenure: 1}} | 'buyer_types.strategic' uses 'tenure', which is"
            + " not an indicator. Did you mean 'tenure_days'?",
        "buyer_types: {strategic: {tenure_days: {weight: 1, above_median: profit_365d}}} |"
            + " 'buyer_types.strategic.tenure_days.above_median' needs 'transactions.cost', which"
            + " is not mapped. Map 'inputs.transactions.columns.cost'.",
        "buyer_types: {among: customer_class = 'HUGE', intrinsic: {recency_days: 1}} | 'buyer_types.among' compares"
            + " 'customer_class' with 'HUGE', expected one of: LARGE, MEDIUM, SMALL.",
        "buyer_types: {among: buyer_type = 'X', intrinsic: {recency_days: 1}} | 'buyer_types.among' uses 'buyer_type' of"
            + " 'buyer_types', which is computed later. Use what comes before it, such as"
            + " indicators, classes and tiers.",
      })
  void buyerTypesAreOfIndicatorsAmongKeyCustomers(String types, String message) {
    assertEquals(List.of("karat.yaml:5: " + message), problemsOf(types));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "buyer_types={} | pyramids={intrinsic: {weights: {recency_days: 1}}} |"
            + " 'pyramids.intrinsic' gives the column 'intrinsic_score', which 'buyer_types' gives"
            + " too. Choose another name.",
        "buyer_types={} | labels={buyer_type: [{when: recency_days > 3, then: A}, {then: B}]} |"
            + " 'labels.buyer_type' gives the column 'buyer_type', which 'buyer_types' gives too."
            + " Choose another name.",
        "buyer_types={intrinsic: {recency_days: 1}} | labels={care: [{when: buyer_type_margin > 3, then: A}, {then: B}]} |"
            + " 'labels.care[0].when' uses 'buyer_type_margin' of 'buyer_types', which is computed"
            + " later. Use what comes before it, such as indicators, classes and tiers.",
        "screening={key: {criteria: {a: {by: recency_days, max: 9}}}} |"
            + " labels={care: [{when: key = 'KEY', then: A}, {then: B}]} | 'labels.care[0].when'"
            + " uses 'key' of 'screening.key', which is computed later. Use what comes before it,"
            + " such as indicators, classes and tiers.",
      })
  void aColumnHasOneModelAndIsUsedAfterIt(String one, String other, String message) {
    List<String> problems = problemsOf("", one, other);
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).endsWith(": " + message), problems.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sales_amount > 3           | uses 'sales_amount' without its window. Did you mean"
            + " 'sales_amount_365d'?",
        "profit_teir = 'GOLD'       | uses 'profit_teir', which is neither an indicator nor a"
            + " column of a model. Did you mean 'profit_tier'?",
        "Recency_Days > 3           | uses 'Recency_Days', which is neither an indicator nor a"
            + " column of a model. Did you mean 'recency_days'?",
        "profit_365d > 3            | needs 'transactions.cost', which is not mapped. Map"
            + " 'inputs.transactions.columns.cost'.",
        "financial_score > 3        | uses 'financial_score', but 'scorecard.financial' is off:"
            + " payments, transactions.cost are not mapped.",
        "expected_churn > 0.3       | uses 'expected_churn', but 'churn' is off: contacts is not"
            + " mapped.",
        "x = 'A'                    | uses 'x', which is not computed before 'labels.x'. Move it"
            + " up.",
        "y = 'A'                    | uses 'y', which is not computed before 'labels.x'. Move it"
            + " up.",
        "current_date() > first_sale_date | : function 'current_date' is not allowed",
        "abs(                       | : 'abs(' is not Spark SQL: Syntax error at or near end of"
            + " input. (line 1, pos 4).",
      })
  void aRuleNamesWhatIsKnownBeforeIt(String when, String message) {
    String labels = "labels: {x: [{when: \"%s\", then: A}, {then: B}], y: [{then: A}]}";
    String place = "karat.yaml:5: 'labels.x[0].when'" + (message.startsWith(":") ? "" : " ");

    List<String> problems = problemsOf(labels.formatted(when));

    assertEquals(1, problems.size());
    assertTrue(problems.get(0).startsWith(place + message), problems.get(0));
  }

  @Test
  void aRuleMayUseEverythingThatIsKnownBeforeIt() {
    assertEquals(
        List.of(),
        problemsOf(
            """
            labels:
              care:
                - {when: customer_class = 'LARGE' AND lifecycle = 'SLOWING', then: CALL}
                - {when: profit_tier = 'GOLD' OR profit_score > 3.5 OR rfm_segment = 'LOYAL', then: MAIL}
                - {when: recency_bin = 5 AND rfm_score > 3 AND scorecard_quadrant = 'KEY', then: VISIT}
                - {when: return_count_lifetime > 3, then: WAIT}
                - {then: NOTHING}
            """));
  }

  @Test
  void everyWindowThatMayBeMeantIsNamed() {
    assertEquals(
        List.of(
            "karat.yaml:5: 'classification.a.by' uses 'sales_amount' without its window."
                + " Did you mean 'sales_amount_90d' or 'sales_amount_lifetime'?"),
        problemsOf(
            "classification: {a: {by: sales_amount}}", "indicators.windows=[90d, lifetime]"));
  }

  @Test
  void aCategoryNeedsValuesToBeCountedWith() {
    String customers =
        "inputs.customers={path: x, columns: {customer_id: a}, characteristics: {size: category,"
            + " is_listed: flag}}";

    assertEquals(
        List.of(
            "karat.yaml:5: 'pyramids.p.weights' uses 'size', which is a word, expected a number."
                + " Give it 'values' and use 'size_value'.",
            "karat.yaml:5: 'pyramids.p.weights' uses 'is_listed', which is true or false, expected"
                + " a number. Convert it to a number under 'indicators.custom'."),
        problemsOf("pyramids: {p: {weights: {size: 1, is_listed: 1}}}", customers));
    assertEquals(
        List.of(),
        problemsOf(
            "pyramids: {p: {weights: {size_value: 1}}}",
            customers,
            "inputs.customers.characteristics.size={type: category, values: {S: 1}}"));
  }

  @Test
  void anOwnIndicatorMayBeUsedAndItsMistakesAreSaidOnce() {
    assertEquals(
        List.of(),
        problemsOf(
            "pyramids: {p: {weights: {net_share_90d: 1}}}",
            "indicators.custom={net_share: {value: net_sales_amount / sales_amount}}"));
    assertEquals(
        List.of(
            "--set indicators.custom={net_share: {value: 'abs('}}:"
                + " 'indicators.custom.net_share.value': 'abs(' is not Spark SQL: Syntax error at"
                + " or near end of input. (line 1, pos 4)."),
        problemsOf(
            "pyramids: {p: {weights: {net_share_90d: 1}}}",
            "indicators.custom={net_share: {value: 'abs('}}"));
  }
}
