package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.mart.LivePostgres;
import io.karat.mart.LivePostgres.Bi;
import io.karat.report.RunRecord;
import io.karat.run.ExitCode;
import io.karat.run.InputException;
import io.karat.run.KaratException;
import io.karat.run.Progress;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.InputTable;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import io.karat.testing.LocalSpark;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of nights that read the tables of a real database. */
@ExtendWith({LocalSpark.class, LivePostgres.class})
class DatabaseNightTest {
  private static final LocalDate NIGHT = LocalDate.parse("2026-03-02");
  private static final String OPTIONS = "inputs.transactions.options.";

  private static final String CONFIGURATION =
      """
      inputs:
        transactions:
          format: jdbc
          options:
            url: '{url}'
            user: karat
            password: ${SHOP_PASSWORD}
            dbtable: '{schema}.sales'
          where: kind <> 'TEST'
          columns: {transaction_id: id, customer_id: customer, transaction_time: at, amount: amount, cost: cost}
      indicators:
        windows: [lifetime]
      checks: {max_quarantine: 1}
      classification: false
      pyramids: false
      scorecard: false
      rfm: false
      labels: false
      churn: false
      lifetime_value: false
      clustering: false
      movement: false
      output: {path: '{output}', report: false}
      """;

  private final SparkSession spark;
  private final Bi bi;
  @TempDir Path folder;

  DatabaseNightTest(SparkSession spark, Bi bi) {
    this.spark = spark;
    this.bi = bi;
  }

  /**
   * Ids are padded, one cost has more decimals than its column declares, one amount is negative.
   */
  @BeforeEach
  void fill() throws SQLException {
    bi.asOwner(
        "CREATE SCHEMA {schema}",
        "GRANT USAGE ON SCHEMA {schema} TO karat",
        "CREATE TABLE {schema}.sales (id int, customer char(8), at timestamp,"
            + " amount numeric(38, 10), cost numeric, kind varchar(9), changed timestamptz)",
        "INSERT INTO {schema}.sales VALUES (1, 'ann', '2026-03-01 23:30', 10.0000000000, 4.25,"
            + " 'SALE', '2026-03-01 23:31+00'), (2, 'ann', '2026-03-02 00:10', 123456789012.67,"
            + " 0.1, 'SALE', '2026-03-02 01:00+00'), (3, 'bob', '2026-03-02 09:00', 2.00, NULL,"
            + " 'SALE', '2026-03-02 09:00+00'), (4, 'bob', '2026-03-02 10:00', -7, 1, 'SALE',"
            + " '2026-03-02 10:00+00'), (5, 'bob', '2026-03-02 11:00', 1, 1, 'TEST', '2026-03-02"
            + " 11:00+00')",
        "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO karat");
  }

  @Test
  void aNightReadsATableAsPlainFilesOfTheSameRows() throws IOException {
    NightResult night = run(SilentProgress.INSTANCE);

    assertEquals(
        "ann | 123456789022.67 | 123456789018.32\nbob | 2.00 | null\n",
        ToyFirm.text(
            table(night, "customer_indicators"),
            "customer_id",
            "sales_amount_lifetime",
            "profit_lifetime"));
    Dataset<Row> rows = sources(plan()).get(0).content().rows(plan().mapping(transactions()));
    String plain = folder.resolve("plain").toString();
    rows.write().parquet(plain);
    NightResult same =
        run(
            SilentProgress.INSTANCE,
            "inputs.transactions.format=parquet",
            "inputs.transactions.options={}",
            "inputs.transactions.path=" + plain);
    assertEquals(
        ToyFirm.hashes(same.tables()).get("customer_indicators"),
        ToyFirm.hashes(night.tables()).get("customer_indicators"));
    assertEquals(
        "negative_amount | 2026-03-02 | bob | null\n",
        ToyFirm.text(
            table(night, "quarantine_transactions"),
            "reason",
            "event_date",
            "customer_id",
            "source_file"));
  }

  /**
   * Padded names of countries, which a second table of the database gives. Its password is a secret
   * too, and a change while it is read ends the night as one of the transactions does.
   */
  @Test
  void aTableOfADatabaseIsJoined() throws IOException, SQLException {
    bi.asOwner(
        "CREATE TABLE {schema}.shops (customer char(12), shop varchar(9))",
        "INSERT INTO {schema}.shops VALUES ('ann', 'NORTH'), ('bob', 'SOUTH')",
        "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO karat");
    String[] joined = {
      "inputs.transactions.join={format: jdbc, options: {url: '%s', user: karat, password: '${SHOP_PASSWORD}', dbtable: '%s.shops'}, on: customer}"
          .formatted(bi.url(), bi.schema()),
      "inputs.transactions.columns.channel=shop",
    };

    NightResult night = run(SilentProgress.INSTANCE, joined);

    assertEquals(
        "ann | NORTH\nbob | SOUTH\n",
        ToyFirm.text(table(night, "customer_indicators"), "customer_id", "main_channel_lifetime"));
    String report = Files.readString(folder.resolve("output/" + night.path() + "/run_report.json"));
    assertTrue(report.contains("5 rows of a database"), report);
    assertTrue(report.contains("2 rows of a database"), report);
    assertFalse(report.contains(LivePostgres.SECRET), report);
    InputException changed =
        assertThrows(
            InputException.class,
            () -> {
              bi.asOwner("DELETE FROM {schema}.sales WHERE id = 5");
              run(whenRead("UPDATE {schema}.shops SET shop = 'EAST'"), joined);
            });
    String words = changed.toString();
    assertTrue(
        words.contains("Input 'transactions.join' changed while it was read: it was 2 rows"),
        words);
  }

