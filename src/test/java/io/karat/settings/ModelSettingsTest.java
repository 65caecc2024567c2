package io.karat.settings;

import static io.karat.settings.Configurations.LEAST;
import static io.karat.settings.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.LevelSettings.Condition.Bound;
import io.karat.settings.LevelSettings.Condition.TopShare;
import io.karat.settings.LevelSettings.Condition.TopValueShare;
import io.karat.settings.LevelSettings.Level;
import io.karat.settings.Pyramid.Normalisation;
import io.karat.settings.Scorecard.Perspective;
import io.karat.settings.WeightedIndicator.Target;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Tests of the settings of value models, and of the defaults for what a business leaves out. */
class ModelSettingsTest {
  @Test
  void theModelsOfTheDesignAreRead() {
    Models models =
        models(
            """
            classification:
              size: {by: recency_days, classes: [{name: NEAR, max: 30}, {name: FAR}], cuts: fresh}
              one_off: {share: 90%, quiet_days: 180}
            pyramids:
              growth:
                weights: {sales_trend_365d: 60, profit_365d: {weight: 40, target: 5000, cap: 1.2}}
            rfm:
              recency: {indicator: recency_days, cuts: [115, 181, 297.4, 482]}
            labels:
              size_label:
                - {when: recency_days > 730, then: LOST}
                - {then: ACTIVE}
            """,
            "pyramids.growth.weights.sales_trend_365d={weight: 60, target: {top_share: 20%}}",
            "pyramids.growth.normalise=target",
            "pyramids.growth.tiers=[{name: A, min_score: 80}, {name: B, top_value_share: 0.8, of:"
                + " profit_365d}, {name: C}]");

    assertEquals(
        new Classification(
            "size",
            "recency_days",
            new LevelSettings(
                List.of(
                    new Level(
                        "NEAR",
                        Optional.of(new Bound(number("30"), false)),
                        at(9, "classification.size.classes[0]")),
                    new Level("FAR", Optional.empty(), at(9, "classification.size.classes[1]")))),
            RankedPopulation.BUYERS,
            CutPolicy.FRESH,
            false,
            at(9, "classification.size")),
        models.classifications().get(1));
    assertEquals(
        Optional.of(
            new OneOffSettings(number("0.9"), number("3"), 180, at(10, "classification.one_off"))),
        models.bigTicket());

    Pyramid growth = models.pyramids().get(3);
    assertEquals("growth", growth.name());
    assertEquals(Normalisation.TARGET, growth.normalisation());
    assertEquals(Optional.empty(), growth.missing());
    assertEquals(
        List.of(new Target.Reached(number("0.2")), new Target.Fixed(number("5000"))),
        growth.weights().stream().flatMap(weight -> weight.target().stream()).toList());
    assertEquals(number("1.2"), growth.weights().get(1).cap());
    assertEquals(
        List.of(
            Optional.of(new Bound(number("80"), true)),
            Optional.of(new TopValueShare(number("0.8"), Optional.of("profit_365d"))),
            Optional.empty()),
        growth.tiers().levels().stream().map(Level::condition).toList());

    Rfm rfm = models.rfm().orElseThrow();
    assertEquals(5, rfm.recency().bins());
    assertEquals(
        List.of(number("115"), number("181"), number("297.4"), number("482")),
        rfm.recency().cuts());
    assertEquals(
        new LabelSettings(
            "size_label",
            List.of(
                new LabelSettings.Rule(
                    Optional.of(
                        new Expression("recency_days > 730", at(18, "labels.size_label[0].when"))),
                    "LOST",
                    at(18, "labels.size_label[0]")),
                new LabelSettings.Rule(Optional.empty(), "ACTIVE", at(19, "labels.size_label[1]"))),
            false,
            at(17, "labels.size_label")),
        models.labels().get(5));
  }

