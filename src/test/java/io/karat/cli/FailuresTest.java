package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.mart.LivePostgres;
import io.karat.mart.LivePostgres.Bi;
import io.karat.run.ExitCode;
import io.karat.run.KaratException;
import io.karat.tables.CustomerDecimals;
import io.karat.tables.Money;
import io.karat.testing.LocalSpark;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the messages for real broken files, read by the real Spark. */
@ExtendWith({LocalSpark.class, LivePostgres.class})
class FailuresTest {
  private final SparkSession spark;
  @TempDir Path temporary;
  private Path folder;

  FailuresTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void makeAFolderWithASpace() throws IOException {
    folder = Files.createDirectory(temporary.resolve("the data"));
  }

  @Test
  void aPathThatDoesNotExist() {
    assertSays(
        ExitCode.INPUT,
        "Input '%s/none*' does not exist: expected a file, a folder or a pattern that matches one."
                .formatted(folder)
            + " Correct the path, or deliver the files.",
        () -> spark.read().parquet(folder + "/none*"));
  }

  @Test
  void aDatabaseThatFailsWhileItIsRead(Bi bi) {
    Dataset<Row> rows =
        spark
            .read()
            .format("jdbc")
            .option("url", bi.url())
            .option("user", "anne")
            .option("password", "anne")
            .option("query", "SELECT 1 / (id - 2) AS share FROM generate_series(1, 3) id")
            .load();

    assertSays(
        ExitCode.INPUT,
        "A database did not give the rows of an input: ERROR: division by zero. Check whether it"
            + " runs and what the query asks, then run again.",
        rows::collectAsList);
  }

  @Test
  void anEmptyFolder() {
    assertSays(
        ExitCode.INPUT,
        "An input of format Parquet has no files, so its columns are unknown: expected at least one"
            + " file. Correct the path, or deliver the files.",
        () -> spark.read().parquet(folder.toString()));
  }

  @Test
  void aFileThatIsNotParquetHoweverItIsMet() throws IOException {
    Path file = Files.writeString(folder.resolve("a b.parquet"), "customer_id,amount\nann,1.50");
    String sentence =
        "File '%s' cannot be read: it is not a Parquet file. Deliver it again, or move it away."
            .formatted(file);
    Dataset<Row> rows = spark.read().schema("amount double").parquet(folder.toString());

    assertSays(ExitCode.INPUT, sentence, () -> spark.read().parquet(folder.toString()));
    assertSays(ExitCode.INPUT, sentence, rows::count);
    assertSays(ExitCode.INPUT, sentence, () -> rows.write().parquet(temporary + "/copy"));
  }

  @Test
  void aFileOfNoLength() throws IOException {
    Path file = Files.createFile(folder.resolve("a.parquet"));

    assertSays(
        ExitCode.INPUT,
        "File '%s' cannot be read: it is not a Parquet file. Deliver it again, or move it away."
            .formatted(file),
        () -> spark.read().parquet(folder.toString()));
  }

  @Test
  void aFileDamagedOnItsWay() throws IOException {
    Path file = write("amounts", "cast(id as string) amount");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4, bytes.length / 2, (byte) 'U');
    Files.write(file, bytes);
    Executable reading =
        () -> spark.read().parquet(file.toString()).selectExpr("max(amount)").collect();