  @Test
  void aQueryIsReadLikeATable() {
    String query =
        "SELECT id, trim(customer) AS customer FROM %s.sales WHERE id < 3".formatted(bi.schema());

    NightPlan plan =
        plan(
            "inputs.transactions.options={url: '%s', user: karat, password: '${SHOP_PASSWORD}', query: \"%s\"}"
                .formatted(bi.url(), query));

    assertEquals(
        "1 | ann\n2 | ann\n",
        ToyFirm.text(
            sources(plan).get(0).content().rows(plan.mapping(transactions())), "id", "customer"));
  }

  @Test
  void partsOfATableAreItsRows() {
    assertEquals(
        "5 rows",
        state(
                OPTIONS + "partitionColumn=id",
                OPTIONS + "lowerBound='1'",
                OPTIONS + "upperBound='5'",
                OPTIONS + "numPartitions='3'")
            .substring(0, 6));
  }

  @Test
  void theRunIsThatOfTheContent() throws IOException, SQLException {
    String id = id();
    assertEquals(
        plan().settings().canonical(),
        plan(OPTIONS + "password=${OTHER}").settings().canonical(),
        "the password is no part of a run");
    bi.asOwner("UPDATE {schema}.sales SET amount = amount", "VACUUM FULL {schema}.sales");
    assertEquals(id, id(), "the same rows lie in another order");

    bi.asOwner("UPDATE {schema}.sales SET kind = 'GIFT' WHERE id = 3");

    assertNotEquals(id, id());
  }

  @Test
  void aQueryOfTheUserStandsForTheContent() throws IOException, SQLException {
    String newest = OPTIONS + "snapshot=SELECT max(changed) FROM %s.sales".formatted(bi.schema());
    String id = id(newest);
    assertEquals("snapshot '2026-03-02 11:00:00' of a database", state(newest));
    bi.asOwner("UPDATE {schema}.sales SET amount = 3.00 WHERE id = 3");
    assertEquals(id, id(newest), "the query does not see it");

    bi.asOwner("UPDATE {schema}.sales SET changed = '2026-03-03 08:00+00' WHERE id = 3");

    assertNotEquals(id, id(newest));
  }

  @Test
  void aTableThatChangesWhileItIsReadEndsTheNight() throws IOException {
    InputException change =
        assertThrows(
            InputException.class,
            () -> run(whenRead("UPDATE {schema}.sales SET amount = 3 WHERE id = 3")));

    String message = String.valueOf(change.getMessage());
    assertTrue(
        message.matches(
            "Input 'transactions' changed while it was read: it was 5 rows of a database with"
                + " content [0-9a-f]{32} when the night began, and is 5 rows of a database with"
                + " content [0-9a-f]{32} now\\. Run again when nothing writes to it\\."),
        message);
    assertFalse(Files.exists(folder.resolve("output/current")));
  }

  @Test
  void theAnswerOfTheUsersQueryIsCheckedTheSameWay() {
    String count = OPTIONS + "snapshot=SELECT count(*) FROM %s.sales".formatted(bi.schema());

    InputException change =
        assertThrows(
            InputException.class,
            () -> run(whenRead("DELETE FROM {schema}.sales WHERE id = 5"), count));

    assertEquals(
        "Input 'transactions' changed while it was read: it was snapshot '5' of a database when the"
            + " night began, and is snapshot '4' of a database now. Run again when nothing writes"
            + " to it.",
        change.getMessage());
  }

  @Test
  void noTextHasThePassword() throws IOException {
    RunRecord record = new RunRecord("run", ToyFirm.NOON);
    NightPlan plan = plan();
    new NightJob(spark, plan, SilentProgress.INSTANCE, record, () -> ToyFirm.NOON)
        .run(NIGHT, false);

    NightSource source = sources(plan).get(0);
    List<String> texts =
        List.of(
            plan.settings().canonical(),
            plan.settings().toString(),
            source.source().toString(),
            source.content().lines().toString(),
            source.content().state().toString(),
            record.report().json().toString());
    texts.forEach(text -> assertFalse(text.contains(LivePostgres.SECRET), text));
    assertTrue(
        record.report().json().toString().matches("(?s).*\"state\" ?: ?\"5 rows of a database.*"));
  }