  @Test
  void everyModelIsThereByDefault() {
    Models models = models("");

    assertEquals(List.of("customer_class"), names(models.classifications(), Classification::name));
    assertEquals(List.of("profit", "margin", "potential"), names(models.pyramids(), Pyramid::name));
    assertEquals(
        Set.of(Perspective.values()), models.scorecard().orElseThrow().perspectives().keySet());
    assertEquals(
        List.of("lifecycle", "loyalty", "profit_service", "buyer_type", "relationship_level"),
        names(models.labels(), LabelSettings::name));
    assertEquals(
        new TreeMap<>(
            Map.of(
                number("1"), number("0.8"),
                number("2"), number("0.4"),
                number("3"), number("0.2"),
                number("4"), number("0.1"),
                number("5"), number("0.015"))),
        models.churn().orElseThrow().levels());
    assertEquals(
        List.of(
            Optional.of(new TopShare(number("0.01"))),
            Optional.of(new TopShare(number("0.05"))),
            Optional.of(new TopShare(number("0.2"))),
            Optional.empty()),
        models.pyramids().get(0).tiers().levels().stream().map(Level::condition).toList());
    assertTrue(models.rfm().orElseThrow().isDefault());
  }

  @Test
  void everyCodeOfADefaultModelHasANameInBothLanguages() {
    Models models = models("");

    // Those of default treatments, which are there where effort is allocated.
    Set<String> codes = new TreeSet<>(List.of("HOLD", "INVEST", "NO_EFFORT", "REDUCE"));
    codes.addAll(models.codes());
    assertEquals(codes, models.names().keySet());
    models
        .names()
        .forEach((code, name) -> assertFalse(name.en().equals(name.zh()), code + " is said twice"));
  }

  @Test
  void whatIsNotSaidOfADefaultModelStays() {
    Models models =
        models(
            "",
            "rfm.nested=true",
            "rfm.monetary.indicator=profit_365d",
            "pyramids.profit.cuts=fresh",
            "scorecard.financial.weight=40",
            "scorecard.quadrant.current=70",
            "classification.one_off.quiet_days=90",
            "names.GOLD.zh=金卡");

    Rfm rfm = models.rfm().orElseThrow();
    assertTrue(rfm.isNested());
    assertEquals("profit_365d", rfm.monetary().indicator());
    assertEquals("recency_days", rfm.recency().indicator());
    assertEquals(5, rfm.monetary().bins());
    assertFalse(rfm.isDefault());
    Pyramid profit = models.pyramids().get(0);
    assertEquals(CutPolicy.FRESH, profit.cuts());
    assertEquals(2, profit.weights().size());
    assertTrue(profit.isDefault());
    Scorecard scorecard = models.scorecard().orElseThrow();
    assertEquals(number("40"), view(scorecard, Perspective.FINANCIAL).weight());
    assertEquals(4, view(scorecard, Perspective.FINANCIAL).indicators().size());
    assertEquals(number("70"), scorecard.current());
    assertEquals(number("60"), scorecard.potential());
    assertTrue(scorecard.isDefault());
    assertEquals(Optional.of(number("0.8")), models.bigTicket().map(OneOffSettings::share));
    assertEquals(new BilingualText("Gold", "金卡"), models.names().get("GOLD"));
  }

  @Test
  void weightsRulesAndTablesAreReplacedAsAWhole() {
    Models models =
        models(
            "",
            "pyramids.profit.weights={net_sales_amount_365d: 1}",
            "scorecard.sales.indicators={net_sales_amount_365d: {weight: 1, target: 10}}",
            "labels.lifecycle=[{then: ALL}]",
            "churn.levels={1: 50%, 3: 10%}",
            "rfm.names=[{name: ALL}]");

    assertEquals(1, models.pyramids().get(0).weights().size());
    assertFalse(models.pyramids().get(0).isDefault());
    Scorecard scorecard = models.scorecard().orElseThrow();
    assertEquals(1, view(scorecard, Perspective.SALES).indicators().size());
    assertFalse(scorecard.isDefault());
    assertEquals(1, models.labels().get(0).rules().size());
    assertFalse(models.labels().get(0).isDefault());
    assertEquals(2, models.churn().orElseThrow().levels().size());
    assertTrue(models.churn().orElseThrow().isDefault());
    assertEquals(1, models.rfm().orElseThrow().names().size());
    assertTrue(models.rfm().orElseThrow().isDefault());
  }

