package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.PublishedFigures;
import io.karat.publishing.RunLock;
import io.karat.settings.BilingualText;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the movement between a night, the night 30 days later, and the one after that, and of
 * the pooled pairs of nights.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NightMovementTest {
  private static final String[] SETTINGS = {
    "movement={period_days: 30}",
    "churn={by: transaction_count_lifetime, of: net_sales_amount_365d, left: recency_days >= 30,"
        + " period_days: 30, levels: learned}",
    "pyramids={profit: false, margin: false, potential: false, worth: {weights:"
        + " {net_sales_amount_365d: 1}, tiers: [{name: TOP, top_share: 0.34}, {name: REST}]}}",
  };

  private final SparkSession spark;
  @TempDir static Path folder;
  private ToyFirm firm;
  private NightResult first;
  private NightResult second;
  private NightResult third;

  NightMovementTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void runThreeNights() throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-01-30",
                """
                s1 | ann | 2026-01-30 09:00:00 | 10.00 | SALE
                s2 | bob | 2026-01-30 10:00:00 | 20.00 | SALE
                s3 | cid | 2026-01-30 11:00:00 | 90.00 | SALE
                """)
            .deliver(
                "2026-03-02",
                """
                s4 | ann | 2026-03-02 09:00:00 | 90.00 | SALE
                s5 | dan | 2026-03-02 10:00:00 |  5.00 | SALE
                """);
    first = firm.run("2026-01-30", SETTINGS);
    second = firm.run("2026-03-01", SETTINGS);
    third = firm.run("2026-03-02", SETTINGS);
  }

  @Test
  @Order(1)
  void theFirstNightSaysThatItHasNothingToCompareWith() {
    assertEquals(
        List.of(
            "Movement since the previous night: nothing is compared, as there is no night before"
                + " 2026-01-30.",
            "Movement over 30 days: nothing is compared, as there is no night from 2025-12-16 to"
                + " 2026-01-15. The night of 2026-01-30 can be compared with nights from 2026-02-14"
                + " to 2026-03-16.",
            "Markov chain: no pair of nights about 30 days apart yet, so state_values is empty."),
        remarks(first));
    assertEquals(0, rows(first, "transitions"));
    assertEquals(0, rows(first, "state_values"));
  }

  @Test
  @Order(2)
  void laterNightsSayWhatTheyLookBackTo() {
    assertEquals(
        List.of(
            "Movement since the previous night: compared with the night of 2026-01-30, 30 days"
                + " earlier.",
            "Movement over 30 days: compared with the night of 2026-01-30, 30 days earlier.",
            "Markov chain: 1 pair of nights about 30 days apart."),
        remarks(second));
    assertEquals(
        List.of(
            "Movement since the previous night: compared with the night of 2026-03-01, 1 day"
                + " earlier.",
            "Movement over 30 days: compared with the night of 2026-01-30, 31 days earlier.",
            "Markov chain: 2 pairs of nights about 30 days apart."),
        remarks(third));
  }

  @Test
  @Order(3)
  void movesAreCountedOverBothPeriods() {
    assertEquals(
        """
        1 | 2026-03-01 | 1 | REST | REST | 1 | 2 | 0.500000 | 0.00
        1 | 2026-03-01 | 1 | REST | TOP | 1 | 2 | 0.500000 | 90.00
        1 | 2026-03-01 | 1 | TOP | TOP | 1 | 1 | 1.000000 | 0.00
        1 | 2026-03-01 | 1 | never_seen | REST | 1 | 1 | 1.000000 | 5.00
        30 | 2026-01-30 | 31 | REST | REST | 1 | 2 | 0.500000 | 0.00
        30 | 2026-01-30 | 31 | REST | TOP | 1 | 2 | 0.500000 | 90.00
        30 | 2026-01-30 | 31 | TOP | TOP | 1 | 1 | 1.000000 | 0.00
        30 | 2026-01-30 | 31 | never_seen | REST | 1 | 1 | 1.000000 | 5.00
        """,
        ToyFirm.text(
            firm.table(third, "transitions").filter("model = 'worth_tier'"),
            "period_days",
            "from_date",
            "days_between",
            "from_state",
            "to_state",
            "customer_count",
            "from_customer_count",
            "probability",
            "cast(net_sales_amount_between AS decimal(9,2))"));
  }

  /**
   * All three had bought once and not left on January 30. Ann bought again on March 2, so that two
   * of them have left by then; the pair that ends a day earlier shares days with this one. They are
   * too few to learn from, so that the rate of satisfaction 1 stays 80 %.
   */
  @Test
  @Order(4)
  void whoHadNotLeftIsFollowedOverThePeriod() {
    assertEquals(
        "1.000000 | 0.800000 | 30 | 1 | 3 | 2 | 0.666667 | UNDECIDED | 1 | 5.000000\n",
        ToyFirm.text(
            firm.table(third, "churn_levels").filter("satisfaction_level = 1"),
            "satisfaction_level",
            "used_rate",
            "period_days",
            "night_pair_count",
            "observed_count",
            "left_count",
            "observed_rate",
            "verdict",
            "customer_count",
            "net_sales_amount_365d"));
  }

  /** Dan bought once, as two of the three did who had left after the period. */
  @Test
  @Order(4)
  void explainNamesTheChurnThatWasObservedAtTheLevel() throws IOException {
    List<PublishedFigures> figures =
        CustomerExplanation.of(
                firm.plan(SETTINGS), "dan", LocalDate.parse("2026-03-02"), firm.out(), spark)
            .figures();

    assertEquals(
        List.of("CHURN 1 Optional[0.666667] Optional[UNDECIDED]"),
        figures.stream()
            .map(
                it ->
                    "%s %s %s %s"
                        .formatted(
                            it.subject(),
                            it.name(),
                            it.values().get("observed_rate"),
                            it.values().get("verdict")))
            .toList());
  }

  /**
   * REST: two stayed until March 1, one of two until March 2. Ann's 90.00 in 31 days are 87.10 in
   * 30, and by four 21.77; dan's 5.00 are 4.84.
   */
  @Test
  @Order(4)
  void theChainPoolsAllPairsOfNights() {
    assertEquals(
        """
        REST | 2 | 2 | 4 | 0.750000 | 21.774194 | 0.000000
        TOP | 2 | 2 | 2 | 1.000000 | 0.000000 | 1.000000
        never_seen | 2 | 0 | 1 | 0.000000 | 4.838710 | 0.000000
        """,
        ToyFirm.text(
            firm.table(third, "state_values").filter("model = 'worth_tier'"),
            "state",
            "night_pair_count",
            "customer_count",
            "observed_count",
            "stay_probability",
            "mean_period_net_sales_amount",
            "stationary_share"));
  }

  @Test
  @Order(5)
  void aNightThatIsRunAgainIsUnchanged() throws IOException {
    assertEquals(third.run(), firm.run("2026-03-02", SETTINGS).run());
    assertEquals(second.run(), firm.run("2026-03-01", SETTINGS).run());
  }

  /**
   * Withdraws March 2, which is then neither the night before nor part of a pair. The pair of March
   * 1 is dropped too, as its first night was run again. Only tonight's own pair is left.
   */
  @Test
  @Order(6)
  void onlyNightsCountThatSpeakForTheHistoryNow() throws IOException {
    try (RunLock lock = firm.out().lock("test")) {
      firm.out().rollBack(Optional.empty(), (release, refusal) -> {}, lock);
    }
    firm.deliver("2026-01-30", "s6 | bob | 2026-01-30 12:00:00 | 7.00 | SALE");
    firm.run("2026-01-30", SETTINGS);

    assertEquals(
        List.of(
            "Movement since the previous night: compared with the night of 2026-03-01, 2 days"
                + " earlier.",
            "Movement over 30 days: compared with the night of 2026-01-30, 32 days earlier.",
            "Markov chain: 1 pair of nights about 30 days apart."),
        remarks(firm.run("2026-03-03", SETTINGS)));
  }

  private static List<String> remarks(NightResult night) {
    return night.remarks().stream().map(BilingualText::en).toList();
  }

  private static long rows(NightResult night, String table) {
    return Objects.requireNonNull(night.tables().get(table)).rows();
  }
}
