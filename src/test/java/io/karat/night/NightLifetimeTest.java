package io.karat.night;

import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.PurchaseHistory;
import io.karat.night.RepeatBuyers.Event;
import io.karat.publishing.ModelFit;
import io.karat.publishing.UsedModel;
import io.karat.quality.CheckResult;
import io.karat.run.Json;
import io.karat.testing.LocalSpark;
import io.karat.training.ModelJob;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of nights of a firm that is large enough for a model: the first fits it, a later one finds
 * it too old.
 */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NightLifetimeTest {
  private static final String LIFETIME =
      "lifetime_value={horizon_days: [90, 365], refit_after_days: 14}";
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final int CUSTOMERS = 500;

  private final SparkSession spark;
  private final List<Event> sales = new RepeatBuyers(CUSTOMERS, FIRST, false, 0).events();
  @TempDir static Path folder;
  private ToyFirm firm;
  private NightResult first;
  private NightResult late;
  private ModelFit candidate;

  NightLifetimeTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void runTwoNights() throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver("2026-03-01", RepeatBuyers.rows(sales))
            .deliver("2026-04-15", "late | c0 | 2026-04-15 09:00:00 | 10.00 | SALE");
    first = firm.run("2026-03-01", LIFETIME);
    late = firm.run("2026-04-15", LIFETIME);
    candidate = firm.out().models().latest("lifetime").orElseThrow();
  }

  /** Applies the model to purchase histories that are counted here, from the rows. */
  @Test
  void everyCustomerHasWhatTheModelSays() throws IOException {
    LifetimeModel model = model(first);
    Map<String, Row> values = new TreeMap<>();
    firm.table(first, "customer_value")
        .collectAsList()
        .forEach(row -> values.put(row.getAs("customer_id"), row));
    Map<String, List<Event>> byCustomer = sales.stream().collect(groupingBy(Event::customer));

    assertEquals(byCustomer.size(), values.size());
    byCustomer.forEach(
        (customer, own) -> {
          PurchaseHistory history = history(own);
          Row row = Objects.requireNonNull(values.get(customer));
          assertClose(model.purchase().aliveProbability(history), row.getAs("p_alive"), 1e-6);
          double expected = model.purchase().expected(history, 90);
          assertClose(expected, row.getAs("expected_transactions_next_90d"), 1e-6);
          assertClose(
              model.purchase().purchaseProbability(history, 90),
              row.getAs("purchase_probability_next_90d"),
              1e-6);
          double mean = mean(model, own);
          assertClose(expected * mean, row.getAs("expected_sales_amount_next_90d"), 0.0051);
          double rate = Math.log(1.1) / 365;
          assertClose(
              model.purchase().discounted(history, 365, rate) * mean,
              row.getAs("lifetime_value_next_365d"),
              0.0051);
        });
  }

  private static PurchaseHistory history(List<Event> own) {
    TreeSet<LocalDate> days = new TreeSet<>(own.stream().map(Event::day).toList());
    return new PurchaseHistory(
        days.size() - 1,
        ChronoUnit.DAYS.between(days.first(), days.last()),
        ChronoUnit.DAYS.between(days.first(), FIRST));
  }

  /** The expected spend, for amounts above 0 and at most one purchase per customer and day. */
  private static double mean(LifetimeModel model, List<Event> own) {
    LifetimeModel.Spend spend = model.spend().orElseThrow();
    boolean isOfRepeats = spend.spending().word().equals("repeats");
    LocalDate start = history(own).repeats() == 0 ? own.get(0).day() : first(own);
    List<Event> counted =
        own.stream().filter(sale -> !isOfRepeats || sale.day().isAfter(start)).toList();
    double total = counted.stream().mapToDouble(sale -> sale.amount().doubleValue()).sum();
    return spend.model().expectedMean(counted.size(), total);
  }

  private static LocalDate first(List<Event> own) {
    return own.stream().map(Event::day).min(LocalDate::compareTo).orElseThrow();
  }

  @Test
  void theIndicatorIsTheFirstHorizon() {
    assertEquals(
        0,
        firm.table(first, "customer_indicators")
            .join(firm.table(first, "customer_value"), "customer_id")
            .filter("NOT expected_sales_amount_model <=> expected_sales_amount_next_90d")
            .count());
  }

  /** The days that choose end where those that judge begin. */
  @Test
  void noDaysBothChooseAndJudge() throws IOException {
    JsonNode file = Json.TREES.readTree(model(first).model().text());
    int days = file.path("back_test").path("holdout_days").asInt();

    assertEquals(
        FIRST.minusDays(days).toString(), file.path("back_test").path("as_of_date").asText());
    assertEquals(
        FIRST.minusDays(2L * days).toString(), file.path("chosen_on").path("as_of_date").asText());
    assertEquals(days, file.path("chosen_on").path("holdout_days").asInt());
    assertEquals(90, days);
  }

  @Test
  void aModelThatIsOldBringsACandidateAndAWarning() throws IOException {
    UsedModel used = Objects.requireNonNull(first.models().get("lifetime"));

    assertEquals(used, late.models().get("lifetime"));
    assertFalse(first.hasWarnings());
    assertEquals(
        List.of(
            "The lifetime value model is 45 days old: expected at most 42. See karat models compare"
                + " lifetime."),
        late.checks().stream()
            .filter(check -> check.check().equals("lifetime"))
            .map(CheckResult::message)
            .map(message -> message.en())
            .toList());
    assertEquals(LocalDate.of(2026, 4, 15), candidate.asOf());
  }

  /** Expects that a fit on the same rows by command gives the same bytes. */
  @Test
  void aFitByHandIsThatOfTheNight() throws IOException {
    ModelJob job = new ModelJob(spark, firm.out(), LifetimeKind.of(firm.plan(LIFETIME)));

    assertEquals(
        Objects.requireNonNull(first.models().get("lifetime")).id(),
        job.fit(Optional.of(first.run().id())).candidate().model().id());
  }

  @Test
  void aNightThatIsRunAgainIsUnchanged() throws IOException {
    assertFalse(firm.run("2026-04-15", LIFETIME).isNew());
  }

  private LifetimeModel model(NightResult night) throws IOException {
    UsedModel used = Objects.requireNonNull(night.models().get("lifetime"));
    return LifetimeModel.parse(firm.out().models().read("lifetime", used.id()));
  }

  private static void assertClose(double expected, BigDecimal actual, double by) {
    assertTrue(
        Math.abs(expected - actual.doubleValue()) <= by, "%s, not %s".formatted(actual, expected));
  }
}