  @Test
  void falseSwitchesAModelOff() {
    Models models =
        models(
            "",
            "classification=false",
            "pyramids.potential=false",
            "scorecard.service=false",
            "rfm=false",
            "labels={loyalty: false, buyer_type: false}",
            "churn=false");

    assertEquals(List.of(), models.classifications());
    assertEquals(Optional.empty(), models.bigTicket());
    assertEquals(List.of("profit", "margin"), names(models.pyramids(), Pyramid::name));
    assertEquals(
        Set.of(Perspective.FINANCIAL, Perspective.SALES, Perspective.CUSTOMER),
        models.scorecard().orElseThrow().perspectives().keySet());
    assertEquals(Optional.empty(), models.rfm());
    assertEquals(
        List.of("lifecycle", "profit_service", "relationship_level"),
        names(models.labels(), LabelSettings::name));
    assertEquals(Optional.empty(), models.churn());
    assertEquals(List.of(), models("pyramids: false").pyramids());
    assertEquals(List.of(), models("classification: {customer_class: false}").classifications());
  }

  @Test
  void anEmptyBlockKeepsTheDefaults() {
    assertEquals(
        models("").pyramids().size(), models("pyramids:\nrfm: {}\nlabels:\n").pyramids().size());
    assertEquals(
        models("").rfm().map(Rfm::names), models("", "rfm.weights={}").rfm().map(Rfm::names));
  }

  @Test
  void ownModelsComeAfterTheDefaultOnesInTheOrderOfTheFile() {
    assertEquals(
        List.of("profit", "margin", "potential", "b", "a"),
        names(
            models("pyramids: {b: {weights: {recency_days: 1}}, a: {weights: {recency_days: 1}}}")
                .pyramids(),
            Pyramid::name));
  }

  @Test
  void modelsGiveColumns() {
    assertEquals(
        Map.ofEntries(
            Map.entry("customer_class", "classification.customer_class"),
            Map.entry("usual_interval_days", "usual_interval"),
            Map.entry("is_one_off", "classification.one_off"),
            Map.entry("one_off_since", "classification.one_off"),
            Map.entry("one_off_service_cost", "classification.one_off"),
            Map.entry("potential_score", "pyramids.potential"),
            Map.entry("potential_tier", "pyramids.potential"),
            Map.entry("sales_score", "scorecard.sales"),
            Map.entry("customer_score", "scorecard.customer"),
            Map.entry("current_value_score", "scorecard"),
            Map.entry("potential_value_score", "scorecard"),
            Map.entry("scorecard_score", "scorecard"),
            Map.entry("scorecard_quadrant", "scorecard"),
            Map.entry("recency_bin", "rfm"),
            Map.entry("frequency_bin", "rfm"),
            Map.entry("monetary_bin", "rfm"),
            Map.entry("rfm_score", "rfm"),
            Map.entry("rfm_segment", "rfm"),
            Map.entry("expected_churn", "churn"),
            Map.entry("value_at_risk_amount", "churn"),
            Map.entry("has_left", "churn"),
            Map.entry("satisfaction_level", "churn"),
            Map.entry("lifecycle", "labels.lifecycle")),
        new ModelColumns(
                models(
                    "",
                    "pyramids.profit=false",
                    "pyramids.margin=false",
                    "scorecard={financial: false, service: false}",
                    "labels={loyalty: false, profit_service: false, buyer_type: false,"
                        + " relationship_level: false}"))
            .owners());
  }

  private static Models models(String yaml, String... sets) {
    return read(LEAST + yaml, sets).models();
  }

  private static Scorecard.View view(Scorecard scorecard, Perspective perspective) {
    return Objects.requireNonNull(scorecard.perspectives().get(perspective));
  }

  private static <T> List<String> names(List<T> models, Function<T, String> name) {
    return models.stream().map(name).toList();
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  private static Location at(int line, String key) {
    return new Location("karat.yaml:" + line, key);
  }
}
