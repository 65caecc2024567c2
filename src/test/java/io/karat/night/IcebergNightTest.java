package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.ExitCode;
import io.karat.run.KaratException;
import io.karat.testing.LocalSpark;
import io.karat.testing.TableSpark;
import io.karat.testing.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of nights that read an Iceberg table, which Iceberg itself wrote. */
@ExtendWith(LocalSpark.class)
@Tag("lakehouse")
class IcebergNightTest {
  private static final String NIGHT = "2026-03-02";
  private static final String ICEBERG = "inputs.transactions.format=iceberg";

  private final SparkSession shared;
  @TempDir Path folder;
  private TableSpark session;
  private ToyFirm firm;
  private Table table;

  IcebergNightTest(SparkSession shared) {
    this.shared = shared;
  }

  /** A table of two snapshots, of which the second deletes a row and changes one. */
  @BeforeEach
  void write() {
    session = TableSpark.beside(shared);
    firm = ToyFirm.at(session.spark(), folder);
    session.spark().conf().set("spark.sql.catalog.shop", "org.apache.iceberg.spark.SparkCatalog");
    session.spark().conf().set("spark.sql.catalog.shop.type", "hadoop");
    session.spark().conf().set("spark.sql.catalog.shop.cache-enabled", "false");
    session.spark().conf().set("spark.sql.catalog.shop.warehouse", folder.toString());
    sql("CREATE TABLE {table} (%s) USING iceberg".formatted(ToyFirm.COLUMNS));
    table = new HadoopTables().load(firm.input().toString());
    append(
        """
        s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE
        s2 | ann | 2026-03-02 09:00:00 |  5.00 | SALE
        s3 | bob | 2026-03-01 10:00:00 |  2.00 | SALE
        s4 | bob | 2026-03-01 11:00:00 | -7.00 | SALE
        """);
    sql("DELETE FROM {table} WHERE id = 's2'");
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void aNightReadsTheRowsThatCountAsFromPlainFiles() throws IOException {
    NightResult night = firm.run(NIGHT, ICEBERG, "checks.max_quarantine=1");

    assertEquals(
        "ann | 10.00\nbob | 2.00\n",
        ToyFirm.text(
            firm.table(night, "customer_indicators"), "customer_id", "sales_amount_lifetime"));
    ToyFirm plain = ToyFirm.at(shared, folder.resolve("plain"));
    plain.write(session.spark().table("shop.input"), "all");
    NightResult same = plain.run(NIGHT, "checks.max_quarantine=1");
    assertEquals(
        ToyFirm.hashes(same.tables()).get("customer_indicators"),
        ToyFirm.hashes(night.tables()).get("customer_indicators"));
    String file = firm.table(night, "quarantine_transactions").first().getAs("source_file");
    assertTrue(file.contains(firm.input() + "/data/"), file);
  }

  /** Bob's cost comes with a second snapshot; transactions are an Iceberg table themselves. */
  @Test
  void aJoinedTableIsReadAtItsSnapshotToo() throws IOException {
    sql("CREATE TABLE shop.costs (no string, cost decimal(9,2)) USING iceberg");
    sql("INSERT INTO shop.costs VALUES ('s1', 4.00)");
    sql("INSERT INTO shop.costs VALUES ('s3', 1.00)");
    long first =
        new HadoopTables().load(folder.resolve("costs").toString()).history().get(0).snapshotId();

    assertEquals("ann | 6.00\nbob | 1.00\n", profits("2026-03-02", "shop.costs", ""));
    assertEquals(
        "ann | 6.00\nbob | null\n",
        profits(
            "2026-03-01",
            folder.resolve("costs").toString(),
            ", options: {snapshot-id: %d}".formatted(first)));
  }

  private String profits(String night, String costs, String options) throws IOException {
    NightResult result =
        firm.run(
            night,
            ICEBERG,
            "inputs.transactions.join={to: '%s', format: iceberg, on: {id: no}%s}"
                .formatted(costs, options),
            "inputs.transactions.columns.cost=cost",
            "checks.max_quarantine=1");
    return ToyFirm.text(
        firm.table(result, "customer_indicators"), "customer_id", "profit_lifetime");
  }

  @Test
  void theRunIsThatOfTheSnapshot() throws IOException {
    String second = id();
    assertEquals(second, id(), "nothing was written");
    append("s5 | cat | 2026-03-02 12:00:00 | 1.00 | SALE");
    String third = id();
    assertNotEquals(second, third);

    table.refresh();
    table.manageSnapshots().rollbackTo(snapshots().get(1)).commit();

    assertEquals(second, id(), "the current snapshot is the second again");
    assertEquals("s1\ns3\ns4\n", ids());
  }

  @Test
  void aNightReadsTheSnapshotThatItBeganWith() {
    NightPlan plan = firm.plan(ICEBERG);
    NightSource begun = plan.sources(LocalDate.parse(NIGHT), session.spark()).get(0);
    sql("DELETE FROM {table} WHERE customer = 'ann'");

    assertEquals("s1\ns3\ns4\n", ids(begun, plan));
    begun.content().requireUnchanged();
    assertEquals("s3\ns4\n", ids());
  }

  @Test
  void anOptionNamesAnEarlierSnapshot() {
    table.refresh();
    long first = snapshots().get(0);
    long firstTime = table.snapshot(first).timestampMillis();
    table.manageSnapshots().createTag("march", first).commit();

    for (String option :
        List.of(
            "snapshot-id: " + first,
            "versionAsOf: " + first,
            "as-of-timestamp: " + firstTime,
            "timestampAsOf: \"%s\"".formatted(java.time.Instant.ofEpochMilli(firstTime)),
            "tag: march")) {
      assertEquals("s1\ns2\ns3\ns4\n", ids(options(option)), option);
    }
    assertEquals("s1\ns3\ns4\n", ids(options("branch: main")));
  }

  @Test
  void aNameInACatalogIsReadAsAFolder() {
    assertEquals("s1\ns3\ns4\n", ids("inputs.transactions.path=shop.input"));
  }

  /** Tables of most catalogs have no file that says which metadata is the newest. */
  @Test
  void aFileOfMetadataIsReadAsTheTableThatItDescribes() {
    assertEquals(
        "s1\ns2\ns3\ns4\n",
        ids("inputs.transactions.path=%s/metadata/v2.metadata.json".formatted(firm.input())));
  }

  @Test
  void aTableWithoutASnapshotIsEmpty() {
    sql("CREATE TABLE shop.bare (%s) USING iceberg".formatted(ToyFirm.COLUMNS));

    assertEquals("", ids("inputs.transactions.path=shop.bare"));
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertRefused(
        "Input 'transactions' has no snapshot 9: Iceberg table '%s' does not know it, or expired"
            + " it. Correct 'inputs.transactions.options'.",
        options("snapshot-id: 9"));
    assertRefused(
        "Input 'transactions' has no snapshot at 1000: Iceberg table '%s' does not know it, or"
            + " expired it. Correct 'inputs.transactions.options'.",
        options("as-of-timestamp: 1000"));
    assertRefused(
        "Input 'transactions' has no branch or tag 'may': Iceberg table '%s' does not know it, or"
            + " expired it. Correct 'inputs.transactions.options'.",
        options("tag: may"));
    assertRefused(
        "Input 'transactions' is missing: '%s/nothing' is not the folder of an Iceberg table."
            + " Correct 'inputs.transactions.path' or 'inputs.transactions.format'.",
        "inputs.transactions.path=" + firm.input() + "/nothing");
    assertRefused(
        "Input 'transactions' is missing: no catalog of this session has an Iceberg table"
            + " 'shop.nothing'. Correct 'inputs.transactions.path' or 'inputs.transactions.format',"
            + " or name its catalog with --conf spark.sql.catalog.….",
        "inputs.transactions.path=shop.nothing");
  }

  @Test
  void aMissingJarIsNamed() {
    ClassLoader all = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      KaratException refusal = assertThrows(KaratException.class, this::ids);
      assertEquals(ExitCode.USAGE, refusal.exitCode());
      assertEquals(
          "Input 'transactions' is an Iceberg table, which this Spark cannot read: its jar is"
              + " missing. Add --packages org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.12.0"
              + " to the command, or put that jar and those that it needs into the jars of Spark.",
          refusal.getMessage());
    } finally {
      Thread.currentThread().setContextClassLoader(all);
    }
  }