  @Test
  void whatADatabaseRefusesIsSaid() {
    assertRefused(
        ExitCode.INPUT,
        "Input 'transactions' cannot be read from '%s': FATAL: password authentication failed for"
            + " user \"karat\". Check the options user and password.",
        OPTIONS + "password=${OTHER}");
    assertRefused(
        ExitCode.INPUT,
        "Input 'transactions' cannot be read from 'jdbc:postgresql://localhost:1/postgres':"
            + " Connection to localhost:1 refused. Check that the hostname and port are correct and"
            + " that the postmaster is accepting TCP/IP connections. Check the address, and whether"
            + " the database runs.",
        OPTIONS + "url='jdbc:postgresql://localhost:1/postgres?ssl=false'");
    assertRefused(
        ExitCode.INPUT,
        "Input 'transactions' cannot be read from '%s': ERROR: relation \"nothing\" does not exist."
            + " Correct 'inputs.transactions.options', or the database.",
        OPTIONS + "dbtable=nothing");
    assertRefused(
        ExitCode.USAGE,
        "Input 'transactions' needs the driver of a database 'jdbc:mysql', which is missing. Add"
            + " --packages com.mysql:mysql-connector-j:VERSION to the command, and the option"
            + " 'driver' if it is not found then.",
        OPTIONS + "url='jdbc:mysql://localhost/shop'");
    assertRefused(
        ExitCode.USAGE,
        "Input 'transactions' needs the driver of a database 'jdbc:postgresql', which is missing."
            + " Add --packages GROUP:ARTIFACT:VERSION to the command, and the option 'driver' if it"
            + " is not found then.",
        OPTIONS + "driver=com.acme.Driver");
    assertRefused(
        ExitCode.USAGE,
        "'inputs.transactions.options.snapshot' answers with several rows of 1 columns: expected"
            + " one value. Correct the query.",
        OPTIONS + "snapshot=SELECT id FROM %s.sales".formatted(bi.schema()));
    assertRefused(
        ExitCode.USAGE,
        "Input 'transactions' has options that do not fit together: When reading JDBC data sources,"
            + " users need to specify all or none for the following options: 'partitionColumn',"
            + " 'lowerBound', 'upperBound', and 'numPartitions'. Correct"
            + " 'inputs.transactions.options'.",
        OPTIONS + "partitionColumn=id");
  }

  @Test
  void otherSourcesOfSparkAreNoInputs() {
    for (String format : List.of("kafka", "console", "rate")) {
      assertRefused(
          ExitCode.USAGE,
          "Input 'transactions' has format '%s', which cannot be an input: expected files of parquet, orc, csv, json, avro or text, or delta, iceberg or jdbc. Correct 'inputs.transactions.format', or export the rows to files."
              .formatted(format),
          "inputs.transactions.format=" + format,
          "inputs.transactions.path=" + folder.resolve("topic"));
    }
  }

  private void assertRefused(ExitCode code, String message, String... sets) {
    KaratException refusal = assertThrows(KaratException.class, () -> state(sets));
    assertEquals(message.replace("%s", bi.url()), refusal.getMessage());
    assertEquals(code, refusal.exitCode());
  }

  /** A listener that changes the database as soon as its rows have been read. */
  private Progress whenRead(String statement) {
    return new Progress() {
      @Override
      public void stage(String name) {}

      @Override
      public void done(String name) {}

      @Override
      public void done(String name, long rows) {
        if (name.equals("read inputs")) {
          try {
            bi.asOwner(statement);
          } catch (SQLException failed) {
            throw new IllegalStateException(failed);
          }
        }
      }
    };
  }

  private static InputTable transactions() {
    return InputTable.TRANSACTIONS;
  }

  private NightPlan plan(String... sets) {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read(
            "shop.yaml",
            CONFIGURATION
                .replace("{url}", bi.url())
                .replace("{schema}", bi.schema())
                .replace("{output}", folder + "/output"),
            Map.of("SHOP_PASSWORD", LivePostgres.SECRET, "OTHER", "wrong horse"),
            new ArrayList<>(List.of(sets)),
            problems);
    NightPlan plan = NightPlan.of(settings, problems);
    problems.throwIfAny();
    return plan;
  }

  private List<NightSource> sources(NightPlan plan) {
    return plan.sources(NIGHT, spark);
  }

  private String state(String... sets) {
    return sources(plan(sets)).get(0).content().state().orElseThrow();
  }

  private String id(String... sets) throws IOException {
    NightPlan plan = plan(sets);
    ToyFirm firm = ToyFirm.at(spark, folder);
    return RunIdentity.of(plan, NIGHT, sources(plan), firm.out().head()).id();
  }

  private NightResult run(Progress progress, String... sets) throws IOException {
    RunRecord record = new RunRecord("run", ToyFirm.NOON);
    return new NightJob(spark, plan(sets), progress, record, () -> ToyFirm.NOON).run(NIGHT, false);
  }

  private Dataset<Row> table(NightResult night, String name) {
    return ToyFirm.at(spark, folder).table(night, name);
  }
}
