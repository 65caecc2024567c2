package io.karat.movement;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.indicators.IndicatorPlan;
import io.karat.scores.ScorePlan;
import io.karat.scores.ValueTable;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import io.karat.tables.TableContract;
import io.karat.testing.LocalSpark;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Movement by hand: five customers on two nights, 30 days apart. */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerMovementTest {
  private static final String CONFIGURATION =
      """
      inputs:
        transactions:
          path: unused
          columns: {customer_id: c, transaction_time: t, amount: a}
      classification:
        one_off: false
        customer_class:
          by: net_sales_amount_365d
          classes: [{name: LARGE, min: 100}, {name: SMALL}]
      pyramids: false
      scorecard: false
      labels: {lifecycle: false, loyalty: false, profit_service: false, buyer_type: false, relationship_level: false}
      churn: false
      """;
  private static final LocalDate THEN = LocalDate.of(2026, 1, 30);
  private static final String COLUMNS =
      """
      customer_id string, customer_class string, rfm_segment string, recency_bin int,
      frequency_bin int, monetary_bin int, net_sales_amount_365d decimal(38,2),
      net_sales_amount_lifetime decimal(38,2)
      """;

  /** Ann returned goods, bob bought much, cid bought a little, dan is gone, eve is new. */
  private static final String NIGHT_THEN =
      """
      ann | LARGE | LOYAL | 5 | 4 | 5 | 150.00 | 150.00
      bob | SMALL | LOYAL | 5 | 4 | 3 |  40.00 |  90.00
      cid | SMALL | LOYAL | 5 | 4 | 3 |  60.50 |  60.50
      dan | SMALL |       | 1 | 1 | 1 |   5.00 |   5.00
      """;

  private static final String NIGHT_NOW =
      """
      ann | SMALL | LOYAL  | 4 | 4 | 3 |  80.00 |  80.00
      bob | LARGE | LOYAL  | 5 | 4 | 5 | 240.00 | 290.00
      cid | SMALL | RECENT | 5 | 4 | 3 |  70.75 |  70.75
      eve | SMALL | RECENT | 5 | 1 | 1 |  10.00 |  10.00
      """;

  private final SparkSession spark;
  private MovementResult moved = MovementResult.none();

  CustomerMovementTest(SparkSession spark) {
    this.spark = spark;
  }

  private static CustomerMovement movement() {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read("karat.yaml", CONFIGURATION, Map.of(), List.of(), problems);
    ScorePlan plan = ScorePlan.of(settings, IndicatorPlan.of(settings, problems), problems);
    problems.throwIfAny();
    return new CustomerMovement(
        settings.movement().orElseThrow(),
        plan,
        new ValueTable(plan).states(),
        Map.of(),
        settings.output().historyDays());
  }

  @BeforeAll
  void compare() {
    MovementResult first = moved(frame(spark, COLUMNS, NIGHT_NOW), List.of());
    moved = moved(frame(spark, COLUMNS, NIGHT_NOW), fiveMore(first.kept().get(0)));
  }

  private MovementResult moved(Dataset<Row> now, List<PairOfNights> earlier) {
    return moved(frame(spark, COLUMNS, NIGHT_THEN), now, earlier);
  }

  private static MovementResult moved(
      Dataset<Row> then, Dataset<Row> now, List<PairOfNights> earlier) {
    return movement()
        .moved(
            now,
            Optional.empty(),
            List.of(new ComparedNight(30, THEN, THEN.plusDays(30), "run1", KeptAliases.NONE, then)),
            earlier);
  }

  /** Five earlier pairs of nights with the same moves, so that there are six. */
  private static List<PairOfNights> fiveMore(PairOfNights pair) {
    return IntStream.rangeClosed(1, 5)
        .mapToObj(
            months ->
                new PairOfNights(
                    pair.from().minusDays(30L * months),
                    pair.to().minusDays(30L * months),
                    "run" + months,
                    pair.periodDays(),
                    pair.moves()))
        .toList();
  }

  /**
   * Ann was large and is no longer, bob is now. Their profit is 8.00 and 60.00 of 68.00; bob's cost
   * of service is unknown, so that what he contributes is too. Who was and stayed small is no key
   * account.
   */
  @Test
  void keyAccountsAreGainedAndLostWithTheMoneyOfThem() {
    Dataset<Row> now =
        frame(
            spark,
            COLUMNS + ", profit_365d decimal(18,2), service_cost_365d decimal(18,2)",
            """
            ann | SMALL | LOYAL  | 4 | 4 | 3 |  80.00 |  80.00 |  8.00 | 10.00
            bob | LARGE | LOYAL  | 5 | 4 | 5 | 240.00 | 290.00 | 60.00 |
            eve | SMALL | RECENT | 5 | 1 | 1 |  10.00 |  10.00 |       | 1.00
            """);
    Dataset<Row> then = frame(spark, COLUMNS, NIGHT_THEN);
    List<ComparedNight> nights =
        List.of(new ComparedNight(30, THEN, THEN.plusDays(30), "run1", KeptAliases.NONE, then));

    Dataset<Row> rows =
        movement().keyAccountChanges(now, Optional.empty(), nights).orElseThrow().cache();
    assertEquals(
        List.of(MovementTables.keyAccountChanges(2).schema().fieldNames()),
        List.of(rows.columns()));
    assertFrame(
        frame(
            spark,
            """
            customer_id string, model string, change string, from_state string, to_state string,
            net_sales_amount_365d_before decimal(18,2), net_sales_amount_365d_now decimal(18,2),
            net_sales_amount_365d_change decimal(18,2), net_sales_amount_between decimal(18,2),
            profit decimal(18,2), contribution decimal(18,2), crossings string
            """,
            """
            ann | customer_class | LOST   | LARGE | SMALL | 150 | 80  | -70 | -70 | 8  | -2 | net_sales_amount_365d, recency_days
            bob | customer_class | GAINED | SMALL | LARGE | 40  | 240 | 200 | 200 | 60 |    | net_sales_amount_365d
            """),
        rows.drop(
            "period_days",
            "from_date",
            "from_state_name",
            "from_state_name_zh",
            "to_state_name",
            "to_state_name_zh",
            "service_cost"));
    assertEquals(
        """
        LARGE > SMALL: profit 8.000000, share 0.117647, service 10.000000, contribution -2.000000
        SMALL > LARGE: profit 60.000000, share 0.882353, service null, contribution null
        SMALL > left: profit null, share null, service null, contribution null
        never_seen > SMALL: profit null, share null, service 1.000000, contribution null\
        """,
        moved(then, now, List.of()).transitions().stream()
            .filter(row -> row.getString(0).equals("customer_class"))
            .map(CustomerMovementTest::money)
            .collect(joining("\n")));
  }

  private static String money(Row row) {
    int first = MovementTables.TRANSITIONS.schema().fieldIndex("profit");
    return "%s > %s: profit %s, share %s, service %s, contribution %s"
        .formatted(
            row.get(4),
            row.get(7),
            row.get(first),
            row.get(first + 1),
            row.get(first + 2),
            row.get(first + 3));
  }

  @Test
  void everyoneIsCountedByTheStateThenAndTheStateNow() {
    assertEquals(
        """
        LARGE > SMALL 1 of 1, 150.00 > 80.00, change -70.00, between -70.00; net_sales_amount_365d 1, recency_days 1
        SMALL > LARGE 1 of 3, 40.00 > 240.00, change 200.00, between 200.00; net_sales_amount_365d 1
        SMALL > SMALL 1 of 3, 60.50 > 70.75, change 10.25, between 10.25; null
        SMALL > left 1 of 3, 5.00 > 0.00, change -5.00, between 0.00; null
        never_seen > SMALL 1 of 1, 0.00 > 10.00, change 10.00, between 10.00; null
        """,
        transitions("customer_class"));
    assertEquals(
        """
        LOYAL > LOYAL 2 of 3, 190.00 > 320.00, change 130.00, between 130.00; net_sales_amount_365d 2, recency_days 1
        LOYAL > RECENT 1 of 3, 60.50 > 70.75, change 10.25, between 10.25; null
        never_seen > RECENT 1 of 1, 0.00 > 10.00, change 10.00, between 10.00; null
        unknown > left 1 of 1, 5.00 > 0.00, change -5.00, between 0.00; null
        """,
        transitions("rfm_segment"));
  }

  /**
   * Of one LARGE and three SMALL customers one was LARGE 30 days later, two SMALL and one gone. So
   * the mix of tonight, one LARGE and three SMALL, becomes 3/4 x 1/3, 1/4 + 3/4 x 1/3 and 3/4 x
   * 1/3. LARGE brought -70.00, SMALL (200.00 + 10.25 + 0.00) / 3. With v = 1.1^(-30/365) the value
   * of n steps is v S(n-1) - 70 for LARGE and 70.083333 + v (L(n-1) + S(n-1)) / 3 for SMALL; a year
   * has 12 and a sixth. It is the same in six pairs.
   */
  @Test
  void theChainGoesOnAsItWasCounted() {
    assertEquals(
        """
        LARGE 1 0.250000, stayed 0.000000 of 6, bought -70.000000, worth 61.447188, then 0.250000, at last 0.000000; null
        SMALL 3 0.750000, stayed 0.333333 of 18, bought 70.083333, worth 133.694773, then 0.500000, at last 0.000000; null
        never_seen 0 0.000000, stayed 0.000000 of 6, bought 10.000000, worth 141.447188, then 0.000000, at last 0.000000; null
        left 0 0.000000, stayed null of 0, bought null, worth 0.000000, then 0.250000, at last 1.000000; null
        """,
        stateValues("customer_class"));
  }

  /**
   * No customer was RECENT 30 days ago; without it, LOYAL and left are never left. Of three LOYAL
   * one became RECENT, and is expected to bring no more.
   */
  @Test
  void itIsSaidWhatIsNotKnown() {
    String unknown =
        "Nobody was followed for a whole period from this state, or from any that it leads to, so"
            + " it is not known what comes next.";
    String dependent =
        "Several groups of states are never left, so the long run depends on the start.";
    assertEquals(
        List.of(
            "LOYAL 2 0.500000, stayed 0.666667 of 18, bought 46.750000, worth 137.180676, then"
                + " 1.000000, at last null; "
                + dependent,
            "RECENT 2 0.500000, stayed null of 0, bought null, worth null, then null, at last null;"
                + " "
                + unknown,
            "unknown 0 0.000000, stayed 0.000000 of 6, bought 0.000000, worth 0.000000, then"
                + " 0.000000, at last null; "
                + dependent,
            "never_seen 0 0.000000, stayed 0.000000 of 6, bought 10.000000, worth null, then null,"
                + " at last null; "
                + unknown,
            "left 0 0.000000, stayed null of 0, bought null, worth 0.000000, then 0.000000, at last"
                + " null; "
                + dependent),
        stateValues("rfm_segment")
            .lines()
            .filter(
                line -> !line.contains(" 0 0.000000, stayed null of 0") || line.startsWith("left"))
            .toList());
  }

  @Test
  void theOrderOfCustomersChangesNothing() {
    Dataset<Row> then = frame(spark, COLUMNS, NIGHT_THEN).orderBy(col("customer_id").desc());
    Dataset<Row> now = frame(spark, COLUMNS, NIGHT_NOW).repartition(3, col("recency_bin"));

    assertEquals(moved, moved(then, now, fiveMore(moved.kept().get(0))));
  }

  @Test
  void aModelThatTheEarlierNightDidNotHaveHasNoMoves() {
    Dataset<Row> then = frame(spark, COLUMNS, NIGHT_THEN).drop("rfm_segment", "recency_bin");
    MovementResult withoutRfm = moved(then, frame(spark, COLUMNS, NIGHT_NOW), List.of());

    assertEquals(
        Set.of("customer_class"),
        Stream.concat(withoutRfm.transitions().stream(), withoutRfm.stateValues().stream())
            .map(row -> row.getString(0))
            .collect(toSet()));
  }

  /** A night keeps for later ones what it counted. */
  @Test
  void laterNightsAddUpWhatThisOneKeeps() {
    PairOfNights kept = PairOfNights.parse(moved.kept().get(0).json()).orElseThrow();

    assertEquals(moved.kept(), List.of(kept));
    assertEquals(THEN, kept.from());
    MovementResult later =
        movement()
            .moved(
                frame(spark, COLUMNS, NIGHT_NOW),
                Optional.empty(),
                List.of(),
                Stream.concat(Stream.of(kept), fiveMore(kept).stream()).toList());
    assertEquals(moved.stateValues(), later.stateValues());
    assertEquals(List.of(), later.transitions());
    assertEquals(List.of(), later.kept());
  }

  @Test
  void aPairOfAnotherPeriodDoesNotCount() {
    PairOfNights kept = moved.kept().get(0);
    PairOfNights weekly = new PairOfNights(kept.from(), kept.to(), kept.fromRun(), 7, kept.moves());

    assertEquals(
        MovementResult.none(),
        movement()
            .moved(frame(spark, COLUMNS, NIGHT_NOW), Optional.empty(), List.of(), List.of(weekly)));
  }

  /** An earlier version counted other amounts; its pairs are passed over without an error. */
  @Test
  void aPairOfAnEarlierFormatIsPassedOver() {
    assertEquals(
        Optional.empty(),
        PairOfNights.parse(
            """
            {"format": 1, "from": "2026-01-30", "from_run": "run1", "period_days": 30, "moves": []}
            """));
  }

  /** The night before had none of tonight's models, so that nobody is said to have stayed. */
  @Test
  void aNightWithOtherModelsIsNotCompared() {
    Dataset<Row> then =
        frame(spark, COLUMNS, NIGHT_THEN).drop("customer_class", "rfm_segment", "recency_bin");
    MovementResult other = moved(then, frame(spark, COLUMNS, NIGHT_NOW), List.of());

    assertEquals(List.of(), other.transitions());
    assertEquals(Map.of(), other.since());
    assertEquals(List.of(), other.kept());
  }

  @Test
  void expectedNetSalesNeedSixPairsOfNights() {
    MovementResult five =
        moved(frame(spark, COLUMNS, NIGHT_NOW), fiveMore(moved.kept().get(0)).subList(0, 4));

    assertEquals(
        "LARGE null Net sales are expected from 6 pairs of nights on; 5 count so far. A pair counts"
            + " while both nights are among the last 400 days (output.history_days).",
        lines(
                five.stateValues(),
                MovementTables.STATE_VALUES,
                "customer_class",
                "%s %s %s",
                "state",
                "expected_value_amount",
                "note_en")
            .lines()
            .findFirst()
            .orElseThrow());
  }

  private String transitions(String model) {
    return lines(
        moved.transitions(),
        MovementTables.TRANSITIONS,
        model,
        "%s > %s %s of %s, %.2f > %.2f, change %.2f, between %.2f; %s",
        "from_state",
        "to_state",
        "customer_count",
        "from_customer_count",
        "net_sales_amount_365d_before",
        "net_sales_amount_365d_now",
        "net_sales_amount_365d_change",
        "net_sales_amount_between",
        "crossings");
  }

  private String stateValues(String model) {
    return lines(
        moved.stateValues(),
        MovementTables.STATE_VALUES,
        model,
        "%s %s %s, stayed %s of %s, bought %s, worth %s, then %s, at last %s; %s",
        "state",
        "customer_count",
        "customer_share",
        "stay_probability",
        "observed_count",
        "mean_period_net_sales_amount",
        "expected_value_amount",
        "expected_share_after_1_periods",
        "stationary_share",
        "note_en");
  }

  private static String lines(
      List<Row> rows, TableContract table, String model, String format, String... columns) {
    return rows.stream()
        .filter(row -> row.get(0).equals(model))
        .map(
            row ->
                Arrays.stream(columns).map(it -> row.get(table.schema().fieldIndex(it))).toArray())
        .map(cells -> String.format(Locale.ROOT, format + "\n", cells))
        .collect(joining());
  }
}
