package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.report.RunRecord;
import io.karat.run.ExitCode;
import io.karat.run.KaratException;
import io.karat.run.Progress;
import io.karat.testing.LocalSpark;
import io.karat.testing.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of every way in which a night ends without a release; the night before stays live and
 * unchanged.
 */
@ExtendWith(LocalSpark.class)
class RefusedNightTest {
  private static final String GOOD_ROWS =
      """
      s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE
      s2 | bob | 2026-03-02 09:00:00 | 20.00 | SALE
      """;

  @TempDir private static Path folder;
  private static ToyFirm firm;
  private static SortedMap<String, String> published;

  private final SparkSession spark;
  @TempDir Path delivery;
  private Path input;

  RefusedNightTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  static void publishOneNight(SparkSession spark) throws IOException {
    firm = ToyFirm.at(spark, folder);
    firm.write(rows(spark, GOOD_ROWS), "");
    firm.run("2026-03-02");
    published = firm.visible();
  }

  @BeforeEach
  void nameTheDelivery() {
    input = delivery.resolve("a delivery");
  }

  @AfterEach
  void theNightBeforeStaysAsItIs() throws IOException {
    assertEquals("03-02 live", firm.nights());
    assertEquals(published, firm.visible());
  }

  @Test
  void aPathThatDoesNotExist() {
    assertEnds(
        ExitCode.INPUT,
        "Input 'transactions' is missing: path '%s' does not exist. Correct".formatted(input)
            + " 'inputs.transactions.path'.");
  }

  @Test
  void aFolderWithoutFiles() throws IOException {
    Files.createDirectories(input);
    Files.createFile(input.resolve("_SUCCESS"));

    assertEnds(
        ExitCode.INPUT,
        "Input 'transactions' is empty: path '%s' holds no file. Deliver the files, or correct the path."
            .formatted(input));
  }

  @Test
  void filesWithoutRows() {
    deliver(rows(spark, ""));

    assertEnds(
        ExitCode.INPUT,
        "Input 'transactions' is empty: its files hold no row. Check what was delivered.");
  }

  @Test
  void aMissingColumn() {
    deliver(rows(spark, GOOD_ROWS).drop("amount"));

    assertEnds(
        ExitCode.INPUT,
        "Input 'transactions' does not match its mapping: column 'amount', used by 'amount', is"
            + " missing. Found columns: id, customer, at, kind");
  }

  @Test
  void aColumnOfTheWrongType() {
    deliver(rows(spark, GOOD_ROWS).selectExpr("id", "customer", "true at", "amount", "kind"));

    assertEnds(
        ExitCode.INPUT,
        "Input 'transactions' has columns of the wrong type: 'transaction_time' is boolean,"
            + " expected a timestamp, date or text. Convert them in the mapping");
  }

  @Test
  void filesOfDifferentTypes() throws IOException {
    deliver(rows(spark, GOOD_ROWS));
    Path first = file();
    Files.move(first, first.resolveSibling("part-a.parquet"));
    deliver(rows(spark, GOOD_ROWS).selectExpr("id", "customer", "at", "kind", "'1.50' amount"));
    Path second = file();
    Files.move(second, second.resolveSibling("part-b.parquet"));

    assertEnds(
        ExitCode.INPUT,
        ("Input 'transactions' cannot be read: its files have different types: column 'amount' is"
                + " decimal(12,2) in '%1$s/part-a.parquet' and string in '%1$s/part-b.parquet'."
                + " Expected one type per column, or types of which one holds the other. Deliver"
                + " them again with one type.")
            .formatted(input));
  }

  @Test
  void aDayBeforeTheFirstEvent() {
    deliver(rows(spark, GOOD_ROWS));

    assertEnds(
        ExitCode.INPUT,
        "As-of day 2026-02-28 is before the first event of 'transactions' on 2026-03-01."
            + " Choose a later day.",
        "2026-02-28");
  }

  @Test
  void aConditionThatExcludesEverything() {
    deliver(rows(spark, GOOD_ROWS));

    assertEnds(
        ExitCode.INPUT,
        "Input 'transactions' has no row to use: 'where' is true for none of 2; a row for which it"
            + " is null is left out too. Correct 'inputs.transactions.where'.",
        "2026-03-03",
        "inputs.transactions.where=kind = 'NONE'");
  }

  @Test
  void aDayThatVanished() {
    deliver(rows(spark, "s2 | bob | 2026-03-02 09:00:00 | 20.00 | SALE"));

    assertEnds(
        ExitCode.INPUT,
        "Input 'transactions' no longer has 1 day that the live release read: 2026-03-01."
            + " Deliver them again, or publish to another output.path.");
  }