    assertSays(
        ExitCode.INPUT,
        "File '%s' cannot be read: it does not match its checksum file '.%s.crc'. Delete that file if another program replaced the data since, else deliver it again."
            .formatted(file, file.getFileName()),
        reading);

    Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
    assertSays(
        ExitCode.INPUT,
        "File '%s' cannot be read: don't know what type: 15. Deliver it again, or move it away."
            .formatted(file),
        reading);
  }

  @Test
  void aLocalFileThatMayNotBeRead() {
    Map<String, String> facts = Map.of("path", "file:///data/the%20sales.parquet");
    Exception denied = new FileNotFoundException("/data/the sales.parquet (Permission denied)");

    KaratException explained =
        new SparkCondition("FAILED_READ_FILE.FILE_NOT_EXIST", facts, denied)
            .explanation()
            .orElseThrow();

    assertEquals(
        "File '/data/the sales.parquet' cannot be read: user '%s' has no permission."
                .formatted(System.getProperty("user.name"))
            + " Change its permissions.",
        explained.getMessage());
  }

  @Test
  void filesOfOneInputThatDisagree() throws IOException {
    write("a", "id amount", "id n");
    write("b", "cast(id as string) amount", "id n");

    assertSays(
        ExitCode.INPUT,
        "The files of one input have different types: column 'amount' is bigint in one and string"
            + " in another. Expected one type per column. Deliver them again with one type.",
        () ->
            spark.read().option("mergeSchema", true).parquet(folder + "/a", folder + "/b").count());
  }

  @Test
  void aColumnOfAnotherTypeThanPromised() throws IOException {
    Path file = write("a", "cast(id as string) amount");

    assertSays(
        ExitCode.INPUT,
        "File '%s' has column 'amount' as BINARY: expected int, as in the files beside it."
                .formatted(file)
            + " Deliver it again with that type.",
        () -> spark.read().schema("amount int").parquet(folder + "/a").groupBy().sum().collect());
  }

  @Test
  void aFileThatVanishes() throws IOException {
    Path file = write("a", "id amount");
    Dataset<Row> rows = spark.read().parquet(folder + "/a");
    Files.delete(file);

    assertSays(
        ExitCode.INPUT,
        "File '%s' vanished before it was read: expected input files to stay until the command"
                .formatted(file)
            + " ends. Run again.",
        () -> rows.groupBy().sum().collect());
  }

  @Test
  void aFormatThatSparkDoesNotKnow() {
    for (String format : List.of("parkett", "avro")) {
      assertSays(
          ExitCode.USAGE,
          "Format '%s' is unknown to this Spark: expected one that it can read, such as parquet,"
                  .formatted(format)
              + " orc, csv or json. Correct it, or add its package with --packages.",
          () -> spark.read().format(format).load(folder.toString()));
    }
  }

  @Test
  void aFileSystemThatIsNotThere() {
    assertSays(
        ExitCode.USAGE,
        "A path cannot be opened: No FileSystem for scheme \"foo\". Expected file, hdfs, or a"
            + " scheme whose package is installed. Correct the path, or add the package with"
            + " --packages.",
        () -> spark.read().parquet("foo://bucket/sales"));
  }

  @Test
  void aStoreThatHasNoConnector() {
    String advice = " Add both as docs/spark.md says, for example by --packages.";
    String what =
        "A path on s3a: cannot be opened: Hadoop's connector to S3, or the SDK that it needs, is missing (";

    assertSays(
        ExitCode.USAGE,
        what + "Class org.apache.hadoop.fs.s3a.S3AFileSystem not found)." + advice,
        () -> {
          throw new IllegalStateException(
              new ClassNotFoundException("Class org.apache.hadoop.fs.s3a.S3AFileSystem not found"));
        });
    assertSays(
        ExitCode.USAGE,
        what + "software/amazon/awssdk/core/exception/SdkException)." + advice,
        () -> {
          throw new NoClassDefFoundError("software/amazon/awssdk/core/exception/SdkException");
        });
  }

  @Test
  void aStoreThatIsNotWhereTheSettingsSay() {
    assertSays(
        ExitCode.USAGE,
        "A store that is addressed by s3a: does not serve a request: `s3a://shop': no such bucket."
            + " Check the bucket, and fs.s3a.endpoint, fs.s3a.endpoint.region and the credentials,"
            + " which are given as --conf spark.hadoop.fs.s3a.….",
        () -> {
          throw new UnknownStoreException("s3a://shop", "no such bucket");
        });
  }

  @Test
  void aFileThatMayNotBeRead() {
    String user = System.getProperty("user.name");

    assertSays(
        ExitCode.INPUT,
        "Access is denied: /data/sales. Expected user '%s' to have access. Change the permissions, or the user."
            .formatted(user),
        () -> {
          throw new IllegalStateException(new AccessDeniedException("/data/sales"));
        });
    assertSays(
        ExitCode.INPUT,
        "Access is denied: Permission denied: user=etl, access=READ, inode=\"/sales\". Expected user '%s' to have access. Change the permissions, or the user."
            .formatted(user),
        () -> {
          throw new AccessControlException(
              "Permission denied: user=etl, access=READ, inode=\"/sales\"\n\tat org.apache");
        });
  }

  @Test
  void aSumThatIsTooLargeForATableOfCustomers() {
    Dataset<Row> sums =
        spark.range(9, 11).selectExpr("id * CAST(1e15 AS DECIMAL(38,2)) AS sales_amount_365d");
    Column published =
        CustomerDecimals.of(
            sums.col("sales_amount_365d"),
            sums.schema().apply(0).dataType(),
            new Money(2).amountType(),
            "sales_amount_365d");

    assertEquals(
        "9000000000000000.00",
        sums.filter("sales_amount_365d < 1e16").select(published).first().getDecimal(0).toString());
    assertSays(
        ExitCode.REFUSED,
        "Column 'sales_amount_365d' of a customer does not fit into decimal(18,2): expected less than"
            + " 10,000,000,000,000,000. Correct the amounts, use a lower money_scale or a larger"
            + " unit.",
        () -> sums.select(published).collectAsList());
  }

  @Test
  void aFaultOfOurOwnIsNotExplainedAway() {
    assertEquals(Optional.empty(), explain(() -> spark.range(1).selectExpr("amount")));
    assertEquals(Optional.empty(), Failures.explain(new IllegalStateException("no tiles")));
  }

  /** Writes one Parquet file of 1,000 rows into a folder of its own. */
  private Path write(String name, String... columns) throws IOException {
    Path written = folder.resolve(name);
    spark.range(1000).selectExpr(columns).coalesce(1).write().parquet(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void assertSays(ExitCode exitCode, String message, Executable reading) {
    KaratException explained = explain(reading).orElseThrow();

    assertEquals(message, explained.getMessage());
    assertEquals(exitCode, explained.exitCode());
  }

  private static Optional<KaratException> explain(Executable reading) {
    return Failures.explain(assertThrows(Throwable.class, reading));
  }
}
