package io.karat.night;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lakehouse.LakeStep;
import io.karat.mart.LivePostgres;
import io.karat.mart.LivePostgres.Bi;
import io.karat.publishing.Publisher;
import io.karat.publishing.PublisherException;
import io.karat.publishing.Release;
import io.karat.publishing.RunLock;
import io.karat.run.Failpoint;
import io.karat.run.UsageException;
import io.karat.testing.DocumentedSql;
import io.karat.testing.LocalSpark;
import io.karat.testing.RestCatalogServer;
import io.karat.testing.SilentProgress;
import io.karat.testing.TableSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Tests of nights that are published into a catalog of Iceberg. */
@ExtendWith({LocalSpark.class, LivePostgres.class})
@Tag("lakehouse")
class LakePublisherTest {
  private static final String[] PUBLISHED = {
    "output.publish=[directory, iceberg]",
    "output.iceberg={catalog: lake, namespace: sales.karat}",
    "output.retention={releases: 2, reader_minutes: 0}"
  };

  private static final String PLACE = "namespace 'sales.karat' of catalog 'lake'";

  private final SparkSession shared;
  private final Bi bi;
  @TempDir Path folder;
  private TableSpark session;
  private ToyFirm firm;

  LakePublisherTest(SparkSession shared, Bi bi) {
    this.shared = shared;
    this.bi = bi;
  }

  @BeforeEach
  void open() {
    session = TableSpark.beside(shared);
    set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
    set("spark.sql.catalog.lake.type", "hadoop");
    set("spark.sql.catalog.lake.warehouse", folder.resolve("lake").toString());
    firm =
        ToyFirm.at(session.spark(), folder)
            .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE")
            .deliver("2026-03-02", "s2 | bob | 2026-03-02 09:00:00 |  5.00 | SALE")
            .deliver("2026-03-03", "s3 | ann | 2026-03-03 09:00:00 |  1.50 | RETURN");
  }

  @AfterEach
  void close() {
    System.clearProperty(Failpoint.PROPERTY);
    session.close();
  }

  /**
   * The second night is cut off at each step in turn, and goes on from there; after the third, the
   * first is older than what is kept; then the third is taken back.
   */
  @Test
  void theCatalogFollowsNightAfterNight() throws IOException {
    firm.run("2026-03-01", PUBLISHED);
    String first = firm.out().head().live();
    cutOff(LakeStep.BEFORE_LAKE, first, () -> firm.run("2026-03-02", PUBLISHED));
    cutOff(LakeStep.IN_LAKE_LOAD, first, this::follow);
    cutOff(LakeStep.BEFORE_LAKE_SHOW, first, this::follow);
    assertEquals("ann 10.00", sales());
    cutOff(LakeStep.AFTER_LAKE_SHOW, first, this::follow);
    assertEquals("ann 10.00, bob 5.00", sales());
    follow();

    assertEquals("2026-03-02 | 2", pointer());
    assertEquals("ann 10.00, bob 5.00", sales());
    assertAllTablesShowTheLiveNight();

    String second = firm.out().head().live();
    firm.run("2026-03-03", PUBLISHED);
    String third = firm.out().head().live();
    assertEquals("ann 10.00, bob 5.00", sales());
    assertOldRunsAreGone();
    assertTurnedBack(third, second);
  }

  /** Each table is as in the output folder, the history with all nights, and all at once. */
  private void assertAllTablesShowTheLiveNight() throws IOException {
    Release release = firm.out().head().release(firm.out().head().live()).orElseThrow();
    for (String table : release.tables().keySet()) {
      Dataset<Row> live = live(table);
      assertEquals(
          ToyFirm.text(firm.table(table), "*"),
          ToyFirm.text(table.equals("runs") ? live.drop("of_release") : live, "*"),
          table);
    }
  }

  /**
   * Two releases are kept, each with a tag; the history has all nights. The tag of a run keeps the
   * files of those that were there with it.
   */
  private void assertOldRunsAreGone() throws IOException {
    assertEquals("2026-03-02, 2026-03-03", nights("customer_indicators"));
    assertEquals("2026-03-01, 2026-03-02, 2026-03-03", nights("customer_value_history"));
    String kept =
        firm.out().head().latest(2).stream()
            .map(run -> "run_" + run)
            .sorted()
            .collect(joining(", "));
    assertEquals(
        kept,
        texts(
            "SELECT name FROM lake.sales.karat.customer_indicators.refs WHERE type = 'TAG' ORDER BY 1"));
    assertEquals(3, runsWithFiles("customer_indicators"));
  }

