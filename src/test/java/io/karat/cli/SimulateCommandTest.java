package io.karat.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.night.NightPlan;
import io.karat.night.ToyFirm;
import io.karat.run.ExitCode;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import io.karat.testing.LocalSpark;
import io.karat.training.SimulatedNight;
import io.karat.training.SimulatedNight.Direction;
import io.karat.training.SimulatedNight.Flow;
import io.karat.training.SimulatedNight.Move;
import io.karat.training.SimulatedNight.Mover;
import io.karat.training.SimulatedNight.Worth;
import io.karat.training.Simulation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of models that are simulated on the second night of three customers: ann and cid have a
 * score of 83.33, bob of 50, and ann was in the lower tier on the first night.
 */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulateCommandTest {
  private static final List<String> MODELS =
      List.of(
          "classification={}",
          "pyramids={profit: false, margin: false, potential: false, worth: {weights:"
              + " {net_sales_amount_365d: 1}, tiers: [{name: TOP, top_share: 0.34}, {name:"
              + " REST}]}}");

  /** A tier that begins above 83.33 by less than the hysteresis, and other classes. */
  private static final List<String> CHANGED =
      List.of(
          "pyramids.worth.tiers=[{name: TOP, min_score: 85}, {name: REST}]",
          "classification.customer_class.classes=[{name: LARGE, min: 95}, {name: SMALL}]");

  private static final Worth NOTHING = new Worth(Optional.empty(), Optional.empty());

  private final SparkSession spark;
  @TempDir static Path folder;
  private ToyFirm firm;
  private Transcript transcript = new Transcript(false);

  SimulateCommandTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void runTwoNights() throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01",
                """
                s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE
                s2 | bob | 2026-03-01 10:00:00 | 20.00 | SALE
                s3 | cid | 2026-03-01 11:00:00 | 90.00 | SALE
                """)
            .deliver("2026-03-02", "s4 | ann | 2026-03-02 09:00:00 | 90.00 | SALE");
    firm.run("2026-03-01", sets());
    firm.run("2026-03-02", sets());
  }

  @BeforeEach
  void listen() {
    transcript = new Transcript(false);
  }

  private static String[] sets(String... more) {
    List<String> all = new ArrayList<>(MODELS);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private SimulatedNight simulated(int most, String... sets) throws IOException {
    return new Simulation(spark, firm.out(), firm.plan(sets(sets)).scores()).night(most);
  }

  private void show(SimulatedNight night, String... sets) {
    SimulateCommand.show(night, firm.plan(sets(sets)), transcript.console());
  }

  private String shown(String run) {
    return transcript.results().replace(run, "RUN");
  }

  /**
   * Ann falls, as 83.33 is below 85; cid was in the first tier and stays there down to 83. Cid's 90
   * are less than 95, and there is no middle class for bob any more.
   */
  @Test
  void aRunWithTheSameChangeMovesTheSameCustomers() throws IOException {
    Map<String, String> files = new TreeMap<>(firm.files());
    String[] changed = sets(CHANGED.toArray(String[]::new));
    NightPlan plan = firm.plan(changed);
    SimulatedNight simulated = new Simulation(spark, firm.out(), plan.scores()).night(1);
    assertEquals(files, firm.files());

    show(simulated, "currency=EUR");
    assertEquals(
        """
        Night 2026-03-02, run RUN, with these settings: 3 customers, compared with what is published.
        column          up  down  other  stay
        --------------  --  ----  -----  ----
        customer_class   0     1      1     1
        worth_tier       0     1      0     2
        column          from    to     customers  net sales, 365 days, EUR  profit, 365 days, EUR
        --------------  ------  -----  ---------  ------------------------  ---------------------
        customer_class  LARGE   SMALL          1                     90.00
        customer_class  MEDIUM  SMALL          1                     20.00
        worth_tier      TOP     REST           1                    100.00
        The customers with the largest net sales among them:
        column          customer  from   to     net sales, 365 days, EUR  profit, 365 days, EUR
        --------------  --------  -----  -----  ------------------------  ---------------------
        customer_class  cid       LARGE  SMALL                     90.00
        worth_tier      ann       TOP    REST                     100.00
        """,
        shown(simulated.release().runId()));

    ToyFirm other = firm.publishingTo(folder.resolve("other"));
    other.run("2026-03-01", sets());
    other.run("2026-03-02", changed);
    assertEquals(
        "ann LARGE REST, bob SMALL REST, cid SMALL TOP",
        spark
            .read()
            .parquet(other.output().resolve("current/customer_value").toString())
            .selectExpr("concat_ws(' ', customer_id, customer_class, worth_tier) states")
            .orderBy("states")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .collect(joining(", ")));
    assertEquals(List.of(), new Simulation(spark, other.out(), plan.scores()).night(1).flows());
  }

  @Test
  void withoutAChangeNobodyMoves() throws IOException {
    SimulatedNight simulated = simulated(10);

    show(simulated);
    assertEquals(
        """
        Night 2026-03-02, run RUN, with these settings: 3 customers, compared with what is published.
        No customer would move.
        Nobody moves in customer_class, worth_tier.
        """,
        shown(simulated.release().runId()));
  }

  /** The tier of a pyramid that is new, and the class that is switched off. */
  @Test
  void aNewModelMovesEverybodyAndOneThatIsOffNobody() throws IOException {
    SimulatedNight simulated =
        simulated(
            0,
            "classification=false",
            "pyramids.count={weights: {transaction_count_lifetime: 1}, normalise: minmax, tiers:"
                + " [{name: TOP, min_score: 60}, {name: REST}]}");

    assertEquals(List.of("customer_class"), simulated.absent());
    assertEquals(List.of("worth_tier"), simulated.still());
    assertEquals(3, simulated.moved("count_tier", Direction.OTHER));
    assertEquals(List.of(), simulated.largest());
  }

  /** A customer without a name, one whose name is known, and one without a known profit. */
  @Test
  void customersAreNamedUnlessTheReportLeavesThemOut() throws IOException {
    Move up = new Move("worth_tier", "REST", "TOP", Direction.UP);
    Move first = new Move("worth_tier", "", "REST", Direction.OTHER);
    SimulatedNight named =
        new SimulatedNight(
            simulated(0).release(),
            1_200,
            List.of("worth_tier"),
            List.of(new Flow(up, 1_000, worth("1234567.80", "-3.00")), new Flow(first, 1, NOTHING)),
            List.of(
                new Mover(up, "ann", Optional.of("Ann Miller"), worth("10.00", "2.00")),
                new Mover(first, "bob", Optional.empty(), NOTHING)),
            List.of("segment"));

    show(named);
    show(named, "output.report={names: false}");
    show(named, "output.report={ids: false}");
    String moves =
        """
        Night 2026-03-02, run RUN, with these settings: 1,200 customers, compared with what is published.
        column         up  down  other  stay
        ----------  -----  ----  -----  ----
        worth_tier  1,000     0      1   199
        column      from  to    customers  net sales, 365 days  profit, 365 days
        ----------  ----  ----  ---------  -------------------  ----------------
        worth_tier  REST  TOP       1,000         1,234,567.80             -3.00
        worth_tier  -     REST          1
        """;
    String end = "Published, and not in these settings: segment.\n";
    assertEquals(
        moves
            + """
            The customers with the largest net sales among them:
            column      customer, name   from  to    net sales, 365 days  profit, 365 days
            ----------  ---------------  ----  ----  -------------------  ----------------
            worth_tier  ann, Ann Miller  REST  TOP                 10.00              2.00
            worth_tier  bob              -     REST
            """
            + end
            + moves
            + """
            The customers with the largest net sales among them:
            column      customer  from  to    net sales, 365 days  profit, 365 days
            ----------  --------  ----  ----  -------------------  ----------------
            worth_tier  ann       REST  TOP                 10.00              2.00
            worth_tier  bob       -     REST
            """
            + end
            + moves
            + end,
        shown(named.release().runId()));
  }

  private static Worth worth(String netSales, String profit) {
    return new Worth(Optional.of(new BigDecimal(netSales)), Optional.of(new BigDecimal(profit)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          indicators.windows=[90d]  ; Cannot simulate 'indicators.windows': the published customers do not tell what it would change. Set a key of classification, pyramids, scorecard, rfm, labels, screening, or try it with 'karat run' in another output.path.
          clustering=false          ; Cannot simulate 'clustering': the published customers do not tell what it would change. Set a key of classification, pyramids, scorecard, rfm, labels, screening, or try it with 'karat run' in another output.path.
          rfm                       ; --set 'rfm' is not a setting: expected key=value, such as output.path=out.
          rfm=false --top 1001      ; --top is 1,001, expected 0 to 1,000. Give a number of customers such as 10.
          """)
  void whatCannotBeSimulatedIsRefused(String set, String message) {
    List<String> words = new ArrayList<>(List.of("simulate", "--set"));
    words.addAll(List.of(set.split(" ", -1)));
    assertEquals(ExitCode.USAGE, transcript.type(Karat.commands(), words.toArray(String[]::new)));
    assertEquals(message, transcript.remarks().strip());
  }

  @Test
  void indicatorsThatAreNotPublishedAreRefused() {
    assertEquals(
        "Cannot simulate with 'net_sales_amount_90d': night 2026-03-02 did not publish this"
            + " indicator. Use a published one, such as net_sales_amount_365d,"
            + " net_sales_amount_lifetime, or try it with 'karat run' in another output.path.",
        assertThrows(
                UsageException.class,
                () -> simulated(1, "pyramids.worth.weights={net_sales_amount_90d: 1}"))
            .getMessage());
    assertEquals(
        "Cannot simulate with 'twice': night 2026-03-02 did not publish this"
            + " indicator. Use a published one, or try it with 'karat run' in another output.path.",
        assertThrows(
                UsageException.class,
                () ->
                    simulated(
                        1,
                        "indicators.custom={twice: {value: recency_days * 2, window: none}}",
                        "pyramids.worth.weights={twice: 1}"))
            .getMessage());
  }

  @Test
  void nothingIsSimulatedBeforeTheFirstNight() {
    assertEquals(
        "Cannot simulate: nothing is published yet. Run karat run to publish a night.",
        assertThrows(
                RefusedException.class,
                () ->
                    new Simulation(
                            spark,
                            firm.publishingTo(folder.resolve("none")).out(),
                            firm.plan().scores())
                        .night(1))
            .getMessage());
  }
}