  @Test
  void tooManyUnusableRows() {
    deliver(rows(spark, GOOD_ROWS + "s3 | | 2026-03-03 09:00:00 | 1.00 | SALE"));

    assertRefused(
        "max_quarantine: 1 of 3 rows of 'transactions' cannot be used, 33.3 % of all rows:"
            + " expected at most 20 %. Reasons: 1 missing_customer. max_quarantine: 1 of 3 rows of"
            + " 'transactions' cannot be used, 33.3 % of the rows of the newest 7 event days:"
            + " expected at most 20 %. Reasons: 1 missing_customer.",
        "2026-03-03", "checks.max_quarantine=20%");
  }

  @Test
  void unusableRowsAreCountedByReason() {
    deliver(
        rows(
            spark,
            GOOD_ROWS
                + """
                s3 | bob | 2026-03-03 09:00:00 | -1.00 | SALE
                s4 |     | 2026-03-03 09:00:00 |  1.00 | SALE
                s5 | bob |                     |  1.00 | SALE
                s6 | eve |                     |  1.00 | SALE
                """));

    assertRefused(
        "max_quarantine: 4 of 6 rows of 'transactions' cannot be used, 66.7 % of all rows:"
            + " expected at most 20 %. Reasons: 2 unreadable_time, 1 missing_customer,"
            + " 1 negative_amount. max_quarantine: 2 of 4 rows of 'transactions' cannot be used,"
            + " 50 % of the rows of the newest 7 event days: expected at most 20 %."
            + " Reasons: 1 missing_customer, 1 negative_amount.",
        "2026-03-03", "checks.max_quarantine=20%");
  }

  @Test
  void tooManyUnusableRowsInTheNewestDaysAlone() {
    Dataset<Row> oldRows =
        spark
            .range(12)
            .selectExpr(
                "concat('o', id) id",
                "'ann' customer",
                "TIMESTAMP '2026-03-01 08:00:00' at",
                "cast(1 AS decimal(12,2)) amount",
                "'SALE' kind");
    Dataset<Row> newRows =
        rows(
            spark,
            """
            s2 | bob | 2026-03-02 09:00:00 | 20.00 | SALE
            s3 | bob | 2026-03-03 09:00:00 | 20.00 | SALE
            s4 | bob | 2026-03-04 09:00:00 | 20.00 | SALE
            s5 | bob | 2026-03-05 09:00:00 | 20.00 | SALE
            s6 | bob | 2026-03-06 09:00:00 | 20.00 | SALE
            s7 | bob | 2026-03-07 09:00:00 | 20.00 | SALE
            s8 | bob | 2026-03-08 09:00:00 | 20.00 | SALE
            s9 | bob | 2026-03-08 09:00:00 | -1.00 | SALE
            """);
    deliver(oldRows.union(newRows));

    assertRefused(
        "max_quarantine: 1 of 8 rows of 'transactions' cannot be used, 12.5 % of the rows of the"
            + " newest 7 event days: expected at most 10 %. Reasons: 1 negative_amount.",
        "2026-03-08", "checks.max_quarantine=10%");
  }

  @Test
  void aDayThatWasNotDelivered() {
    deliver(rows(spark, GOOD_ROWS));

    assertRefused(
        "freshness: 'transactions' has no row of 2026-03-03: expected at least one."
            + " Check that the day was delivered.",
        "2026-03-03",
        "checks.freshness=error");
  }

  @Test
  void farMoreCustomersAndRowsThanTheNightBefore() {
    deliver(
        rows(
            spark,
            GOOD_ROWS
                + """
                s3 | cid | 2026-03-03 09:00:00 | 1.00 | SALE
                s4 | dan | 2026-03-03 09:00:00 | 1.00 | SALE
                s5 | dan | 2026-03-03 09:00:00 | 1.00 | SALE
                """));

    assertRefused(
        "row_count_change: The number of rows of 'customer_indicators' changed by 100 % since the"
            + " night of 2026-03-02, from 2 to 4: expected at most 50 %. row_count_change: The"
            + " number of used rows of 'transactions' changed by 150 % since the night of"
            + " 2026-03-02, from 2 to 5: expected at most 50 %.",
        "2026-03-03", "checks.row_count_change={severity: error, max: 50%}");
  }

  @Test
  void aKeyThatStandsForTwoEvents() {
    deliver(rows(spark, GOOD_ROWS + "s1 | cid | 2026-03-03 09:00:00 | 1.00 | SALE"));

    assertRefused(
        "unique: Keys of 'transactions' that appear under several customers or days: 1, expected 0."
            + " Check the key.",
        "2026-03-03",
        "checks.unique=error");
  }

