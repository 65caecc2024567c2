package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.InputException;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of which files are listed, and that exactly those are read. */
@ExtendWith(LocalSpark.class)
class FileListingTest {
  private static final String ONE_ROW =
      "SELECT 'ann' customer_id, DATE '2026-02-10' transaction_time, 1 amount";

  private final SparkSession spark;
  @TempDir private Path temporary;
  private Path folder;
  private DeliveredFiles files;

  FileListingTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void makeAFolder() throws IOException {
    folder = Files.createDirectory(temporary.toRealPath().resolve("the data"));
    files = DeliveredFiles.in(folder, spark);
  }

  @Test
  void foldersAreFollowedToAnyDepthBesideFiles() throws IOException {
    write("b.csv", "2026/a.csv", "2026/02/28/a.csv", "2026/02/a.csv", "x=1/y/z=2/a.csv");

    assertEquals("2026/02/28/a.csv 2026/02/a.csv 2026/a.csv b.csv x=1/y/z=2/a.csv", files.files());
    assertEquals("2026/02/28/a.csv 2026/02/a.csv", path("2026/0?").files());
    assertEquals("2026/a.csv b.csv", path("{2026/a,b}.csv").files());
    assertEquals("2026/02/28/a.csv 2026/02/a.csv 2026/a.csv", path("[12]*").files());
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "./", "src/..", "./src/..", "./pom.xml"})
  void theFolderOfTheCommandIsOneToo(String path) {
    FileListing listing =
        new FileListing(
            "transactions", Optional.of("pom.xml"), spark.sparkContext().hadoopConfiguration());

    listing.add(path);

    assertEquals(
        List.of(Path.of("pom.xml").toAbsolutePath().toUri().toString()),
        listing.files().stream()
            .map(file -> "file://" + file.status().getPath().toUri().getPath())
            .toList());
  }

  @Test
  void hiddenAndTemporaryFilesArePassedOver() throws IOException {
    write("a.csv", "_SUCCESS", ".a.csv.crc", "_temporary/0/a.csv", ".staging/a.csv");
    write("b.csv._COPYING_", "_metadata", "_day=1/a.csv", "_c.csv", "a=_b.csv", "c_.csv");

    assertEquals("_day=1/a.csv a.csv a=_b.csv c_.csv", files.files());
    assertEquals("a.csv a=_b.csv c_.csv", path("*.csv").files());
    assertEquals("_c.csv", path("_c.csv").files());
    assertEquals("_day=1/a.csv a.csv", files.with("options.pathGlobFilter='[ab].csv'").files());
  }

  @Test
  void aFolderWithoutFilesIsRefused() throws IOException {
    write("_SUCCESS", ".hidden/a.csv");
    Files.createDirectories(folder.resolve("2026/02"));

    assertEquals(
        "Input 'transactions' is empty: path '%s' holds no file. Deliver the files, or correct the path."
            .formatted(folder),
        files.refusal());
    assertEquals(
        "Input 'transactions' is empty: path '2026/0?' holds no file. Deliver the files, or correct"
            + " the path.",
        path("2026/0?").refusal());
    assertEquals(
        "Input 'transactions' is missing: path 'none*' does not exist, and as a pattern matches"
            + " nothing. Correct 'inputs.transactions.path'.",
        path("none*").refusal());
  }

  /** A name that is there means itself, also where as a pattern it would match others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sales [old]         | sales [old]/a.csv sales [old]/b.csv
          sales [old]/a.csv   | sales [old]/a.csv
          sales [old]/*.csv   | sales [old]/a.csv sales [old]/b.csv
          sales [old]/{a,c}*  | sales [old]/a.csv
          {2026}              | {2026}/a.csv
          what?/really*       | what?/really*/a.csv
          [ab]                | [ab]/c.csv
          [ab]*               | a.csv
          \\[ab]               | [ab]/c.csv
          a.{csv,txt}         | a.csv
          wha*/*              | what?/really*/a.csv whats/a.csv
          """)
  void aNameWithTheSignsOfAPatternIsFound(String path, String listed) throws IOException {
    write("sales [old]/a.csv", "sales [old]/b.csv", "{2026}/a.csv", "what?/really*/a.csv");
    write("whats/a.csv", "[ab]/c.csv", "a.csv");

    assertEquals(listed, path(path).files());
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "*", "10:00.csv", "1*.csv"})
  void aColonInTheNameOfAFileIsRefused(String path) throws IOException {
    write("10:00.csv");

    assertEquals(
        "Input 'transactions' cannot be read: the name of '10:00.csv' holds a colon, with which no file on a local disk can be opened. Expected a name without one. Rename it, or leave it out of 'inputs.transactions.path'.",
        path(path).refusal());
    write("11.csv");
    assertEquals("11.csv", files.with("options.pathGlobFilter='11*'").files());
  }

  @Test
  void aColonInTheNameOfAFolderDoesNotMatter() throws IOException {
    files.rows("2026-02-10T10:00/at=10:00/a.parquet", ONE_ROW);

    assertEquals("10:00 | ann\n", files.values("at", "customer_id"));
    assertEquals("10:00 | ann\n", path("2026-02-10T10:00").values("at", "customer_id"));
  }

  @Test
  void aPathThatBeginsWithANameAndAColonIsNone() {
    assertEquals(
        "Input 'transactions' cannot be read: 'sales:2026.csv' is no path, as what stands before its colon would be a scheme like 'file:'. Expected a path, or a URI such as 'file:///data/sales'. Rename it, or correct 'inputs.transactions.path'.",
        files.with("path='sales:2026.csv'").refusal());
  }

  @Test
  void namesThatNoPatternMatchesAreNamed() throws IOException {
    write("a.csv");

    assertEquals(
        "Input 'transactions' is empty: no name below path '%s' matches '*.parquet'. Correct 'inputs.transactions.options.pathGlobFilter'."
            .formatted(folder),
        files.with("options.pathGlobFilter='*.parquet'").refusal());
  }

  @Test
  void aFileThatIsReachedTwiceIsReadOnce() throws IOException {
    write("a.csv", "sub/b.csv");
    Files.createSymbolicLink(folder.resolve("link.csv"), folder.resolve("a.csv"));
    Files.createSymbolicLink(folder.resolve("again"), folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("sub/above"), folder);
    Files.createSymbolicLink(folder.resolve("sub/self"), folder.resolve("sub"));

    assertEquals("a.csv sub/b.csv", files.files());
    assertEquals(
        "a.csv sub/b.csv",
        files
            .with(
                "path=['%1$s', '%1$s/./a.csv', '%1$s/sub/../a.csv', '%1$s/*/b.csv', '%1$s/link.csv', 'file:%1$s', 'file://%1$s/a.csv']"
                    .formatted(folder))
            .files());
  }

  /** The folder through a link may state other values than the folder itself. */
  @Test
  void aFileKeepsTheValuesOfItsOwnFoldersHoweverItIsReached() throws IOException {
    write("day=2026-02-10/a.csv");
    Files.createSymbolicLink(folder.resolve("current"), folder.resolve("day=2026-02-10"));
    Files.createSymbolicLink(folder.resolve("aday=1"), folder.resolve("day=2026-02-10"));
    String own = "day=2026-02-10/a.csv {day=2026-02-10}";

    assertEquals(own, one(files));
    assertEquals(own, one(files.with(both("day=2026-02-10", "."))));
    assertEquals(own, one(files.with(both(".", "day=2026-02-10"))));
    assertEquals(own, one(files.with(both("day=2026-02-10/a.csv", "."))));
    assertEquals(own, one(files.with(both("current", "."))));
  }

  @Test
  void aFolderThatIsALinkIsFollowed() throws IOException {
    write("2026-02-28/a.csv");
    Files.createSymbolicLink(folder.resolve("current"), Path.of("2026-02-28"));

    assertEquals("current/a.csv", path("current").files());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          .        | b.csv
          *.csv    | b.csv
          *        | b.csv
          sub/..   | b.csv
          */*      | sub/c.csv
          s*/c.csv | sub/c.csv
          """)
  void aLinkThatLeadsNowhereIsRefused(String path, String link) throws IOException {
    write("a.csv", "sub/a.csv");
    Files.createSymbolicLink(folder.resolve(link), folder.resolve("gone.csv"));

    assertEquals(
        "Input 'transactions' is incomplete: '%s' is a link that leads nowhere. Deliver the file, or remove the link."
            .formatted(link),
        path(path).refusal());
  }

  @Test
  void aHiddenLinkThatLeadsNowhereDoesNotMatter() throws IOException {
    write("a.csv");
    Files.createSymbolicLink(folder.resolve("_latest"), folder.resolve("gone"));
    Files.createSymbolicLink(folder.resolve("b.txt"), folder.resolve("gone"));

    assertEquals("a.csv", path("*.csv").files());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          _delta_log/0.json             | a Delta table                   | _delta_log      | Write 'format: delta', and name the folder of the table
          metadata/v1.metadata.json     | an Iceberg table                | metadata        | Write 'format: iceberg', and name the folder of the table
          metadata/version-hint.text    | an Iceberg table                | metadata        | Write 'format: iceberg', and name the folder of the table
          .hoodie/hoodie.properties     | a Hudi table                    | .hoodie         | Export the rows that count to plain files, and name their folder
          snapshot/snapshot-1           | a Paimon table                  | snapshot        | Export the rows that count to plain files, and name their folder
          _spark_metadata/0             | the output of a streaming query | _spark_metadata | Export the rows that count to plain files, and name their folder
          """)
  void aTableWithALogIsRefused(String log, String kind, String name, String advice)
      throws IOException {
    write("sales/day=1/a.parquet", "sales/" + log, "other/a.parquet");
    String refusal =
        "Input 'transactions' cannot be read as plain files: 'sales' is %s, whose log '%s' says which files count. %s under 'inputs.transactions.path'."
            .formatted(kind, name, advice);

    assertEquals(refusal, path("sales").refusal());
    assertEquals(refusal, path(".").refusal());
    assertEquals(refusal, path("sales/day=1").refusal());
    assertEquals(refusal, path("sales/day=1/a.parquet").refusal());
    assertEquals(refusal, path("*/*/*.parquet").refusal());
  }

  /** A folder of such a name is an ordinary one if no log lies in it. */
  @Test
  void aFolderOfThatNameIsRead() throws IOException {
    write("metadata/a.csv", "snapshot/b.csv");

    assertEquals("metadata/a.csv snapshot/b.csv", path(".").files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base_0000003", "delta_0000001_0000001_0000", "base_0000004_v0000012"})
  void aTransactionOfHiveIsRefused(String transaction) throws IOException {
    write("sales/day=1/" + transaction + "/bucket_00000", "sales/delta_1/a.csv");
    String refusal =
        "Input 'transactions' cannot be read as plain files: 'sales/day=1/%s' is part of a transactional table of Hive, whose metastore says which files count. Export the rows that count to plain files, and name their folder under 'inputs.transactions.path'."
            .formatted(transaction);

    assertEquals(refusal, path("sales").refusal());
    assertEquals(refusal, path("sales/day=1/*").refusal());
    assertEquals(refusal, path("sales/day=1/*/bucket*").refusal());
    assertEquals("sales/delta_1/a.csv", path("sales/delta_1").files());
  }

  @Test
  void aFolderOfTheNameOfALogMayHoldAnything() throws IOException {
    write("metadata/a.csv", "_delta_log", "b.csv");

    assertEquals("b.csv metadata/a.csv", files.files());
    assertEquals("metadata/a.csv", path("metadata").files());
  }

  @Test
  void whatIsListedIsReadAndNothingBeside() throws IOException {
    files.rows("a b%20c+ä=.parquet", ONE_ROW);
    files.rows("x/y z/b.parquet", ONE_ROW.replace("'ann'", "'bob'"));
    OpenedSource source = files.listed();
    files.rows("c.parquet", ONE_ROW);

    assertEquals(2, source.rows(files.mapping()).count());
    source.requireRows(2, files.mapping());
  }

  @Test
  void aFileThatChangesBeforeItIsReadIsRefused() throws IOException {
    files.rows("a.parquet", ONE_ROW);
    Path second = files.rows("b ä.parquet", ONE_ROW);
    OpenedSource source = files.listed();
    source.rows(files.mapping());
    Files.delete(second);
    files.rows("b ä.parquet", ONE_ROW + " UNION ALL " + ONE_ROW);
    long arrived = source.rows(files.mapping()).count();

    InputException error =
        assertThrows(InputException.class, () -> source.requireRows(arrived, files.mapping()));
    assertEquals(
        "Input 'transactions' was not read as it stands: file '%s/b ä.parquet' states 1 rows, 3 of 2 arrived in all. Keep input files until the command ends, and run again."
            .formatted(folder),
        error.getMessage());
  }

  /** Programs that still write while the night reads: what was listed is not what is there. */
  @Test
  void filesThatChangeAfterTheyWereListedAreNamed() throws IOException {
    Path file = files.text("a.csv", "customer_id");
    OpenedSource source = files.with("format=csv").listed();
    source.requireUnchanged();

    files.text("a.csv", "customer_id", "ann");
    assertEquals("'a.csv' grew from 12 to 16 bytes", change(source));
    files.text("a.csv", "customer");
    assertEquals("'a.csv' shrank from 12 to 9 bytes", change(source));
    files.text("a.csv", "customer-id");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-01T00:00:00Z")));
    assertEquals("'a.csv' was written again", change(source));
    Files.delete(file);
    assertEquals("'a.csv' vanished", change(source));
  }

  @Test
  void ofSeveralFilesThatChangeTheOthersAreCounted() throws IOException {
    files.text("a.csv", "customer_id");
    files.text("b.csv", "customer_id");
    Path third = files.text("c.csv", "customer_id");
    OpenedSource source = files.with("format=csv").listed();
    files.text("b.csv", "customer_id", "ann");
    Files.delete(third);

    assertEquals("'b.csv' grew from 12 to 16 bytes, and 1 more", change(source));
  }

  private String change(OpenedSource source) {
    String message =
        String.valueOf(assertThrows(InputException.class, source::requireUnchanged).getMessage());
    String begin = "Input 'transactions' changed while it was read: file ";
    String end =
        ". Expected its files as they were listed when the night began. Keep them until the command ends, and run again.";
    assertTrue(message.startsWith(begin) && message.endsWith(end), message);
    return message
        .substring(begin.length(), message.length() - end.length())
        .replace(folder + "/", "");
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      files.text(name, "x");
    }
  }

  private DeliveredFiles path(String path) {
    return files.with("path='%s/%s'".formatted(folder, path));
  }

  private String both(String one, String other) {
    return "path=['%1$s/%2$s', '%1$s/%3$s']".formatted(folder, one, other);
  }

  private String one(DeliveredFiles delivered) {
    SourceFile file = delivered.list().get(0);
    assertEquals(1, delivered.list().size());
    Map<String, String> values = new TreeMap<>(file.outerFolders());
    values.putAll(file.folders());
    return delivered.files() + " " + values;
  }
}
