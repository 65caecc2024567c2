package io.karat.settings;

import static io.karat.settings.Configurations.problemsOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of wrong models on line 8, after the smallest configuration, and of the message about them.
 */
class ModelProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rfm: true                  | 'rfm' is 'true', expected a mapping with keys such as"
            + " 'recency', or false to switch it off.",
        "pyramids: []               | 'pyramids' is an empty list, expected a mapping of names to"
            + " pyramids.",
        "pyramids: {profit: on}     | 'pyramids.profit' is 'on', expected a mapping with keys such"
            + " as 'weights', or false to switch it off.",
        "pyramids: {a__b: {weights: {profit_365d: 1}}} | 'pyramids.a__b' has two _ in a row, which"
            + " stand between model and indicator in the columns of value_contributions: expected"
            + " one. Rename it.",
        "labels: {lifecycle: x}     | 'labels.lifecycle' is 'x', expected a list of rules such as"
            + " [{when: recency_days > 730, then: LOST}, {then: ACTIVE}], or false to switch it"
            + " off.",
        "labels: {Mine: [{then: A}]} | 'labels.Mine' is not a name: expected a-z, then a-z, 0-9 and"
            + " _, e.g. web_sales.",
        "classification: [a]        | 'classification' is a list, expected a mapping of up to three"
            + " names to classes.",
        "scorecard: {finacial: {}}  | unknown key 'scorecard.finacial'. Did you mean"
            + " 'scorecard.financial'?",
        "churn: {levels: []}        | 'churn.levels' is an empty list, expected a mapping of levels"
            + " to shares, such as {1: 80%, 5: 1.5%}.",
      })
  void aModelHasItsShape(String line, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{a: {classes: [{name: ALL}]}} | 'classification.a.by' is missing, expected the name of an"
            + " indicator. Add it.",
        "{one_off: {by: x}}            | unknown key 'classification.one_off.by'. Expected one of:"
            + " share, quiet_intervals, quiet_days. A class needs another name.",
        "{one_off: {share: 0}}         | 'classification.one_off.share' is '0', expected a number"
            + " above 0 and at most 1, or a percentage such as 20%.",
        "{one_off: {share: 101%}}      | 'classification.one_off.share' is '101%', expected a"
            + " number above 0 and at most 1, or a percentage such as 20%.",
        "{one_off: {quiet_days: 0}}    | 'classification.one_off.quiet_days' is '0', expected a"
            + " whole number from 1 to 36500.",
        "{customer_class: {cuts: icy}} | 'classification.customer_class.cuts' is 'icy', expected"
            + " frozen or fresh.",
        "{a: {by: x}, b: {by: x}, c: {by: x}} | 'classification' has 4 columns of classes, expected"
            + " at most 3. Remove one, or put false in place of a default one.",
      })
  void classesAreChecked(String classification, String message) {
    assertEquals(
        List.of("karat.yaml:8: " + message), problemsOf("classification: " + classification));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{name: gold}, {name: B}             | [0].name' is 'gold', expected a code in capitals"
            + " such as GOLD or HIGH_VALUE.",
        "{top_share: 1%}, {name: B}          | [0].name' is missing, expected a code in capitals"
            + " such as GOLD or HIGH_VALUE. Add it.",
        "{name: A, top_share: 1%, min_score: 5}, {name: B} | [0]' has top_share and min_score,"
            + " expected only one of them. Keep one.",
        "{name: A, min_score: 101}, {name: B} | [0].min_score' is '101', expected a number above 0"
            + " and at most 100.",
        "{name: A, top_share: 1%, of: x}, {name: B} | [0].of' belongs to 'top_value_share', which"
            + " is missing. Remove it.",
        "{name: A, min: 5}, {name: B}        | unknown key 'pyramids.profit.tiers[0].min'. Did you"
            + " mean 'pyramids.profit.tiers[0].min_score'?",
        "{name: A, top_share: 1%}            | [0]' is the last and has a condition, so some"
            + " customers would be in none. Add one without a condition, such as {name: OTHER}.",
        "{name: A}, {name: B}                | [0]' has no condition, so later levels are"
            + " never reached. Add one or move it to the end.",
        "{name: A, top_share: 1%}, {name: A} | [1]' has the name A, as"
            + " 'pyramids.profit.tiers[0]' has. Choose another name.",
        "{name: A, top_share: 5%}, {name: B, top_share: 5%}, {name: C} | [1]' is never reached:"
            + " all its customers are in A before it. Widen it or move it up.",
        "{name: A, top_share: 5%}, {name: B, min_score: 80}, {name: C, top_share: 1%}, {name: D} |"
            + " [2]' is never reached: all its customers are in A before it. Widen it or move it"
            + " up.",
        "{name: A, top_value_share: 50%}, {name: B, top_value_share: 40%}, {name: C} | [1]' is"
            + " never reached: all its customers are in A before it. Widen it or move it up.",
        "{name: A, min_score: 60}, {name: B, min_score: 80}, {name: C} | [1]' is never reached:"
            + " all its customers are in A before it. Widen it or move it up.",
        "{name: A, top_share: 100%}, {name: B, min_score: 80}, {name: C} | [1]' is never reached:"
            + " all its customers are in A before it. Widen it or move it up.",
      })
  void levelsAreChecked(String levels, String message) {
    String place = message.startsWith("[") ? "'pyramids.profit.tiers" : "";

    assertEquals(
        "karat.yaml:8: " + place + message,
        problemsOf("pyramids: {profit: {tiers: [%s]}}".formatted(levels)).get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{name: A, min: 60}, {name: B, min: 80}, {name: C} | true",
        "{name: A, min: 80}, {name: B, min: 60}, {name: C} | false",
        "{name: A, max: 80}, {name: B, max: 60}, {name: C} | true",
        "{name: A, max: 60}, {name: B, max: 80}, {name: C} | false",
        "{name: A, max: 60}, {name: B, min: 60}, {name: C} | false",
        "{name: A, top_value_share: 80%}, {name: B, top_share: 1%}, {name: C} | false",
      })
  void aClassThatAnEarlierOneCoversIsNeverReached(String levels, boolean isCovered) {
    String message =
        "karat.yaml:8: 'classification.a.classes[1]' is never reached: all its customers are in A"
            + " before it. Widen it or move it up.";

    assertEquals(
        isCovered ? List.of(message) : List.of(),
        problemsOf("classification: {a: {by: x, classes: [%s]}}".formatted(levels)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mine: {}                              | 'pyramids.mine.weights' is missing, expected a"
            + " mapping of indicators to weights, such as {profit_365d: 60}. Add it.",
        "profit: {weights: {}}                 | 'pyramids.profit.weights' is empty, expected at"
            + " least one indicator. Add one such as {profit_365d: 60}.",
        "profit: {weights: [a]}                | 'pyramids.profit.weights' is a list, expected a"
            + " mapping of indicators to weights, such as {profit_365d: 60}.",
        "profit: {weights: {a: 0}}             | 'pyramids.profit.weights.a' is '0', expected a"
            + " number above 0, such as 60 or 0.5, or a mapping with keys such as 'weight'.",
        "profit: {weights: {a: {target: 5}}, normalise: target} |"
            + " 'pyramids.profit.weights.a.weight' is missing, expected a number above 0, such as"
            + " 60 or 0.5. Add it.",
        "profit: {weights: {a: {weight: 1, target: -5}}, normalise: target} |"
            + " 'pyramids.profit.weights.a.target' is '-5', expected a number above 0, such as 60"
            + " or 0.5, or {top_share: 0.2}.",
        "profit: {weights: {a: {weight: 1, target: {top: 1}}}, normalise: target} | unknown key"
            + " 'pyramids.profit.weights.a.target.top'. Did you mean"
            + " 'pyramids.profit.weights.a.target.top_share'?",
        "profit: {weights: {a: {weight: 1, cap: 2}}} | 'pyramids.profit.weights.a.cap' is a"
            + " multiple of a target, which is missing. Add 'target' or remove it.",
        "profit: {normalise: target}           | 'pyramids.profit.normalise' is target, but no"
            + " target is given for: profit_365d, net_sales_amount_365d. Write"
            + " {weight: 60, target: 5000}.",
        "profit: {weights: {a: {weight: 1, target: 5}, b: 1}} | 'pyramids.profit.weights' gives"
            + " targets that are not used: a. Write 'normalise: target' or remove them.",
        "profit: {normalise: ranks}            | 'pyramids.profit.normalise' is 'ranks', expected"
            + " rank, minmax, log or target. Did you mean 'rank'?",
      })
  void pyramidsAreChecked(String pyramid, String message) {
    assertEquals(
        "karat.yaml:8: " + message, problemsOf("pyramids: {%s}".formatted(pyramid)).get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{sales: {indicators: {}}}           | 'scorecard.sales.indicators' is empty, expected at"
            + " least one indicator. Put false in place of 'scorecard.sales' to leave it out.",
        "{sales: {indicators: {a: 60}}}      | 'scorecard.sales.indicators.a' has no target. Write"
            + " {weight: 60, target: 5000} or {weight: 60, target: {top_share: 0.2}}.",
        "{sales: {weight: 0}}                | 'scorecard.sales.weight' is '0', expected a number"
            + " above 0, such as 60 or 0.5.",
        "{quadrant: {current: 0}}            | 'scorecard.quadrant.current' is '0', expected a"
            + " number above 0 and at most 100.",
        "{missing: best}                     | 'scorecard.missing' is 'best', expected worst or"
            + " skip.",
        "{financial: false, sales: false, customer: false, service: false} | 'scorecard' has no"
            + " perspective. Put false in place of it to switch it off.",
        "{customer: false, service: false}   | 'scorecard' has no perspective of potential value,"
            + " and quadrants need both values. Keep customer or service, or put false in place of"
            + " 'scorecard' to switch it off.",
        "{financial: false, sales: false}    | 'scorecard' has no perspective of current value, and"
            + " quadrants need both values. Keep financial or sales, or put false in place of"
            + " 'scorecard' to switch it off.",
      })
  void theScorecardIsChecked(String scorecard, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf("scorecard: " + scorecard));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{recency: {bins: 1}}                 | 'rfm.recency.bins' is '1', expected a whole number"
            + " from 2 to 20.",
        "{recency: {bins: 4}}                 | 'rfm.recency' has 4 bins, but the default names are"
            + " for 5. Write 'rfm.names' too.",
        "{recency: {cuts: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}} |"
            + " 'rfm.recency.cuts' makes 21 bins, expected at most 20. Remove some.",
        "{recency: {cuts: [30, 90]}}          | 'rfm.recency' has 3 bins, but the default names are"
            + " for 5. Write 'rfm.names' too.",
        "{recency: {cuts: [90, 30, 300, 400]}} | 'rfm.recency.cuts' has 30 after 90, expected"
            + " rising numbers. Put them in order.",
        "{recency: {cuts: [1, 2, 2, 3]}}      | 'rfm.recency.cuts' has '2' twice. Keep one.",
        "{recency: {cuts: [1, 2, 3, 4], bins: 5}} | 'rfm.recency' has bins and cuts, expected only"
            + " one of them. Keep one.",
        "{recency: {cuts: []}}                | 'rfm.recency.cuts' is an empty list, expected a"
            + " list of rising numbers such as [30, 90, 180].",
        "{weights: {monetary: 0}}             | 'rfm.weights.monetary' is '0', expected a number"
            + " above 0, such as 60 or 0.5.",
        "{nested: maybe}                      | 'rfm.nested' is 'maybe', expected true or false.",
        "{names: [{name: best}]}              | 'rfm.names[0].name' is 'best', expected a code in"
            + " capitals such as GOLD or HIGH_VALUE.",
        "{names: [{name: A, recency: 0}, {name: B}]} | 'rfm.names[0].recency' is '0', expected a"
            + " whole number from 1 to 20.",
        "{names: [{name: A, recency: [5, 6]}, {name: B}]} | 'rfm.names[0].recency' has bin 6, but"
            + " there are only 5. Use 1 to 5.",
      })
  void rfmIsChecked(String rfm, String message) {
    assertEquals("karat.yaml:8: " + message, problemsOf("rfm: " + rfm).get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{name: A, recency: [1, 2]}, {name: B, frequency: 2}, {name: C, monetary: 1} | 'rfm.names'"
            + " has no name for R3 F1 M2. Add one, or {name: OTHERS} at the end.",
        "{name: A, recency: 1} | 'rfm.names' has no name for R2 F1 M1 and 7 more codes. Add one, or"
            + " {name: OTHERS} at the end.",
        "{name: A, recency: [1, 2, 3]}, {name: B} | 'rfm.names[1]' is never reached: A before it"
            + " takes all codes of B. Move it up or remove it.",
        "{name: A, frequency: 1}, {name: B, frequency: 2}, {name: C, recency: 3}, {name: D} |"
            + " 'rfm.names[2]' is never reached: A, B before it takes all codes of C. Move it up or"
            + " remove it.",
      })
  void everyCodeHasANameAndEveryNameACode(String names, String message) {
    String rfm =
        "rfm: {recency: {bins: 3}, frequency: {bins: 2}, monetary: {cuts: [10]}, names: [%s]}";

    assertEquals("karat.yaml:8: " + message, problemsOf(rfm.formatted(names)).get(0));
  }

  @Test
  void namesMayRepeat() {
    assertEquals(
        List.of(),
        problemsOf("rfm: {names: [{name: A, recency: 5}, {name: A, monetary: 5}, {name: B}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{when: a, then: A}                       | 'labels.x[0]' is the last and has a condition,"
            + " so some customers would have no label. Add one without a condition, such as {then:"
            + " OTHER}.",
        "{then: A}, {then: B}                     | 'labels.x[0]' has no condition, so later rules"
            + " are never reached. Add one or move it to the end.",
        "{when: a, then: A}, {when: a, then: B}, {then: C} | 'labels.x[1]' is never reached:"
            + " 'labels.x[0]' has the same condition. Remove one.",
        "{when: a}, {then: C}                     | 'labels.x[0].then' is missing, expected a code"
            + " in capitals such as GOLD or HIGH_VALUE. Add it.",
        "{if: a, then: A}, {then: C}              | unknown key 'labels.x[0].if'. Expected one of:"
            + " when, then.",
        "{when: [a], then: A}, {then: C}          | 'labels.x[0].when' is a list, expected a Spark"
            + " SQL expression.",
      })
  void labelsAreChecked(String rules, String message) {
    assertEquals(
        "karat.yaml:8: " + message, problemsOf("labels: {x: [%s]}".formatted(rules)).get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{key: {criteria: {a: {by: x}}}}  | 'screening.key.criteria.a' has neither, expected one of"
            + " 'min' and 'max'. Add one.",
        "{key: {criteria: {a: {by: x, min: 1, max: 2}}}} | 'screening.key.criteria.a' has both,"
            + " expected one of 'min' and 'max'. Remove one.",
        "{key: {criteria: {}}}            | 'screening.key.criteria' is empty, expected at least"
            + " one criterion. Add one, or remove the screening.",
        "{key: {criteria: {a: {by: x, min: 1}}, unknown: maybe}} | 'screening.key.unknown' is"
            + " 'maybe', expected open, fails or passes.",
      })
  void aScreeningIsChecked(String screening, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf("screening: " + screening));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true               | 'buyer_types' is 'true', expected a mapping with keys such as 'among',"
            + " or false to switch it off.",
        "{margin: 51}       | 'buyer_types.margin' is '51', expected a number from 0 to 50.",
        "{strategic: {a: {weight: 1, better: most}}} | 'buyer_types.strategic.a.better' is 'most',"
            + " expected higher or lower.",
        "{strategic: {a: {weight: 1, target: 3}}} | unknown key 'buyer_types.strategic.a.target'."
            + " Expected one of: weight, better, above_median.",
      })
  void buyerTypesAreChecked(String types, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf("buyer_types: " + types));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{levels: {good: 1%, 5: 2%, 6: 3%}} | 'churn.levels' has the level 'good', expected a"
            + " number such as 1 or 4.5.",
        "{levels: {1: 1%}}                  | 'churn.levels' has 1, expected at least 2 levels to"
            + " draw a line between. Add one.",
        "{levels: {1: 1%, 1.0: 2%, 2: 1%}}  | 'churn.levels' has the level 1 twice. Keep one.",
        "{levels: {1: 120%, 2: 1%, 3: 1%}}  | 'churn.levels.1' is '120%', expected a number from 0"
            + " to 1 or a percentage such as 1%.",
      })
  void churnIsChecked(String churn, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf("churn: " + churn));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{gold: {en: Gold}} | 'names.gold' is neither a code such as GOLD nor the column of a model such as profit_tier. Did you mean 'GOLD'?",
        "{margn_tier: {}}   | 'names.margn_tier' is neither a code such as GOLD nor the column of a model such as profit_tier. Did you mean 'margin_tier'?",
        "{A: {}}            | 'names.A' has no name. Add 'en' or 'zh'.",
        "{A: Ace}           | 'names.A' is 'Ace', expected a mapping with keys such as 'en'.",
        "{A: {fr: As}}      | unknown key 'names.A.fr'. Expected one of: en, zh.",
        "{GLOD: {en: Gold}} | 'names.GLOD' is a code that no model has. Did you mean 'GOLD'?",
        "{RUBY: {en: Ruby}} | 'names.RUBY' is a code that no model has. Remove it.",
      })
  void namesAreChecked(String names, String message) {
    assertEquals(
        "karat.yaml:9: " + message, problemsOf("labels: {x: [{then: A}]}\nnames: " + names).get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "labels: {customer_id: [{then: A}]}       | 'labels.customer_id' gives the column"
            + " 'customer_id', a name of Karat's own. Choose another name.",
        "labels: {rfm_type: [{then: A}]}          | 'labels.rfm_type' gives the column 'rfm_type',"
            + " a name of Karat's own. Choose another name.",
        "labels: {gold_name: [{then: A}]}         | 'labels.gold_name' gives the column"
            + " 'gold_name', a name of Karat's own. Choose another name.",
        "labels: {previous_x: [{then: A}]}        | 'labels.previous_x' gives the column"
            + " 'previous_x', a name of Karat's own. Choose another name.",
        "labels: {is_x_changed: [{then: A}]}      | 'labels.is_x_changed' gives the column"
            + " 'is_x_changed', a name of Karat's own. Choose another name.",
        "labels: {segment: [{then: A}]}           | 'labels.segment' gives the column 'segment', a"
            + " name of Karat's own. Choose another name.",
        "labels: {profit_tier: [{then: A}]}       | 'labels.profit_tier' gives the column"
            + " 'profit_tier', which 'pyramids.profit' gives too. Choose another name.",
        "labels: {customer_class: [{then: A}]}    | 'labels.customer_class' gives the column"
            + " 'customer_class', which 'classification.customer_class' gives too. Choose another"
            + " name.",
        "classification: {lifecycle: {by: x}}     | 'classification.lifecycle' gives the column"
            + " 'lifecycle', which 'labels.lifecycle' gives too. Choose another name.",
        "pyramids: {sales: {weights: {x: 1}}}     | 'pyramids.sales' gives the column"
            + " 'sales_score', a name of Karat's own. Choose another name.",
      })
  void noTwoModelsGiveTheSameColumn(String model, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf(model));
  }
}
