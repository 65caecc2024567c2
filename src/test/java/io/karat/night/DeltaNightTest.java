package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.input.Source;
import io.karat.run.ExitCode;
import io.karat.run.KaratException;
import io.karat.testing.LocalSpark;
import io.karat.testing.TableSpark;
import io.karat.testing.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of nights that read a Delta table, which Delta itself wrote. */
@ExtendWith(LocalSpark.class)
@Tag("lakehouse")
class DeltaNightTest {
  private static final String NIGHT = "2026-03-02";
  private static final String DELTA = "inputs.transactions.format=delta";

  private final SparkSession shared;
  @TempDir static Path original;
  @TempDir Path folder;
  private TableSpark session;
  private ToyFirm firm;

  DeltaNightTest(SparkSession shared) {
    this.shared = shared;
  }

  /** Version 2 of a table in which every kind of change has left rows behind that do not count. */
  @BeforeAll
  static void write(SparkSession shared) {
    try (TableSpark session = TableSpark.beside(shared)) {
      TextTable.frame(
              session.spark(),
              ToyFirm.COLUMNS,
              """
              s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE
              s2 | ann | 2026-03-02 09:00:00 |  5.00 | SALE
              s3 | bob | 2026-03-01 10:00:00 |  2.00 | SALE
              s4 | bob | 2026-03-01 11:00:00 | -7.00 | SALE
              """)
          .coalesce(1)
          .write()
          .format("delta")
          .option("delta.enableDeletionVectors", true)
          .save(original.resolve("input").toString());
      String table = "delta.`%s/input`".formatted(original);
      session.spark().sql("DELETE FROM %s WHERE id = 's2'".formatted(table));
      session.spark().sql("UPDATE %s SET amount = 3.00 WHERE id = 's3'".formatted(table));
    }
  }

