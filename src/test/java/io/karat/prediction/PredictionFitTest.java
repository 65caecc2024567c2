package io.karat.prediction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.models.Model;
import io.karat.prediction.PastFirm.Sale;
import io.karat.run.Json;
import io.karat.settings.LifetimeSettings.Accept;
import io.karat.settings.PredictionSettings;
import io.karat.settings.PredictionSettings.Challenger;
import io.karat.settings.PredictionSettings.Season;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import io.karat.tables.Money;
import io.karat.testing.JavaOptions;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fits of predictions to customers whose sales are counted in plain Java. */
@ExtendWith(LocalSpark.class)
class PredictionFitTest {
  private static final int DAYS = 60;
  private static final Money MONEY = new Money(2);
  private static final List<String> FEATURES =
      List.of("recency_days", "tenure_days", "transaction_day_count_365d", "net_sales_amount_365d");
  private static final List<List<Sale>> SALES = PastFirm.sales(900);

  private final SparkSession spark;

  PredictionFitTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void whoBoughtLatelyAndOftenIsLikelyToBuy() throws IOException {
    PredictionModel model =
        fit(plan(FEATURES, "0.001", Challenger.GBT), SALES).model().orElseThrow();

    assertTrue(model.chance().coefficients().get(0) < 0, "recency");
    assertTrue(model.chance().coefficients().get(2) > 0, "frequency");
    JsonNode test = Json.TREES.readTree(model.model().text()).path("back_test");
    assertEquals(
        List.of(
            "regression",
            "gbt",
            "bgnbd",
            "recency",
            "rfm_rank_sum",
            "past_sales",
            "rate",
            "last_year"),
        test.path("predictors").findValuesAsText("name"));
    assertTrue(test.path("predictors").path(0).path("auc").asDouble() > 0.75);
    assertEquals("2025-12-31", test.path("as_of_date").asText());
  }

  /** The same text for rows in another order and in other partitions. */
  @Test
  void orderAndPartitionsDoNotMatter() {
    Model one = inPartitions(1);

    for (int partitions : List.of(2, 7, 200)) {
      assertEquals(one, inPartitions(partitions), partitions + " partitions");
    }
  }

  private Model inPartitions(int partitions) {
    return PredictionFit.of(
            plan(FEATURES, "auto"), MONEY, PastFirm.AS_OF, 900, firm(SALES, partitions), spark)
        .model()
        .orElseThrow()
        .model();
  }

  /** MLlib takes other linear algebra, whose sums have other last digits, where Java offers it. */
  @Test
  void theVectorModuleDoesNotMatter() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                JavaOptions.command(PredictionProcess.class, "--add-modules=jdk.incubator.vector"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String there = new String(other.getInputStream().readAllBytes(), UTF_8);

    assertEquals(0, other.waitFor());
    assertEquals("jdk.incubator.vector\n" + text(), there);
  }

  /** The text of a fitted model. */
  String text() {
    return fit(plan(FEATURES, "0.001"), SALES).model().orElseThrow().model().text();
  }

  @Test
  void aSmallFirmHasNoPrediction() {
    assertReason(
        "there are 150 customers, expected at least 200",
        PredictionFit.of(
            plan(FEATURES, "auto"), MONEY, PastFirm.AS_OF, 150, firm(SALES, 1), spark));
    List<List<Sale>> few = PastFirm.sales(250);
    PredictionFit.Outcome outcome =
        PredictionFit.of(plan(FEATURES, "auto"), MONEY, PastFirm.AS_OF, 250, firm(few, 1), spark);
    String reason = outcome.reason().orElseThrow().en();
    assertTrue(
        reason.matches(
            "of \\d+ customers asked as of 2025-12-31, \\d+ bought in the 60 days after and \\d+ did"
                + " not, expected at least 100 of each"),
        reason);
  }

  @Test
  void aFeatureThatKnowsTheAnswerIsRefused() {
    BiFunction<List<Sale>, LocalDate, Double> known =
        (all, day) ->
            all.stream()
                    .anyMatch(it -> it.day().isAfter(day) && !it.day().isAfter(day.plusDays(DAYS)))
                ? 1.0
                : 0.0;

    assertReason(
        "the features tell buyers from others without fail, so that no finite odds fit; look for"
            + " one that knows the answer",
        PredictionFit.of(
            plan(List.of("recency_days", "profit_365d"), "0.001"),
            MONEY,
            PastFirm.AS_OF,
            900,
            new PastFirm(spark, SALES, 1, known),
            spark));
  }

  @Test
  void twoFeaturesThatSayTheSameHaveNoFitWithoutAPenalty() {
    BiFunction<List<Sale>, LocalDate, Double> twice =
        (all, day) ->
            all.stream()
                .filter(it -> !it.day().isAfter(day))
                .mapToDouble(it -> 2.0 * (day.toEpochDay() - it.day().toEpochDay()))
                .min()
                .orElseThrow();

    assertReason(
        "the likelihood has no peak of finite curvature, as features say the same or settle who"
            + " buys; leave some out or set a penalty",
        PredictionFit.of(
            plan(List.of("recency_days", "average_collection_period_days_365d"), "0"),
            MONEY,
            PastFirm.AS_OF,
            900,
            new PastFirm(spark, SALES, 1, twice),
            spark));
  }

  @Test
  void aFeatureThatIsTheSameOfEverybodyTellsNothing() {
    assertReason(
        "no feature tells customers apart",
        PredictionFit.of(
            plan(List.of("profit_365d"), "auto"),
            MONEY,
            PastFirm.AS_OF,
            900,
            new PastFirm(spark, SALES, 1, (own, day) -> 3.0),
            spark));
  }

  /** A strong penalty draws all chances to the mean, so that they are not extreme enough. */
  @Test
  void chancesThatAreNotCalibratedAreNotPublished() {
    String reason = fit(plan(FEATURES, "0.2"), SALES).reason().orElseThrow().en();

    assertTrue(
        reason.matches(
            "the calibration slope of the back-test is \\d+\\.\\d\\d, expected 0\\.80 to 1\\.25"),
        reason);
  }

  private static void assertReason(String expected, PredictionFit.Outcome outcome) {
    assertEquals(Optional.of(expected), outcome.reason().map(it -> it.en()));
  }

  private PredictionFit.Outcome fit(PredictionPlan plan, List<List<Sale>> sales) {
    return PredictionFit.of(plan, MONEY, PastFirm.AS_OF, sales.size(), firm(sales, 2), spark);
  }

  private PastFirm firm(List<List<Sale>> sales, int partitions) {
    return new PastFirm(spark, sales, partitions, (own, day) -> 0.0);
  }

  static PredictionPlan plan(List<String> features, String penalty, Challenger... challengers) {
    Location at = new Location("karat.yaml:1", "prediction");
    List<IndicatorColumn> columns = features.stream().map(PredictionFitTest::column).toList();
    return new PredictionPlan(
        new PredictionSettings(
            DAYS,
            features.stream().map(it -> new PredictionSettings.Feature(it, at)).toList(),
            new Expression("recency_days < 365", at),
            penalty.equals("auto") ? Optional.empty() : Optional.of(new BigDecimal(penalty)),
            List.of(challengers),
            Season.AUTO,
            30,
            Accept.MANUAL,
            false,
            at),
        columns,
        features.contains("recency_days") ? List.of() : List.of(column("recency_days")));
  }

  private static IndicatorColumn column(String name) {
    return IndicatorPlan.builtIn().indicators().values().stream()
        .flatMap(it -> IndicatorColumn.named(name, it).stream())
        .findFirst()
        .orElseThrow();
  }
}