  private void assertTurnedBack(String withdrawn, String before) throws IOException {
    String shows = "Iceberg shows night 2026-03-03, run %s in %s.".formatted(withdrawn, PLACE);
    assertEquals(shows, publisher().state(firm.out().status()));
    assertEquals("2026-03-03", nightsOf(live("customer_indicators")));
    String changes = changes("customer_indicators");
    try (RunLock lock = firm.out().lock("rollback")) {
      firm.out().rollBack(Optional.empty(), (release, refusal) -> {}, lock);
    }
    assertEquals(
        "%s It is behind the output folder: 'karat publish %s' updates it."
            .formatted(shows, before),
        publisher().state(firm.out().status()));
    follow();

    assertEquals("2026-03-02 | 4", pointer());
    assertEquals("2026-03-02", nightsOf(live("customer_indicators")));
    assertEquals("2026-03-01, 2026-03-02", nightsOf(live("customer_value_history")));
    assertEquals(changes, changes("customer_indicators"));
    assertEquals(
        "Iceberg has tables in %s that follow another output.path. Set output.iceberg.namespace to another namespace, or drop its tables."
            .formatted(PLACE),
        refusal(firm.publishingTo(folder.resolve("other")), PUBLISHED));
  }

  private static String nightsOf(Dataset<Row> rows) {
    return ToyFirm.text(rows.select("as_of_date").distinct(), "*").strip().replace("\n", ", ");
  }

  private void cutOff(LakeStep step, String seen, Executable command) throws IOException {
    System.setProperty(Failpoint.PROPERTY, step.name());
    PublisherException cut = assertThrows(PublisherException.class, command);
    System.clearProperty(Failpoint.PROPERTY);
    assertEquals(
        ("Night 2026-03-02 is live in '%s', but not in Iceberg: Failpoint %s is reached. Readers of"
                + " %s still see night 2026-03-01, run %s. Remove the cause, then run 'karat"
                + " publish %s'.")
            .formatted(firm.output(), step, PLACE, seen, firm.out().head().live()),
        cut.getMessage());
  }

  private void follow() throws IOException {
    publisher().follow(firm.out().head(), SilentProgress.INSTANCE);
  }

  /**
   * The queries of docs/iceberg.md, in catalogs with views. The second night has a window more, of
   * whose columns the first knows nothing.
   */
  @Test
  void documentedQueriesFindTheLiveNight() throws IOException, SQLException {
    set("spark.sql.catalog.lake.type", "jdbc");
    set("spark.sql.catalog.lake.uri", bi.url());
    set("spark.sql.catalog.lake.jdbc.user", "postgres");
    set("spark.sql.catalog.lake.jdbc.schema-version", "V1");
    assertDocumentedQueriesFindTheLiveNight();
  }

  @Test
  void documentedQueriesFindTheLiveNightOfARestCatalog() throws IOException, SQLException {
    Map<String, String> behind =
        Map.of(
            "type",
            "jdbc",
            "uri",
            bi.url(),
            "jdbc.user",
            "postgres",
            "jdbc.schema-version",
            "V1",
            "warehouse",
            folder.resolve("lake").toString());
    try (RestCatalogServer server = new RestCatalogServer(behind)) {
      set("spark.sql.catalog.lake.type", "rest");
      set("spark.sql.catalog.lake.uri", server.uri());
      assertDocumentedQueriesFindTheLiveNight();
    }
  }

  private void assertDocumentedQueriesFindTheLiveNight() throws IOException, SQLException {
    String tiers = "pyramids={worth: {weights: {sales_amount_lifetime: 1}, tiers: [{name: TOP}]}}";
    firm.run("2026-03-01", with(tiers));
    firm.run("2026-03-02", with(tiers, "indicators.windows=[365d, lifetime]"));

    List<String> found = new ArrayList<>();
    for (String block : DocumentedSql.blocks(Path.of("docs/iceberg.md"))) {
      Dataset<Row> rows = session.spark().sql(block.replace("{run}", firm.out().head().live()));
      found.add(ToyFirm.text(rows, "concat_ws(' ', *)").strip().replace("\n", ", "));
    }

    assertEquals("ann 10.00, bob 5.00", found.get(0));
    assertEquals("2", found.get(1));
    assertEquals("2026-03-01 1, 2026-03-02 2", found.get(2));
    assertTrue(found.get(3).contains(" TOP "), found.get(3));
    assertEquals("ann 10.00, bob 5.00", salesInDuckDb(found.get(4)));
    assertEquals(5, found.size());
    assertEquals("2026-03-02 | 2", pointer());
    assertEquals(
        "2026-03-01 ann null, 2026-03-02 ann 10.00, 2026-03-02 bob 5.00",
        texts(
            "SELECT concat_ws(' ', as_of_date, customer_id, nvl(string(sales_amount_365d), 'null'))"
                + " FROM lake.sales.karat.customer_indicators ORDER BY 1"));
  }

