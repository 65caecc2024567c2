package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.Release;
import io.karat.report.NightFacts;
import io.karat.report.RunRecord;
import io.karat.run.InputException;
import io.karat.run.Progress;
import io.karat.run.RefusedException;
import io.karat.state.NightState;
import io.karat.testing.ExecutedPlans;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnionExec;
import org.apache.spark.sql.execution.exchange.Exchange;
import org.apache.spark.sql.execution.joins.ShuffledHashJoinExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the reasons for which a night reads an input whole. All nights are of one day and go on
 * from the night of the day before.
 */
@ExtendWith(LocalSpark.class)
class FullNightsTest {
  private static final LocalDate FIRST = GrowingFirm.FIRST.plusDays(GrowingFirm.DAYS - 1L);
  private static final LocalDate SECOND = FIRST.plusDays(1);

  private static final String NEW_DAY =
      "; of them \\d+ \\([0-9,]+ bytes\\) for \\d+ days: [1-9] that may have changed, by 1 new,"
          + " 0 changed and 0 vanished files, and \\d to be compared";

  @TempDir private static Path folder;
  private static GrowingFirm firm;
  private final SparkSession spark;

  FullNightsTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  static void publishOneNight(SparkSession spark) throws IOException {
    firm = new GrowingFirm(spark, folder, 1);
    firm.job("live").run(FIRST, true);
    for (String copy : List.of("asked", "damaged", "noted")) {
      copy(firm.output("live"), firm.output(copy));
    }
    firm.deliverDay(SECOND);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  @Test
  void theFirstNightHasNothingToGoOnFrom() throws IOException {
    assertEquals(
        Map.of(
            "transactions", "; all, as there is no earlier night",
            "payments", "; all, as there is no earlier night",
            "contacts", "; all, as there is no earlier night",
            "customers", ""),
        reading("live", FIRST));
  }

  /** The newest days are read for repeated keys, and one of thirty in turn. */
  @Test
  void theNextOneReadsWhatIsNewAlsoForOtherWindows() throws IOException {
    String[] others = {"indicators.windows=[14d, lifetime]", "checks.max_quarantine=0.5"};

    String payments = reading("live", SECOND).getOrDefault("payments", "");
    assertTrue(payments.matches(NEW_DAY), payments);
    assertEquals(reading("live", SECOND), reading("live", SECOND, others));
  }

  @Test
  void rowsMeanSomethingElse() throws IOException {
    Map<String, String> reading = reading("live", SECOND, "inputs.payments.where=kind <> 'GIFT'");

    assertEquals(
        "; all, as what its rows mean, or the version of Karat, is another than on night " + FIRST,
        reading.get("payments"));
    assertEquals(reading("live", SECOND).get("contacts"), reading.get("contacts"));
  }

  @Test
  void returnsCountOnOtherDays() throws IOException {
    assertEquals(
        "; all, as its returns count on the days of their sales, by 'sale_date'",
        reading("live", SECOND, "inputs.transactions.columns.sale_date=due").get("transactions"));
  }

  /** All are read but one that lies before the first day that keeps an entry of its own. */
  @Test
  void nearlyAllIsNew() throws IOException {
    assertEquals(
        "; all, as the days to read lie in 36 of its 37 files, with more than half of its bytes",
        reading("live", SECOND, "checks.recompute_share=1").get("payments"));
  }

  @Test
  void idsAreThoseOfOtherCustomers() throws IOException {
    Path aliases = Files.writeString(folder.resolve("aliases.csv"), "other,who\nc1,c2\n");

    assertEquals(
        "; all, as the aliases of customers are others than on night " + FIRST,
        reading(
                "live",
                SECOND,
                "inputs.aliases={path: '%s', format: csv, columns: {alias_id: other, customer_id: who}}"
                    .formatted(aliases))
            .get("contacts"));
  }

  /** c2 belongs to c1, and c1 to c3: a night goes on from one that knew the same groups. */
  @Test
  void groupsThatCountAsCustomersAreOthers() throws IOException {
    String[] groups = {
      "inputs.customers.columns.parent_customer_id=boss", "hierarchy={level: group}"
    };

    assertEquals(
        "; all, as the aliases or groups of customers are others than on night " + FIRST,
        reading("live", SECOND, groups).get("contacts"));

    firm.job("grouped", groups).run(FIRST, true);
    String payments = reading("grouped", SECOND, groups).getOrDefault("payments", "");
    assertTrue(payments.startsWith("; of them "), payments);
    NightFacts next = firm.job("grouped", groups).run(SECOND, true).facts();
    NightFacts whole = firm.job("whole", groups).full().run(SECOND, true).facts();
    for (String table : List.of("customer_indicators", "customer_value", "quarantine_payments")) {
      assertEquals(
          ToyFirm.hashes(whole.tables()).get(table), ToyFirm.hashes(next.tables()).get(table));
    }
  }

  @Test
  void anInputIsNoPlainFiles() throws IOException {
    assertEquals(
        "; all, as it is not read from plain files, or a table is joined to it",
        reading(
                "live",
                SECOND,
                "inputs.contacts.join={to: '%s', format: csv, on: who, columns: {debt: worth}}"
                    .formatted(folder.resolve("customers")))
            .get("contacts"));
  }

  /**
   * From the second night on the days of 2024 are one entry of each customer. A late row of one of
   * them, or a window that begins there, needs the days themselves. No receivables are measured
   * over a lifetime, so that the balance of these days is one too.
   */
  @Test
  void daysThatAreKeptAsOneMayHaveChanged() throws Exception {
    GrowingFirm old = new GrowingFirm(spark, folder.resolve("old"), 3);
    String[] windows = {"indicators.windows=[7d, 30d]"};
    old.job("live", windows).run(old.last(), true);
    old.deliverToday(SECOND);
    old.job("live", windows).run(SECOND, true);
    LocalDate third = SECOND.plusDays(1);
    old.deliverToday(third);
    old.deliverLate("payments", GrowingFirm.OLD.get(0));

    Map<String, String> reading = reading(old, "live", third, windows);
    assertEquals(
        "; all, as 2024-11-20 may have changed, and days before 2025-01-01 are kept as one",
        reading.get("payments"));
    String contacts = reading.getOrDefault("contacts", "");
    assertTrue(contacts.matches(NEW_DAY), contacts);
    assertEquals(
        "; all, as a window begins on 2024-12-26, and days before 2025-01-01 are kept as one",
        reading(old, "live", third, "indicators.windows=[430d, lifetime]").get("contacts"));

    SortedMap<String, String> whole = tables(old.job("whole", windows).full().run(third, true));
    List<SparkPlan> nodes =
        ExecutedPlans.nodes(
            spark, () -> assertEquals(whole, tables(old.job("live", windows).run(third, true))));
    assertReadAsItLies(nodes);
    String[] longer = {"indicators.windows=[400d]"};
    assertEquals(
        tables(old.job("longer", longer).full().run(third, true)),
        tables(old.job("live", longer).run(third, true)));
  }

  /**
   * The third night reads the files of the second, which are partitions by customer, without an
   * exchange or a sort, and only where a join aligns them: Spark puts the partitions of united
   * scans one after another and takes them for aligned (SPARK-59141). Spark 4.0 exchanges both
   * sides of the join, which is as right and takes longer.
   */
  private void assertReadAsItLies(List<SparkPlan> nodes) {
    if (spark.version().startsWith("4.0")) {
      return;
    }
    List<SparkPlan> states =
        nodes.stream()
            .filter(ShuffledHashJoinExec.class::isInstance)
            .map(join -> ((ShuffledHashJoinExec) join).left())
            .filter(FullNightsTest::isInPartitions)
            .toList();
    assertEquals(1, states.size(), nodes::toString);
    List<SparkPlan> moved =
        ExecutedPlans.nodes(states.get(0)).stream()
            .filter(node -> node instanceof Exchange || node instanceof SortExec)
            .toList();
    assertEquals(List.of(), moved);
    assertEquals(
        List.of(),
        nodes.stream()
            .filter(node -> node instanceof UnionExec && node.supportsColumnar())
            .filter(FullNightsTest::isInPartitions)
            .toList());
  }

  /** Whether some scan is one of partitions by customer. */
  private static boolean isInPartitions(SparkPlan plan) {
    return ExecutedPlans.nodes(plan).stream()
        .anyMatch(node -> node instanceof FileSourceScanExec scan && scan.bucketedScan());
  }

  private static SortedMap<String, String> tables(NightResult night) {
    return NightHistoriesTest.tables(night.facts());
  }

  @Test
  void itWasAskedFor() throws IOException {
    NightJob job = firm.job("asked").full();
    job.run(SECOND, true);

    assertEquals(
        "a full night was asked for",
        job.record().facts().inputs().stream()
            .filter(it -> it.name().equals("payments"))
            .findFirst()
            .orElseThrow()
            .reading()
            .whole());
  }

  @Test
  void theStateIsDamagedOrGone() throws IOException {
    Release release = firm.out("damaged").head().releases().get(0);
    Path state = firm.output("damaged").resolve(release.path()).resolve("_state");
    try (Stream<Path> files = Files.list(state.resolve("customers"))) {
      Path file = files.filter(it -> it.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.write(file, new byte[] {1, 2, 3});
    }

    assertEquals(
        "; all, as the state of night %s is damaged, or of another version of Karat"
            .formatted(FIRST),
        reading("damaged", SECOND).get("payments"));

    Path manifest = state.resolve("state.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"format\":2", "\"format\":1"));
    assertEquals(
        "; all, as the state of night %s is damaged, or of another version of Karat"
            .formatted(FIRST),
        reading("damaged", SECOND).get("payments"));

    Files.delete(manifest);
    assertEquals(
        "; all, as night %s kept no state".formatted(FIRST),
        reading("damaged", SECOND).get("payments"));
  }

  /** What a file that seems unchanged has become is met only by a night that has to open it. */
  @Test
  void filesThatAreAsTheyWereAreNotOpened() throws IOException {
    Path file = folder.resolve("contacts/" + GrowingFirm.FIRST + ".csv");
    String before = Files.readString(file);
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, before.replaceFirst(",who,", ",now,"));
    Files.setLastModifiedTime(file, time);
    try {
      String contacts =
          reading("live", SECOND, "checks.recompute_share=0").getOrDefault("contacts", "");
      assertTrue(contacts.startsWith("; of them "), contacts);
      String message =
          String.valueOf(
              assertThrows(
                      InputException.class,
                      () -> reading("live", SECOND, "inputs.contacts.where=kind <> 'GIFT'"))
                  .getMessage());
      assertTrue(message.contains("does not name 'who', as other files do"), message);
    } finally {
      Files.writeString(file, before);
      Files.setLastModifiedTime(file, time);
    }
  }