  /** A copy for each test: all paths in a Delta table are relative. */
  @BeforeEach
  void copy() throws IOException {
    session = TableSpark.beside(shared);
    firm = ToyFirm.at(session.spark(), folder);
    try (Stream<Path> paths = Files.walk(original)) {
      for (Path path : paths.skip(1).toList()) {
        Files.copy(path, folder.resolve(original.relativize(path)));
      }
    }
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void aNightReadsTheRowsThatCountAsFromPlainFiles() throws IOException {
    assertTrue(parquetFiles() > 1, "files that do not count lie beside those that do");
    NightResult night = firm.run(NIGHT, DELTA, "checks.max_quarantine=1");

    assertEquals("ann | 10.00\nbob | 3.00\n", sales(night));
    ToyFirm plain = ToyFirm.at(shared, folder.resolve("plain"));
    plain.write(session.spark().read().format("delta").load(firm.input().toString()), "all");
    NightResult same = plain.run(NIGHT, "checks.max_quarantine=1");
    assertEquals(
        ToyFirm.hashes(same.tables()).get("customer_indicators"),
        ToyFirm.hashes(night.tables()).get("customer_indicators"));
    String file = firm.table(night, "quarantine_transactions").first().getAs("source_file");
    assertTrue(file.startsWith("file:" + firm.input() + "/part-"), file);
    String report = Files.readString(folder.resolve("output/" + night.path() + "/run_report.json"));
    assertTrue(report.contains("\"state\" : \"version 2 of a Delta table\""), report);
  }

  /** The costs are those of version 1, in which that of s1 was corrected from 4 to 6. */
  @Test
  void aJoinedTableIsReadAtItsVersionToo() throws IOException {
    Path costs = folder.resolve("costs");
    TextTable.frame(session.spark(), "no string, cost decimal(9,2)", "s1 | 4.00\ns3 | 1.00")
        .coalesce(1)
        .write()
        .format("delta")
        .save(costs.toString());
    session.spark().sql("UPDATE delta.`%s` SET cost = 6.00 WHERE no = 's1'".formatted(costs));
    String join = "inputs.transactions.join={to: '%s', format: delta, on: {id: no}%s}";
    String cost = "inputs.transactions.columns.cost=cost";
    String before = id(DELTA, join.formatted(costs, ""), cost);

    NightResult night =
        firm.run(NIGHT, DELTA, join.formatted(costs, ""), cost, "checks.max_quarantine=1");

    assertEquals("ann | 4.00\nbob | 2.00\n", profits(night));
    String report = Files.readString(folder.resolve("output/" + night.path() + "/run_report.json"));
    assertTrue(
        report.contains("\"state\" : \"version 2 of a Delta table, version 1 of a Delta table\""),
        report);
    assertEquals(before, id(DELTA, join.formatted(costs, ""), cost), "nothing was written");
    session.spark().sql("INSERT INTO delta.`%s` VALUES ('s9', 1.00)".formatted(costs));
    assertNotEquals(before, id(DELTA, join.formatted(costs, ""), cost));
    NightResult first =
        firm.run(
            "2026-03-01",
            DELTA,
            join.formatted(costs, ", options: {versionAsOf: 0}"),
            cost,
            "checks.max_quarantine=1");
    assertEquals("ann | 6.00\nbob | 2.00\n", profits(first));
  }

  @Test
  void theRunIsThatOfTheVersion() throws IOException {
    String second = id(DELTA);
    assertEquals(second, id(DELTA), "nothing was written");

    sql("INSERT INTO {table} VALUES ('s5', 'cat', TIMESTAMP '2026-03-02 12:00:00', 1.00, 'SALE')");

    assertNotEquals(second, id(DELTA));
    String asOfSecond = id(DELTA, version(2));
    assertEquals(asOfSecond, id(DELTA, version(2)));
    assertNotEquals(asOfSecond, id(DELTA, version(1)));
  }

  @Test
  void aNightReadsTheVersionThatItBeganWith() {
    NightPlan plan = firm.plan(DELTA);
    NightSource begun = plan.sources(LocalDate.parse(NIGHT), session.spark()).get(0);
    sql("DELETE FROM {table} WHERE customer = 'ann'");

    assertEquals("s1\ns3\ns4\n", ids(begun, plan));
    begun.content().requireUnchanged();
    assertEquals("s3\ns4\n", ids());
    assertEquals("s1\ns2\ns3\ns4\n", ids(version(0)));
    assertEquals("s1\ns3\ns4\n", ids(version(1)));
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertRefused(
        ExitCode.INPUT,
        "Input 'transactions' has no version 9: the newest of Delta table '%s' is 2, and old ones"
            + " are removed from its log. Correct 'inputs.transactions.options.versionAsOf'.",
        version(9));
    assertRefused(
        ExitCode.INPUT,
        "Input 'transactions' is missing: '%1$s/nothing' is not a Delta table, as it has no folder"
            + " '_delta_log' with a version. Correct 'inputs.transactions.path' or"
            + " 'inputs.transactions.format'.",
        "inputs.transactions.path=" + firm.input() + "/nothing");
    assertRefused(
        ExitCode.USAGE,
        "--set inputs.transactions.options={timestampAsOf: 2026-03-01}:"
            + " 'inputs.transactions.options.timestampAsOf' cannot say which version is meant."
            + " Write versionAsOf: and the number of a version.",
        "inputs.transactions.options={timestampAsOf: 2026-03-01}");
    assertRefused(
        ExitCode.USAGE,
        "--set inputs.transactions.options={versionAsOf: newest}:"
            + " 'inputs.transactions.options.versionAsOf' is wrong, expected the number of a"
            + " version, such as 3.",
        "inputs.transactions.options={versionAsOf: newest}");
  }

  @Test
  void aVersionThatTheLogLeavesOutIsUnknown() throws IOException {
    sql("ALTER TABLE {table} SET TBLPROPERTIES ('delta.checkpointInterval' = 1)");
    sql("DELETE FROM {table} WHERE id = 's4'");
    Files.delete(log(0));

    for (int version = 0; version <= 1; version++) {
      assertRefused(
          ExitCode.INPUT,
          "Input 'transactions' has no version %d: the newest of Delta table '%%s' is 4, and old ones are removed from its log. Correct 'inputs.transactions.options.versionAsOf'."
              .formatted(version),
          version(version));
    }
    assertEquals("s1\ns3\n", ids());
  }

  @Test
  void whatTheReaderOfDeltaRefusesIsSaid() throws IOException {
    Files.delete(log(0));

    assertRefused(
        ExitCode.INPUT,
        "Input 'transactions' cannot be read: '%1$s' is a Delta table, whose reader says:"
            + " file:%1$s/_delta_log/00000000000000000000.json: Unable to reconstruct state at"
            + " version 2 as the transaction log has been truncated due to manual deletion or the"
            + " log retention policy (delta.logRetentionDuration=30 days) and checkpoint retention"
            + " policy (delta.checkpointRetentionDuration=2 days). Correct"
            + " 'inputs.transactions.path' or its options, or repair the table.");
  }

  @Test
  void aSparkThatDoesNotKnowDeltaIsSaid() {
    NightPlan plan = firm.plan(DELTA);
    KaratException unprepared =
        assertThrows(KaratException.class, () -> plan.sources(LocalDate.parse(NIGHT), shared));
    assertEquals(ExitCode.USAGE, unprepared.exitCode());
    assertEquals(
        "Input 'transactions' is a Delta table, which this session of Spark does not know: add"
            + " --conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension --conf"
            + " spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog to"
            + " the command.",
        unprepared.getMessage());

    ClassLoader all = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertRefused(
          ExitCode.USAGE,
          "Input 'transactions' is a Delta table, which this Spark cannot read: its jar is missing."
              + " Add --packages io.delta:delta-spark_4.1_2.13:4.1.0 to the command, or put that"
              + " jar and those that it needs into the jars of Spark.");
    } finally {
      Thread.currentThread().setContextClassLoader(all);
    }
  }