  /** What a reader sees who has the names of files, and no Iceberg. */
  private static String salesInDuckDb(String files) throws SQLException {
    String names = "'%s'".formatted(files.replace("file:", "").replace(", ", "', '"));
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT customer_id || ' ' || sales_amount_lifetime FROM read_parquet([%s], union_by_name = true) ORDER BY 1"
                    .formatted(names))) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return String.join(", ", rows);
  }

  private static String[] with(String... sets) {
    return Stream.concat(Stream.of(PUBLISHED), Stream.of(sets)).toArray(String[]::new);
  }

  @Test
  void whatIsNotReadyIsSaidBeforeANightBegins() {
    assertEquals(
        "output.iceberg.catalog is 'sea', of which this Spark knows nothing: expected its settings."
            + " Add --conf spark.sql.catalog.sea=org.apache.iceberg.spark.SparkCatalog, and its"
            + " type, such as --conf spark.sql.catalog.sea.type=hadoop --conf"
            + " spark.sql.catalog.sea.warehouse=hdfs:///warehouse.",
        refusal(firm, PUBLISHED[0], "output.iceberg.catalog=sea"));
    session.spark().sql("CREATE NAMESPACE lake.theirs");
    session.spark().sql("CREATE TABLE lake.theirs.tiers (run_id string) USING iceberg");
    assertEquals(
        "Iceberg has table 'tiers' in namespace 'theirs' of catalog 'lake', which Karat did not"
            + " make: expected no table of the name of a published one. Set"
            + " output.iceberg.namespace to another namespace.",
        refusal(firm, PUBLISHED[0], "output.iceberg={catalog: lake, namespace: theirs}"));
    set("spark.sql.catalog.pond", "org.apache.iceberg.spark.SparkCatalog");
    set("spark.sql.catalog.pond.type", "rest");
    assertEquals(
        "Iceberg cannot be used in namespace 'karat' of catalog 'pond': Invalid uri for http"
            + " client: null. Correct the settings spark.sql.catalog.pond.… of this Spark, or the"
            + " catalog.",
        refusal(firm, PUBLISHED[0], "output.iceberg.catalog=pond"));
    ToyFirm plain =
        ToyFirm.at(shared, folder.resolve("plain"))
            .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE");
    shared.conf().set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
    String missing = refusal(plain, PUBLISHED);
    shared.conf().unset("spark.sql.catalog.lake");
    assertEquals(
        "output.publish names iceberg, which needs its extensions of Spark's SQL for tags and"
            + " views. Add --conf"
            + " spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions.",
        missing);
  }

  private static String refusal(ToyFirm firm, String... sets) {
    return String.valueOf(
        assertThrows(UsageException.class, () -> firm.run("2026-03-02", sets)).getMessage());
  }

  private Publisher publisher() throws IOException {
    return firm.plan(PUBLISHED).publishers(firm.out(), session.spark()).all().get(0);
  }

  private String pointer() {
    return texts(
        "SELECT concat_ws(' | ', as_of_date, commit_number) FROM lake.sales.karat.current_release");
  }

  private String sales() {
    return ToyFirm.text(live("customer_indicators"), "customer_id", "sales_amount_lifetime")
        .strip()
        .replace(" | ", " ")
        .replace("\n", ", ");
  }

  /** What a reader sees of a table who knows no views. */
  private Dataset<Row> live(String table) {
    return session
        .spark()
        .sql(
            table.equals("customer_value_history")
                ? """
                  SELECT * FROM lake.sales.karat.customer_value_history WHERE run_id IN (
                    SELECT run_id FROM lake.sales.karat.release_nights WHERE of_release IN (
                      SELECT run_id FROM lake.sales.karat.current_release))
                  """
                : "SELECT * FROM lake.sales.karat.%s WHERE %s IN (SELECT run_id FROM lake.sales.karat.current_release)"
                    .formatted(table, table.equals("runs") ? "of_release" : "run_id"));
  }

  private String nights(String table) {
    return texts(
        "SELECT DISTINCT string(as_of_date) FROM lake.sales.karat.%s ORDER BY 1".formatted(table));
  }

  private String changes(String table) {
    return texts(
        "SELECT string(snapshot_id) FROM lake.sales.karat.%s.snapshots ORDER BY committed_at"
            .formatted(table));
  }

  private String texts(String query) {
    return session.spark().sql(query).collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(joining(", "));
  }

  /** The number of runs of which a table still has files. */
  private long runsWithFiles(String table) throws IOException {
    Path data = folder.resolve("lake/sales/karat").resolve(table).resolve("data");
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .map(Path::getParent)
          .distinct()
          .count();
    }
  }

  private void set(String key, String value) {
    session.spark().conf().set(key, value);
  }
}