  /** One for 6 MiB of the state and of the files that are read, whatever the others have. */
  @Test
  void partitionsSuitWhatIsRead() throws IOException {
    NightPlan plan = firm.plan("live");
    StateBefore before = StateBefore.of(firm.out("live").head(), SECOND, firm.out("live"));
    List<InputPlan> plans =
        NightReading.of(plan, plan.sources(SECOND, spark), SECOND, before, spark).plans();
    List<InputPlan> whole = plans.stream().map(it -> it.whole("")).toList();

    assertEquals(16, large(before, 0).partitions(plans, spark));
    assertEquals(30, large(before, 30).partitions(plans, spark));
    assertEquals(16, large(before, 33).partitions(plans, spark));
    assertEquals(
        spark.sparkContext().defaultParallelism(), large(before, 30).partitions(whole, spark));
  }

  /** A state of 100 MiB. */
  private static StateBefore large(StateBefore before, int partitions) {
    NightState state = before.state().orElseThrow();
    return new StateBefore(
        Optional.of(
            new NightState(
                state.asOf(),
                state.aliases(),
                new TreeMap<>(Map.of("customers", 100L << 20)),
                state.inputs(),
                state.cohorts(),
                partitions)),
        before.customers(),
        before.release(),
        "",
        false);
  }