  private void assertRefused(String message, String set) {
    KaratException refusal = assertThrows(KaratException.class, () -> ids(set));
    assertEquals(message.formatted(firm.input()), refusal.getMessage());
    assertEquals(ExitCode.INPUT, refusal.exitCode());
  }

  private void append(String rows) {
    TextTable.frame(session.spark(), ToyFirm.COLUMNS, rows)
        .coalesce(1)
        .createOrReplaceTempView("arrived");
    sql("INSERT INTO {table} SELECT * FROM arrived");
  }

  private void sql(String statement) {
    session.spark().sql(statement.replace("{table}", "shop.input"));
  }

  private List<Long> snapshots() {
    return table.history().stream().map(entry -> entry.snapshotId()).toList();
  }

  private static String options(String option) {
    return "inputs.transactions.options={%s}".formatted(option);
  }

  private String id() throws IOException {
    NightPlan plan = firm.plan(ICEBERG);
    LocalDate night = LocalDate.parse(NIGHT);
    return RunIdentity.of(plan, night, plan.sources(night, session.spark()), firm.out().head())
        .id();
  }

  private String ids(String... sets) {
    NightPlan plan =
        firm.plan(Stream.concat(Stream.of(ICEBERG), Stream.of(sets)).toArray(String[]::new));
    return ids(plan.sources(LocalDate.parse(NIGHT), session.spark()).get(0), plan);
  }

  private static String ids(NightSource source, NightPlan plan) {
    return ToyFirm.text(source.content().rows(plan.mapping(source.table())), "id");
  }
}