  @Test
  void aCommandPreparesItsSessionForDeltaAlone() {
    SparkConf ordinary = new SparkConf(false);
    Source.prepare(firm.plan().settings().inputs(), ordinary);
    assertEquals(0, ordinary.getAll().length);

    SparkConf delta = new SparkConf(false).set("spark.sql.extensions", "com.acme.Own");
    Source.prepare(firm.plan(DELTA).settings().inputs(), delta);
    assertEquals(
        "com.acme.Own,io.delta.sql.DeltaSparkSessionExtension", delta.get("spark.sql.extensions"));
    assertEquals(
        "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        delta.get("spark.sql.catalog.spark_catalog"));
  }

  private void assertRefused(ExitCode code, String message, String... sets) {
    KaratException refusal = assertThrows(KaratException.class, () -> ids(sets));
    assertEquals(message.formatted(firm.input()), refusal.getMessage());
    assertEquals(code, refusal.exitCode());
  }

  private void sql(String statement) {
    session.spark().sql(statement.replace("{table}", "delta.`%s`".formatted(firm.input())));
  }

  private static String version(int number) {
    return "inputs.transactions.options={versionAsOf: %d}".formatted(number);
  }

  private Path log(int version) {
    return firm.input().resolve("_delta_log/%020d.json".formatted(version));
  }

  private long parquetFiles() throws IOException {
    try (Stream<Path> files = Files.list(firm.input())) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private String profits(NightResult night) {
    return ToyFirm.text(firm.table(night, "customer_indicators"), "customer_id", "profit_lifetime");
  }

  private String sales(NightResult night) {
    return ToyFirm.text(
        firm.table(night, "customer_indicators"), "customer_id", "sales_amount_lifetime");
  }

  private String id(String... sets) throws IOException {
    NightPlan plan = firm.plan(sets);
    LocalDate night = LocalDate.parse(NIGHT);
    return RunIdentity.of(plan, night, plan.sources(night, session.spark()), firm.out().head())
        .id();
  }

  private String ids(String... sets) {
    NightPlan plan =
        firm.plan(Stream.concat(Stream.of(DELTA), Stream.of(sets)).toArray(String[]::new));
    return ids(plan.sources(LocalDate.parse(NIGHT), session.spark()).get(0), plan);
  }

  private static String ids(NightSource source, NightPlan plan) {
    return ToyFirm.text(source.content().rows(plan.mapping(source.table())), "id");
  }
}
