package io.karat.night;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedPrediction;
import io.karat.models.Model;
import io.karat.models.ModelCustomers;
import io.karat.models.NightModel;
import io.karat.prediction.PredictionModel;
import io.karat.prediction.PredictionScores;
import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import io.karat.run.Json;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import io.karat.settings.Language;
import io.karat.tables.Money;
import io.karat.testing.LocalSpark;
import io.karat.training.ModelExport;
import io.karat.training.ModelJob;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of nights that predict who will buy: the first fits a model, the next applies it. */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NightPredictionTest {
  private static final String PREDICTION =
      "prediction={horizon_days: 60, among: recency_days < 300, challengers: [], penalty: 0.001,"
          + " features: [recency_days, tenure_days, transaction_day_count_365d,"
          + " net_sales_amount_365d, sales_trend_365d]}";
  private static final String CLUSTERING =
      "clustering={k: 3, features: {recency_days: 1, transaction_day_count_365d: 1,"
          + " net_sales_amount_365d: 2, sales_trend_365d: 1}}";
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final String CHANCE = "purchase_probability_next_60d";

  private final SparkSession spark;
  @TempDir static Path folder;
  private ToyFirm firm;
  private NightResult first;
  private NightResult second;

  NightPredictionTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void runTwoNights() throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01", RepeatBuyers.rows(new RepeatBuyers(1500, FIRST, true, 7).events()));
    first = firm.run("2026-03-01", PREDICTION, CLUSTERING);
    assertTrue(first.models().containsKey("prediction"), () -> first.remarks().toString());
    second = firm.run("2026-03-02", PREDICTION, CLUSTERING);
  }

  /** The odds of whoever is asked, from the model file and the published indicators. */
  @Test
  void everyCustomerHasWhatTheModelSays() throws IOException {
    JsonNode model = model();
    Map<String, Row> indicators = byCustomer(first, "customer_indicators");
    Map<String, Row> values = byCustomer(first, "customer_value");

    int asked = 0;
    for (Map.Entry<String, Row> customer : values.entrySet()) {
      Row known = Objects.requireNonNull(indicators.get(customer.getKey()));
      BigDecimal chance = customer.getValue().getAs(CHANCE);
      BigDecimal churn = customer.getValue().getAs("churn_probability_next_60d");
      BigDecimal amount = customer.getValue().getAs("predicted_net_sales_amount_next_60d");
      if (known.<Integer>getAs("recency_days") >= 300) {
        assertEquals(null, chance);
        assertEquals(null, amount);
      } else {
        double score = score(model, model.path("chance"), known);
        double expected = 1 / (1 + Math.exp(-score));
        assertEquals(expected, chance.doubleValue(), 2e-6);
        assertEquals(0, BigDecimal.ONE.compareTo(chance.add(churn)));
        double log = score(model, model.path("amount"), known);
        double limited =
            Math.max(
                Math.min(log, model.path("amount").path("high").asDouble()),
                model.path("amount").path("low").asDouble());
        double factor =
            model.path("amount").path("smearing").asDouble()
                * model.path("amount").path("level").asDouble()
                * model.path("amount").path("season").asDouble();
        assertEquals(expected * Math.exp(limited) * factor, amount.doubleValue(), 0.006);
        asked++;
      }
    }
    assertTrue(asked > 200 && asked < values.size(), asked + " of " + values.size());
  }

  private static double score(JsonNode model, JsonNode regression, Row known) {
    double score = regression.path("intercept").asDouble();
    int j = 0;
    for (JsonNode feature : model.path("features")) {
      Number value = known.getAs(feature.path("indicator").asText());
      if (value != null) {
        double number = value.doubleValue();
        double scaled =
            feature.path("scale").asText().equals("linear")
                ? number
                : Math.signum(number) * Math.log1p(Math.abs(number));
        double limited =
            Math.max(
                Math.min(scaled, feature.path("high").asDouble()), feature.path("low").asDouble());
        score +=
            regression.path("coefficients").path(j).asDouble()
                * (limited - feature.path("mean").asDouble())
                / feature.path("deviation").asDouble();
      }
      j++;
      if (feature.has("unknown_share")) {
        double share = feature.path("unknown_share").asDouble();
        score +=
            regression.path("coefficients").path(j).asDouble()
                * ((value == null ? 1 : 0) - share)
                / Math.sqrt(share * (1 - share));
        j++;
      }
    }
    return score;
  }

  /** The contributions of a customer add up to the logarithm of the published odds. */
  @Test
  void contributionsAddUp() {
    Map<String, Row> contributions = byCustomer(first, "value_contributions");
    Map<String, Row> values = byCustomer(first, "customer_value");

    values.forEach(
        (customer, row) -> {
          BigDecimal chance = row.getAs(CHANCE);
          Map<String, BigDecimal> own =
              logOdds(Objects.requireNonNull(contributions.get(customer)));
          assertEquals(chance == null ? 0 : 6, own.size());
          if (chance != null) {
            BigDecimal sum = own.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            double exact = 1 / (1 + StrictMath.exp(-sum.doubleValue()));
            assertEquals(new BigDecimal(exact).setScale(6, RoundingMode.HALF_UP), chance, customer);
            assertReason(own, row);
          }
        });
  }

  private static Map<String, BigDecimal> logOdds(Row contributions) {
    Map<String, BigDecimal> own = new LinkedHashMap<>();
    for (String column : contributions.schema().fieldNames()) {
      BigDecimal value = column.startsWith("log_odds__") ? contributions.getAs(column) : null;
      if (value != null) {
        own.put(column.substring("log_odds__".length()), value);
      }
    }
    return own;
  }

  /** The main reason is the lowest contribution, if it is below 0. */
  private static void assertReason(Map<String, BigDecimal> own, Row row) {
    Optional<String> lowest =
        own.entrySet().stream()
            .filter(it -> !it.getKey().equals("intercept"))
            .min(Map.Entry.comparingByValue())
            .filter(it -> it.getValue().signum() < 0)
            .map(Map.Entry::getKey);
    String reason = row.getAs("churn_main_reason");

    assertEquals(lowest, Optional.ofNullable(reason));
    if ("recency_days".equals(reason)) {
      assertEquals("Recency: above average", row.getAs("churn_main_reason_name"));
    }
  }

  @Test
  void theModelIsShownByItsTables() throws IOException {
    List<Row> coefficients = firm.table(first, "prediction_coefficients").collectAsList();
    JsonNode model = model();

    Set<String> parts =
        coefficients.stream().map(row -> row.<String>getAs("part")).collect(Collectors.toSet());
    assertEquals(Set.of("chance", "amount"), parts);
    assertEquals(
        model.path("chance").path("coefficients").path(0).asDouble(),
        coefficients.get(1).<BigDecimal>getAs("coefficient").doubleValue(),
        1e-6);
    assertEquals(
        Math.exp(model.path("chance").path("coefficients").path(0).asDouble()),
        coefficients.get(1).<BigDecimal>getAs("odds_ratio").doubleValue(),
        1e-6);
    List<Row> test = firm.table(first, "prediction_back_test").collectAsList();
    assertEquals(
        Set.of("regression", "bgnbd", "recency", "rfm_rank_sum", "past_sales", "rate"),
        test.stream()
            .map(row -> row.<String>getAs("predictor"))
            .filter(it -> !it.equals("last_year"))
            .collect(Collectors.toSet()));
    assertEquals(
        10,
        test.stream()
            .filter(row -> row.getAs("predictor").equals("regression"))
            .filter(row -> row.getAs("measure").equals("calibration"))
            .count());
  }

  @Test
  void theNextNightAppliesTheSameModel() {
    assertEquals(first.models().get("prediction"), second.models().get("prediction"));
    assertEquals(
        0,
        firm.table(first, "prediction_coefficients")
            .drop("as_of_date", "run_id")
            .exceptAll(firm.table(second, "prediction_coefficients").drop("as_of_date", "run_id"))
            .count());
  }

  /** Expects that a fit on the same rows by command gives the same bytes. */
  @Test
  void aFitByHandIsThatOfTheNight() throws IOException {
    ModelJob job = new ModelJob(spark, firm.out(), PredictionKind.of(firm.plan(PREDICTION)));

    assertEquals(used().id(), job.fit(Optional.of(first.run().id())).candidate().model().id());
  }

  /** Expects that the explanation of a customer is what the night has published. */
  @Test
  void aCustomerIsExplainedAsPublished() throws IOException {
    Row published =
        firm.table(first, "customer_value")
            .filter(CHANCE + " IS NOT NULL")
            .orderBy("customer_id")
            .first();
    ExplainedPrediction prediction =
        CustomerExplanation.of(
                firm.plan(PREDICTION), published.getAs("customer_id"), FIRST, firm.out(), spark)
            .prediction()
            .orElseThrow();

    prediction
        .values()
        .forEach(
            (column, value) ->
                assertEquals(Optional.ofNullable(published.getAs(column)), value, column));
    assertEquals("intercept", prediction.contributions().get(0).indicator());
    assertEquals(6, prediction.contributions().size());
  }

  /** Expects the night's own probability of every customer from a pipeline of Spark ML. */
  @Test
  void anExportedPredictionSaysWhatTheNightSays() throws IOException {
    Dataset<Row> scored = exported("prediction");
    Dataset<Row> values =
        firm.table(first, "customer_value")
            .select(col("customer_id"), col(CHANCE).as("of_the_night"));

    assertEquals(
        0,
        scored
            .join(values, "customer_id")
            .filter("NOT %s <=> of_the_night".formatted(CHANCE))
            .count());
    Row asked = scored.filter(CHANCE + " IS NOT NULL").orderBy("customer_id").first();
    Vector chances = asked.getAs("probability");
    assertEquals(asked.<BigDecimal>getAs(CHANCE).doubleValue(), chances.apply(1), 5e-6);
  }

  /** On a first night no hysteresis holds anybody. */
  @Test
  void exportedSegmentsAreThoseOfTheNight() throws IOException {
    Dataset<Row> values =
        firm.table(first, "customer_value")
            .select(col("customer_id"), col("segment_id").as("of_the_night"));
    Dataset<Row> scored = exported("segments").join(values, "customer_id");

    assertEquals(0, scored.filter("NOT segment_id <=> of_the_night").count());
    assertTrue(scored.filter("segment_id = 'S0'").count() > 0, "some have no trend");
    assertEquals(4, scored.select("segment_id").distinct().count());
  }

  /** The customers of the first night, scored by a pipeline in a session of its own. */
  private Dataset<Row> exported(String kind) throws IOException {
    String to = folder.resolve("pipelines").resolve(kind).toString();
    new ModelExport(firm.plan(PREDICTION, CLUSTERING), firm.out())
        .write(kind, Optional.empty(), to);
    return PipelineModel.load(to)
        .transform(
            spark
                .newSession()
                .read()
                .parquet(
                    firm.output().resolve(first.path()).resolve("customer_indicators").toString()));
  }

  @Test
  void onlySegmentsAndPredictionsAreExported() throws IOException {
    ModelExport export = new ModelExport(firm.plan(PREDICTION, CLUSTERING), firm.out());
    String to = folder.resolve("none").toString();

    assertEquals(
        "Models of cuts are no pipelines of Spark ML: expected segments or prediction.",
        assertThrows(UsageException.class, () -> export.write("cuts", Optional.empty(), to))
            .getMessage());
    assertEquals(
        "Cannot export lifetime: the live release does not use a model of this kind. Run a night"
            + " with it first, or give an id.",
        assertThrows(RefusedException.class, () -> export.write("lifetime", Optional.empty(), to))
            .getMessage());
    ModelExport off = new ModelExport(firm.plan(CLUSTERING), firm.out());
    assertEquals(
        "Cannot export prediction %s: 'prediction' is switched off. Configure it as the nights that use the model."
            .formatted(used().id()),
        assertThrows(UsageException.class, () -> off.write("prediction", Optional.empty(), to))
            .getMessage());
    ModelExport rules =
        new ModelExport(firm.plan(CLUSTERING, "clustering.assign_by=rules"), firm.out());
    String segments = Objects.requireNonNull(first.models().get("segments")).id();
    assertEquals(
        "Cannot export segments %s: customers are assigned by rules, expected nearest centres. Set 'clustering.assign_by: centroids'."
            .formatted(segments),
        assertThrows(UsageException.class, () -> rules.write("segments", Optional.empty(), to))
            .getMessage());
    Files.createDirectories(folder.resolve("there"));
    String there = folder.resolve("there").toString();
    UsageException refused =
        assertThrows(UsageException.class, () -> export.write("segments", Optional.empty(), there));
    assertTrue(
        String.valueOf(refused.getMessage())
            .startsWith("Cannot export segments %s to '%s': ".formatted(segments, there)));
  }

  /** A night before the fit, one after three times its age, and one of too few customers. */
  @Test
  void whatReadersShouldKnowOfTheModelIsSaid() throws IOException {
    PredictionKind kind = PredictionKind.of(firm.plan(PREDICTION));
    Dataset<Row> customers = firm.table(first, "customer_indicators");
    Model model = firm.out().models().read("prediction", used().id());

    NightModel early =
        kind.ofNight(
            new ModelCustomers(FIRST.minusDays(1), customers), List.of(model), Optional.empty());
    assertEquals(Optional.of(model), early.used());
    assertEquals(
        "No model of predictions was fitted up to this night: the one of 2026-03-01 is used.",
        early.remarks().get(0).en());
    NightModel few =
        kind.ofNight(new ModelCustomers(FIRST, customers.limit(7)), List.of(), Optional.empty());
    assertEquals(
        "Nothing is predicted, its columns are unknown: there are 7 customers, expected at least"
            + " 200.",
        few.remarks().get(0).en());
    PredictionScores scores =
        new PredictionScores(
            firm.plan(PREDICTION).prediction().orElseThrow(),
            new Money(2),
            Optional.of(PredictionModel.parse(model)));
    assertEquals(
        List.of(
            "The model of predictions is 91 days old: expected at most 90. See karat models"
                + " compare prediction."),
        new NightPrediction(scores, FIRST.plusDays(91))
            .failedChecks(firm.plan().settings().checks())
            .map(check -> check.message().en())
            .toList());
  }

  @Test
  void aFitThatIsNotPossibleIsRefused() {
    ModelCustomers few =
        new ModelCustomers(FIRST, firm.table(first, "customer_indicators").limit(7));

    assertEquals(
        "Cannot fit prediction: there are 7 customers, expected at least 200. Existing models stay"
            + " as they are.",
        assertThrows(
                RefusedException.class, () -> PredictionKind.of(firm.plan(PREDICTION)).fit(few))
            .getMessage());
    assertEquals(
        "Cannot fit prediction: 'prediction' is switched off. Add 'prediction: {}'.",
        assertThrows(UsageException.class, () -> PredictionKind.of(firm.plan()).fit(few))
            .getMessage());
  }

  /** The report has a section with who is likely to leave, and what is at stake. */
  @Test
  void theReportSaysWhoIsLikelyToLeave() throws IOException {
    NightPlan plan = firm.plan(PREDICTION, CLUSTERING);
    PublishedReport report = new PublishedReport(spark, plan, firm.out());
    Release release = report.release(Optional.of(first.run().id()));

    String page = report.page(release, Language.EN);
    assertTrue(page.contains("Who will buy in the next 60 days"));
    assertTrue(page.contains("Forecast by level"), "of segments");
    assertTrue(report.page(release, Language.ZH).contains("未来 60 天谁会购买"));
  }

  @Test
  void withoutTheKeyNothingIsPredicted() throws IOException {
    NightPlan plan = firm.plan();

    assertTrue(plan.prediction().isEmpty());
    assertFalse(PublishedTables.names(plan).contains("prediction_coefficients"));
    assertTrue(PublishedTables.names(firm.plan(PREDICTION)).contains("prediction_back_test"));
  }

  private UsedModel used() {
    return Objects.requireNonNull(first.models().get("prediction"));
  }

  private JsonNode model() throws IOException {
    return Json.TREES.readTree(firm.out().models().read("prediction", used().id()).text());
  }

  private Map<String, Row> byCustomer(NightResult night, String table) {
    Map<String, Row> rows = new TreeMap<>();
    firm.table(night, table)
        .collectAsList()
        .forEach(row -> rows.put(row.getAs("customer_id"), row));
    return rows;
  }
}
