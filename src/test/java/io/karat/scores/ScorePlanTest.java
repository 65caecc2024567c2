package io.karat.scores;

import static io.karat.scores.Plans.EVERYTHING;
import static io.karat.scores.Plans.TRANSACTIONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.settings.BilingualText;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.LabelSettings;
import io.karat.settings.Pyramid;
import io.karat.settings.Scorecard.Perspective;
import io.karat.settings.WeightedIndicator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The plan of models: those that are on, those that are left out, and the indicators that they use.
 */
class ScorePlanTest {
  private static final String COST = "transactions.cost is not mapped";

  @Test
  void withTransactionsAloneTheRestOfEveryModelStillSaysSomething() {
    ScorePlan plan = Plans.of(TRANSACTIONS);

    assertEquals(1, plan.models().classifications().size());
    assertEquals(List.of("net_sales_amount_365d"), weights(plan, 0));
    assertEquals(
        List.of(
            "expected_sales_amount_model",
            "sales_trend_365d",
            "lateness",
            "transaction_day_count_365d"),
        weights(plan, 1));
    assertEquals(
        Set.of(Perspective.SALES, Perspective.CUSTOMER),
        plan.models().scorecard().orElseThrow().perspectives().keySet());
    assertEquals(true, plan.models().rfm().isPresent());
    assertEquals(false, plan.models().churn().isPresent());
    assertEquals(
        List.of("lifecycle", "loyalty", "relationship_level"),
        plan.models().labels().stream().map(LabelSettings::name).toList());
    assertEquals(
        List.of("PROSPECT", "FORMER", "REGULAR", "SINGLE_BUYER", "REPEAT_BUYER"),
        plan.models().labels().get(1).rules().stream().map(LabelSettings.Rule::then).toList());
  }

  /** Without costs the tiers of profit are those of net sales, and are not called otherwise. */
  @Test
  void aPyramidOfProfitIsCalledByWhatItGoesBy() {
    String own = "pyramids.profit.weights={transaction_day_count_365d: 100}";

    assertEquals(
        new BilingualText("Sales pyramid", "销售额金字塔"), Plans.of(TRANSACTIONS).model("profit_tier"));
    assertEquals(
        new BilingualText("Profit pyramid", "利润金字塔"), Plans.of(EVERYTHING).model("profit_tier"));
    assertEquals(
        new BilingualText("Profit pyramid", "利润金字塔"),
        Plans.of(TRANSACTIONS, own).model("profit_tier"));
    assertEquals(
        new BilingualText("Potential pyramid", "潜力金字塔"),
        Plans.of(TRANSACTIONS).model("potential_tier"));
  }