  @Test
  void aFileThatChangedUnseenRefusesTheNightThatReadsItAgain() throws IOException {
    Path file = folder.resolve("contacts/" + FIRST + ".csv");
    String before = Files.readString(file);
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, before.replaceAll(",c[0-7],", ",c8,"));
    Files.setLastModifiedTime(file, time);
    String message =
        String.valueOf(
            assertThrows(RefusedException.class, () -> firm.job("live").run(SECOND, true))
                .getMessage());
    Files.writeString(file, before);
    Files.setLastModifiedTime(file, time);

    assertTrue(
        message.matches(
            "Night .* is refused, last night stays live: input 'contacts' was read again for \\d+ days"
                + " to prove the state of the night before\\. Expected what that night had found, but"
                + " 0 of them have other rows, and [1-9]\\d* days of customers other values\\. Its files"
                + " were changed without a new time or size, or the state is wrong\\. Run the night"
                + " with --full\\."),
        message);
  }

  @Test
  void aNightSaysWhatItReadsAndReuses() throws IOException {
    Notes notes = new Notes(new ArrayList<>());
    NightJob job =
        new NightJob(
            spark,
            firm.plan("noted"),
            notes,
            new RunRecord("run", ToyFirm.NOON),
            () -> ToyFirm.NOON);
    job.run(SECOND, true);

    String words = " [1-9]\\d* rows read now, [1-9]\\d* reused, [1-9]\\d* days? rebuilt";
    assertEquals(3, notes.texts().size(), notes.texts().toString());
    assertTrue(
        String.join("\n", notes.texts())
            .matches("transactions:%s\npayments:%s\ncontacts:%s".replace("%s", words)),
        notes.texts().toString());
  }

  /** Progress that keeps what is said beside the stages. */
  private record Notes(List<String> texts) implements Progress {
    @Override
    public void stage(String name) {}

    @Override
    public void done(String name) {}

    @Override
    public void done(String name, long rows) {}

    @Override
    public void note(String text) {
      texts.add(text);
    }
  }

  /** What a night would read of each input, in words. */
  private Map<String, String> reading(String output, LocalDate asOf, String... sets)
      throws IOException {
    return reading(firm, output, asOf, sets);
  }

  private Map<String, String> reading(GrowingFirm of, String output, LocalDate asOf, String... sets)
      throws IOException {
    NightPlan plan = of.plan(output, sets);
    StateBefore before = StateBefore.of(of.out(output).head(), asOf, of.out(output));
    Map<String, String> reading = new TreeMap<>();
    NightReading.of(plan, plan.sources(asOf, spark), asOf, before, spark)
        .plans()
        .forEach(it -> reading.put(it.table().tableName(), it.inWords()));
    return reading;
  }
}
