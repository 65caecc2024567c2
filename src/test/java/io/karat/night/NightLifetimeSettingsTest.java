package io.karat.night;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.PurchaseHistory;
import io.karat.night.RepeatBuyers.Event;
import io.karat.publishing.RunLock;
import io.karat.publishing.UsedModel;
import io.karat.quality.CheckResult;
import io.karat.settings.BilingualText;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of lifetime value with other settings: only days with positive net sales are purchases,
 * frequent customers spend more, and newer models are accepted automatically.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NightLifetimeSettingsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final String[] SETTINGS = {
    "lifetime_value={horizon_days: [90], occasion: positive_net, accept: auto}",
    "pyramids={profit: false, margin: false, potential: false, foreseen:"
        + " {weights: {expected_sales_amount_model: 1}, tiers: [{name: TOP, top_share: 0.1},"
        + " {name: REST}]}}",
  };

  private final SparkSession spark;
  private final List<Event> events = new RepeatBuyers(400, FIRST, true, 7).events();
  @TempDir static Path folder;
  private ToyFirm firm;
  private NightResult first;
  private NightResult late;
  private NightResult early;

  NightLifetimeSettingsTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Runs three nights; the last is for a day before any model was trained. */
  @BeforeAll
  void runThreeNights() throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver("2026-03-01", RepeatBuyers.rows(events))
            .deliver("2026-04-15", "late | c0 | 2026-04-15 09:00:00 | 10.00 | SALE");
    first = firm.run("2026-03-01", SETTINGS);
    late = firm.run("2026-04-15", SETTINGS);
    try (RunLock lock = firm.out().lock("accept")) {
      firm.out().models().accept(firm.out().models().find("lifetime", used(first).id()), lock);
    }
    early = firm.run("2026-02-01", SETTINGS);
  }

  @Test
  void daysWithMoreSalesThanReturnsAreOccasions() throws IOException {
    LifetimeModel model =
        LifetimeModel.parse(firm.out().models().read("lifetime", used(first).id()));
    Map<String, Row> values = new TreeMap<>();
    firm.table(first, "customer_value")
        .collectAsList()
        .forEach(row -> values.put(row.getAs("customer_id"), row));
    Map<String, List<Event>> byCustomer = events.stream().collect(groupingBy(Event::customer));

    int unknown = 0;
    for (Map.Entry<String, List<Event>> customer : byCustomer.entrySet()) {
      Row row = Objects.requireNonNull(values.get(customer.getKey()));
      List<LocalDate> occasions = occasions(customer.getValue());
      BigDecimal foreseen = row.getAs("expected_transactions_next_90d");
      if (occasions.isEmpty()) {
        assertTrue(row.isNullAt(row.fieldIndex("expected_transactions_next_90d")));
        unknown++;
      } else {
        double expected = model.purchase().expected(history(occasions), 90);
        assertEquals(expected, foreseen.doubleValue(), 1e-6);
      }
    }
    assertTrue(unknown > 0, "somebody brought everything back");
  }

  /** The days on which a customer's purchases exceeded the returns, in order. */
  private static List<LocalDate> occasions(List<Event> own) {
    Map<LocalDate, BigDecimal> net =
        own.stream()
            .collect(
                groupingBy(
                    Event::day,
                    TreeMap::new,
                    reducing(BigDecimal.ZERO, NightLifetimeSettingsTest::signed, BigDecimal::add)));
    return net.entrySet().stream()
        .filter(day -> day.getValue().signum() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static BigDecimal signed(Event event) {
    return event.type().equals("SALE") ? event.amount() : event.amount().negate();
  }

  private static PurchaseHistory history(List<LocalDate> occasions) {
    LocalDate start = occasions.get(0);
    LocalDate last = occasions.get(occasions.size() - 1);
    return new PurchaseHistory(
        occasions.size() - 1,
        ChronoUnit.DAYS.between(start, last),
        ChronoUnit.DAYS.between(start, FIRST));
  }

  /** Expects that customers of the upper tier have the higher expected sales. */
  @Test
  void aPyramidMayRankByWhatIsForeseen() {
    Row least = foreseen("TOP", "min(expected_sales_amount_model)");
    Row most = foreseen("REST", "max(expected_sales_amount_model)");

    assertTrue(least.getDecimal(0).compareTo(most.getDecimal(0)) > 0, least + " " + most);
    assertEquals((least.getLong(1) + most.getLong(1)) / 10, least.getLong(1), "one in ten");
  }

  private Row foreseen(String tier, String which) {
    return firm.table(first, "customer_indicators")
        .join(firm.table(first, "customer_value"), "customer_id")
        .filter(col("foreseen_tier").equalTo(tier))
        .selectExpr(which, "count(*)")
        .first();
  }

  @Test
  void aNightThatAcceptsGoesByTheModelThatItFits() {
    assertNotEquals(used(first).id(), used(late).id());
    assertFalse(metrics(late).contains("model_age_days"));
  }

  @Test
  void spendThatGoesWithFrequencyIsAWarning() {
    CheckResult warning =
        first.checks().stream()
            .filter(check -> check.metric().equals("spend_frequency_correlation"))
            .findFirst()
            .orElseThrow();

    assertTrue(first.hasWarnings());
    assertTrue(warning.value().orElseThrow().compareTo(new BigDecimal("0.15")) > 0);
    assertEquals(
        "Purchase frequency and spend on a day correlate by %s: expected at most 0.15 in either direction. The spend model assumes that they are independent; look at its back-test before you rely on amounts."
            .formatted(warning.value().orElseThrow().setScale(3, RoundingMode.HALF_UP)),
        warning.message().en());
    assertFalse(metrics(early).contains("spend_frequency_correlation"), "only the night of a fit");
  }

  private static List<String> metrics(NightResult night) {
    return night.checks().stream().map(CheckResult::metric).toList();
  }

  @Test
  void aNightBeforeAllModelsUsesTheOldestAndSaysSo() {
    assertEquals(used(first).id(), used(early).id());
    assertEquals(
        Optional.of(
            "No model of lifetime value was fitted up to this night: the one of 2026-03-01 is"
                + " used."),
        early.remarks().stream().map(BilingualText::en).findFirst());
  }

  private static UsedModel used(NightResult night) {
    return Objects.requireNonNull(night.models().get("lifetime"));
  }
}