  @Test
  void whatIsLeftOutIsNamedWithItsReason() {
    assertEquals(
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("churn", "contacts is not mapped"),
                Map.entry("labels.buyer_type", "contacts is not mapped"),
                Map.entry("labels.loyalty rule ADVOCATE", "contacts is not mapped"),
                Map.entry("labels.loyalty rule SUPPORTER", "contacts is not mapped"),
                Map.entry("labels.profit_service", "contacts, transactions.cost are not mapped"),
                Map.entry("labels.relationship_level rule ACCOUNTABLE", COST),
                Map.entry("labels.relationship_level rule BASIC", COST),
                Map.entry("labels.relationship_level rule PARTNERSHIP", COST),
                Map.entry("labels.relationship_level rule PROACTIVE", COST),
                Map.entry("labels.relationship_level rule REACTIVE", COST),
                Map.entry(
                    "pyramids.potential.weights.expected_sales_amount",
                    "opportunities is not mapped"),
                Map.entry("pyramids.potential.weights.satisfaction_365d", "contacts is not mapped"),
                Map.entry("pyramids.margin", COST),
                Map.entry("pyramids.profit.weights.profit_365d", COST),
                Map.entry("scorecard.financial", "payments, transactions.cost are not mapped"),
                Map.entry("scorecard.service", "contacts is not mapped"))),
        reasons(Plans.of(TRANSACTIONS)));
  }

  @Test
  void withEveryInputNothingIsLeftOut() {
    ScorePlan plan = Plans.of(EVERYTHING);

    assertEquals(Map.of(), plan.switchedOff());
    assertEquals(
        ScorePlan.builtIn().models().pyramids().stream().map(Pyramid::weights).toList(),
        plan.models().pyramids().stream().map(Pyramid::weights).toList());
    assertEquals(Set.copyOf(ScorePlan.builtIn().indicators()), Set.copyOf(plan.indicators()));
  }

  @Test
  void onlyPartsAreLeftOutWhereSomeColumnsAreNotMapped() {
    assertEquals(
        new TreeMap<>(
            Map.of(
                "churn", "contacts.satisfaction is not mapped",
                "labels.loyalty rule SUPPORTER", "contacts.satisfaction is not mapped",
                "labels.profit_service", "contacts.cost, transactions.cost are not mapped",
                "scorecard.service", "contacts.satisfaction is not mapped")),
        reasons(
            Plans.of(
                TRANSACTIONS,
                "inputs.contacts={path: x, columns: {customer_id: a, contact_time: b, type: c}}",
                "pyramids={margin: false, potential: false, profit: {weights:"
                    + " {net_sales_amount_365d: 1}}}",
                "labels.relationship_level=false",
                "scorecard.financial=false")));
  }

  @Test
  void aLabelWhoseModelsAreSwitchedOffGoesWithThem() {
    assertEquals(
        new TreeMap<>(
            Map.of(
                "labels.relationship_level rule ACCOUNTABLE", "margin_tier is switched off",
                "labels.relationship_level rule PARTNERSHIP", "margin_tier is switched off",
                "labels.relationship_level rule PROACTIVE", "margin_tier is switched off",
                "labels.relationship_level rule REACTIVE", "margin_tier is switched off",
                "labels.relationship_level rule BASIC", "margin_tier is switched off",
                "labels.profit_service", "profit_tier is switched off",
                "labels.buyer_type rule STRATEGIC", "profit_tier is switched off")),
        reasons(Plans.of(EVERYTHING, "pyramids=false")));
  }

  @Test
  void reasonsAreSaidInBothLanguages() {
    assertEquals(
        new BilingualText(
            "contacts, transactions.cost are not mapped and profit_tier is switched off",
            "未映射 contacts、transactions.cost；profit_tier 已关闭"),
        Objects.requireNonNull(
                Plans.of(TRANSACTIONS, "pyramids=false").switchedOff().get("labels.profit_service"))
            .reason());
  }

  @Test
  void theIndicatorsOfModelsComeInTheOrderOfTheModels() {
    assertEquals(
        List.of(
            "net_sales_amount_365d",
            "transaction_count_365d",
            "net_sales_amount_lifetime",
            "profit_365d",
            "service_cost_365d",
            "open_complaint_count",
            "resolved_complaint_count_365d",
            "complaint_resolution_days_365d",
            "won_back_count_365d",
            "recency_days",
            "return_rate_90d"),
        Plans.of(
                EVERYTHING,
                "classification={customer_class: false, one_off: false, mine: {by:"
                    + " return_rate_90d}}",
                "pyramids={profit: false, margin: false, potential: false, mine: {weights:"
                    + " {net_sales_amount_365d: 1}, tiers: [{name: A, top_value_share: 1%, of:"
                    + " profit_365d}, {name: B}]}}",
                "scorecard=false",
                "rfm=false",
                "churn=false",
                "clustering=false",
                "labels={lifecycle: [{when: \"mine = 'LARGE' AND recency_days > 3\", then: A},"
                    + " {then: B}], loyalty: false, profit_service: false, buyer_type: false,"
                    + " relationship_level: false}")
            .indicators());
  }

  @Test
  void anIndicatorKnowsWhichEndIsTheGoodOne() {
    ScorePlan plan = Plans.of(TRANSACTIONS);

    assertEquals(Better.LOWER, plan.indicator("recency_days").indicator().better());
    assertEquals(
        "No model uses 'return_rate_365d'",
        assertThrows(IllegalArgumentException.class, () -> plan.indicator("return_rate_365d"))
            .getMessage());
  }

  @Test
  void aCodeWithoutANameIsReadAsWords() {
    ScorePlan plan = Plans.of(TRANSACTIONS, "names.GOLD.en=Gold card");

    assertEquals(new BilingualText("Gold card", "金"), plan.name("GOLD"));
    assertEquals(new BilingualText("Very loyal", "Very loyal"), plan.name("VERY_LOYAL"));
  }

  @Test
  void marketsAreTheWordsThatAreKnownOfCustomers() {
    assertEquals(
        List.of("main_channel_365d", "kind", "is_listed", "region"),
        Plans.of(EVERYTHING).characteristics());
    assertEquals(List.of(), Plans.of(TRANSACTIONS).characteristics());
    assertEquals(
        List.of("kind", "is_listed", "region", "main_channel_90d"),
        Plans.of(EVERYTHING, "indicators.windows=[90d, lifetime]").characteristics());
    assertEquals(
        List.of("main_channel_365d", "kind", "is_listed", "region"),
        Plans.of(EVERYTHING, "indicators.windows=[365d, lifetime]").characteristics());
  }

  private static List<String> weights(ScorePlan plan, int pyramid) {
    return plan.models().pyramids().get(pyramid).weights().stream()
        .map(WeightedIndicator::indicator)
        .toList();
  }

  private static Map<String, String> reasons(ScorePlan plan) {
    Map<String, String> reasons = new TreeMap<>();
    plan.switchedOff().forEach((part, reason) -> reasons.put(part, reason.reason().en()));
    return reasons;
  }
}