  @Test
  void anOutputThatCannotBeWritten() throws IOException {
    deliver(rows(spark, GOOD_ROWS));
    Path file = Files.writeString(delivery.resolve("file"), "not a folder");

    KaratException end =
        assertThrows(KaratException.class, () -> run("2026-03-03", "output.path=" + file + "/out"));

    assertEquals(ExitCode.USAGE, end.exitCode());
    assertEquals(
        ("Output '%1$s/out' cannot be written: '%1$s' is not a folder."
                + " Set output.path to a folder that this user may write to.")
            .formatted(file),
        end.getMessage());
  }

  @Test
  void aFileThatGrowsWhileItIsRead() throws IOException {
    Path file = Files.createDirectory(input).resolve("sales.csv");
    Files.writeString(
        file,
        """
        id,customer,at,amount,kind
        s1,ann,2026-03-01 09:00:00,10.00,SALE
        s2,bob,2026-03-02 09:00:00,20.00,SALE
        """);
    long size = Files.size(file);

    assertEndsIfDisturbed(
        () -> Files.writeString(file, "s3,bob", StandardOpenOption.APPEND),
        "read inputs ends",
        "file '%s' grew from %d to %d bytes".formatted(file, size, size + 6),
        "inputs.transactions.format=csv");
  }

  /** The end of the file, which is read first, is as it was; its rows are not. */
  @Test
  void aFileThatIsWrittenAgainWhileItIsRead() throws IOException {
    deliver(rows(spark, GOOD_ROWS));
    Path file = file();
    Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.setLastModifiedTime(file, FileTime.from(ToyFirm.NOON));
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4, bytes.length / 4, (byte) 'x');

    assertEndsIfDisturbed(
        () -> Files.write(file, bytes),
        "read inputs begins",
        "file '%s' was written again".formatted(file));
  }

  /** A step of another program. */
  private interface Step {
    void run() throws IOException;
  }

  private void assertEndsIfDisturbed(Step step, String when, String change, String... sets) {
    String path = "inputs.transactions.path=" + input;
    NightPlan plan =
        firm.plan(Stream.concat(Stream.of(path), Stream.of(sets)).toArray(String[]::new));
    Progress other =
        new Progress() {
          @Override
          public void stage(String name) {
            reach(name + " begins");
          }

          @Override
          public void done(String name) {
            reach(name + " ends");
          }

          @Override
          public void done(String name, long rows) {
            reach(name + " ends");
          }

          private void reach(String moment) {
            try {
              if (moment.equals(when)) {
                step.run();
              }
            } catch (IOException unwritable) {
              throw new UncheckedIOException(unwritable);
            }
          }
        };
    NightJob job =
        new NightJob(spark, plan, other, new RunRecord("run", ToyFirm.NOON), firm.clock());

    KaratException end =
        assertThrows(KaratException.class, () -> job.run(LocalDate.parse("2026-03-03"), false));

    assertEquals(
        "Input 'transactions' changed while it was read: %s. Expected its files as they were listed when the night began. Keep them until the command ends, and run again."
            .formatted(change),
        end.getMessage());
    assertEquals(ExitCode.INPUT, end.exitCode());
  }

  private void assertRefused(String checks, String asOf, String... sets) {
    KaratException end = assertThrows(KaratException.class, () -> run(asOf, sets));

    assertEquals(ExitCode.REFUSED, end.exitCode());
    assertEquals(
        "Night %s is refused, last night stays live: %s The staged tables of run RUN are kept."
            .formatted(asOf, checks),
        String.valueOf(end.getMessage()).replaceAll("run [0-9a-f]{16} ", "run RUN "));
  }

  private void assertEnds(ExitCode exitCode, String message) {
    assertEnds(exitCode, message, "2026-03-03");
  }

  private void assertEnds(ExitCode exitCode, String message, String asOf, String... sets) {
    KaratException end = assertThrows(KaratException.class, () -> run(asOf, sets));

    assertEquals(message, end.getMessage());
    assertEquals(exitCode, end.exitCode());
  }

  private void run(String asOf, String... sets) throws IOException {
    String path = "inputs.transactions.path=" + input;
    firm.run(asOf, Stream.concat(Stream.of(path), Stream.of(sets)).toArray(String[]::new));
  }

  private void deliver(Dataset<Row> rows) {
    rows.coalesce(1).write().mode("append").parquet(input.toString());
  }

  /** The first data file of the delivery. */
  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(input)) {
      List<Path> parts =
          files.filter(file -> file.getFileName().toString().startsWith("part-0")).toList();
      return parts.get(0);
    }
  }

  private static Dataset<Row> rows(SparkSession spark, String rows) {
    return TextTable.frame(spark, ToyFirm.COLUMNS, rows).coalesce(1);
  }
}
