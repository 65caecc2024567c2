package io.karat.generate;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
@ExtendWith(LocalSpark.class)
class GeneratedFilesTest {
  private static final int CUSTOMERS = 200;
  private static final int DAYS = 35;
  private static final SyntheticFirm FIRM = SyntheticFirm.of(CUSTOMERS, DAYS, 1);

  @TempDir private static Path here;
  private static List<GeneratedTable> tables = List.of();

  @BeforeAll
  static void writeTheCleanFirm(SparkSession spark) {
    tables = FIRM.write(spark, here.resolve("clean").toUri().toString());
  }

  @Test
  void theSameArgumentsGiveTheSameBytesWhateverRunsThem(SparkSession spark, @TempDir Path folder)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    FIRM.writeDirty(spark, here.resolve("dirty").toUri().toString());
    writeInOwnProcess(folder.resolve("there"));

    assertEquals(checksums(here), checksums(folder.resolve("there")));
  }

  @Test
  void anotherSeedGivesAnotherFirm(SparkSession spark) {
    Dataset<Row> first = FIRM.transactions(spark);
    Dataset<Row> second = SyntheticFirm.of(CUSTOMERS, DAYS, 2).transactions(spark);

    assertEquals(0, first.intersect(second).count());
  }

  @Test
  void everyTableLiesInItsFolderUnderFixedNames(SparkSession spark)
      throws IOException, NoSuchAlgorithmException {
    // The 35 days from Monday 1 January 2024 have 30 open days in two months.
    Map<String, String> files = checksums(here.resolve("clean"));
    assertEquals(30, files.keySet().stream().filter(f -> f.startsWith("transactions/")).count());
    assertEquals(
        """
        customers/day=2024-01-01/part-00000.parquet
        customers/day=2024-02-01/part-00000.parquet
        opportunities/part-00000.parquet
        aliases/part-00000.parquet
        markets/part-00000.parquet
        truth/customers/part-00000.parquet
        truth/groups/part-00000.parquet
        truth/markets/part-00000.parquet\
        """,
        tables.stream()
            .skip(3)
            .flatMap(table -> files.keySet().stream().filter(f -> f.startsWith(table.name())))
            .collect(joining("\n")));
    assertEquals(files.size(), tables.stream().mapToInt(GeneratedTable::files).sum());
    for (GeneratedTable table : tables) {
      assertEquals(
          table.rows(),
          spark.read().parquet(here.resolve("clean").resolve(table.name()).toString()).count());
    }
  }

  @Test
  void aDirtyTableLiesBesideTheTruthAboutItsRows(SparkSession spark, @TempDir Path folder)
      throws IOException, NoSuchAlgorithmException {
    List<GeneratedTable> tables =
        SyntheticFirm.of(1, 2, 1).writeDirty(spark, folder.toUri().toString());

    assertEquals(
        """
        transactions
        truth/bad_rows/transactions
        payments
        truth/bad_rows/payments
        contacts
        truth/bad_rows/contacts
        customers
        truth/bad_rows/customers
        opportunities
        truth/bad_rows/opportunities
        aliases
        truth/bad_rows/aliases
        markets
        truth/bad_rows/markets
        truth/customers
        truth/groups
        truth/markets\
        """,
        tables.stream().map(GeneratedTable::name).collect(joining("\n")));
    assertEquals(checksums(folder).size(), tables.stream().mapToInt(GeneratedTable::files).sum());
  }

  private static void writeInOwnProcess(Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.add(OneCore.class.getName());
    command.addAll(List.of("" + CUSTOMERS, "" + DAYS, "1", folder.toUri().toString()));
    Path log = folder.resolveSibling("own.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertEquals(0, process.waitFor(), () -> "Its log is in " + log);
  }

  /** Checksums by relative path of all files, hidden ones included. */
  private static Map<String, String> checksums(Path folder)
      throws IOException, NoSuchAlgorithmException {
    Map<String, String> checksums = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        checksums.put(folder.relativize(file).toString(), HexFormat.of().formatHex(digest));
      }
    }
    return checksums;
  }
}
