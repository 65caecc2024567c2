package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of folders such as {@code day=2026-02-10}, whose value every row below them has. */
@ExtendWith(LocalSpark.class)
class PartitionFoldersTest {
  private final SparkSession spark;
  @TempDir private Path temporary;
  private DeliveredFiles files;

  PartitionFoldersTest(SparkSession spark) {
    this.spark = spark;
  }

  /** JSON is the quickest to write; folders are the same to all formats. */
  @BeforeEach
  void readJson() throws IOException {
    files =
        DeliveredFiles.in(temporary.toRealPath(), spark)
            .with("format=json", "columns.channel=store");
  }

  @Test
  void aValueIsTheTextOfItsFolderWhateverOthersThereAre() throws IOException {
    write("store=007/day=1/a.json", "store=7/day=01/a.json", "store=A1/day=x/a.json");
    write("store=2026-02-10/day=y/a.json", "store=1.50/day=/a.json", "store=null/day=z/a.json");

    assertEquals(
        """
        007 | 1
        1.50 |\s
        2026-02-10 | y
        7 | 01
        A1 | x
        null | z
        """,
        files.values("store", "day"));
    assertEquals("6", "" + files.source().filter("store IS NOT NULL").count());
  }

  @Test
  void escapesAreBytesOfUtf8() throws IOException {
    write("store=%E5%8C%97%E4%BA%AC/a.json", "store=a%2Fb%3Dc%25/b.json", "store=50%/c.json");
    write("store=%zz/d.json", "store=%FF/e.json", "store=a+b c/f.json", "store=%E5%8C/g.json");
    write("store=München=1/h.json");

    assertEquals(
        """
        %E5%8C
        %FF
        %zz
        50%
        München=1
        a+b c
        a/b=c%
        北京
        """,
        files.values("store"));
  }

  @Test
  void theWordOfHiveForNoValueIsNone() throws IOException {
    write("store=__HIVE_DEFAULT_PARTITION__/a.json", "store=WEB/a.json");

    assertEquals(
        "ann | WEB | candidate\nann | null | candidate\n",
        files.outcomes("customer_id", "channel"));
  }

  @Test
  void rowsAreFilteredByTheValuesOfFolders() throws IOException {
    write(
        "store=007/day=1/a.json",
        "store=7/day=1/a.json",
        "store=__HIVE_DEFAULT_PARTITION__/day=2/a.json");

    assertEquals(1, files.source().filter("store = '007'").count());
    assertEquals(2, files.source().filter("day = '1'").count());
    assertEquals(2, files.source().filter("store IS NOT NULL").count());
    assertEquals(1, files.source().filter("store IS NULL").count());
    assertEquals(1, files.source().filter("store = '7' OR day = '2' AND amount > 7").count());
    assertEquals(
        "ann 2026-02-10 7.00\nexcluded\nexcluded\n", files.with("where=store = '007'").read());
    DeliveredFiles byStore = files.with("columns.customer_id=concat(store, ' ')");
    Dataset<Row> rows = byStore.source();
    assertEquals(1, rows.filter(byStore.mapping().customer(rows).equalTo("7")).count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          day=2026-02-*              | a 2026-02-10, b 2026-02-11
          day=2026-02-10             | a 2026-02-10
          day=2026-02-10/a.json      | a 2026-02-10
          day=*/*.json               | a 2026-02-10, b 2026-02-11, c 2026-03-01
          {day=2026-02-10,day=2026-03-01} | a 2026-02-10, c 2026-03-01
          .                          | a 2026-02-10, b 2026-02-11, c 2026-03-01
          """)
  void aFolderOfThePathStatesItsValueToo(String path, String expected) throws IOException {
    write("day=2026-02-10/a.json", "day=2026-02-11/b.json", "day=2026-03-01/c.json");

    assertEquals(
        expected.replace(", ", "\n") + "\n",
        files
            .with("path='%s/%s'".formatted(files.folder(), path))
            .values("concat_ws(' ', substr(_karat_file, -6, 1), day)"));
  }

  @Test
  void severalRootsMayHaveFoldersOfTheirOwn() throws IOException {
    write("2025/store=1/a.json", "2026/region=x/store=2/b.json", "2027/c.json");

    assertEquals(
        "1 | null\n2 | x\nnull | null\n",
        files.with("path='%s/*'".formatted(files.folder())).values("store", "region"));
    assertEquals("1 | null\n2 | x\nnull | null\n", files.values("store", "region"));
  }

  @Test
  void namesThatDifferInCaseAreOneColumn() throws IOException {
    write("Store=1/a.json", "store=2/b.json", "STORE=3/c.json");

    assertEquals("1\n2\n3\n", files.values("store"));
  }

  /** A folder below the path stands for the rows; one of the path only where they state nothing. */
  @Test
  void aColumnOfTheFileGivesWayToAFolderBelowThePath() throws IOException {
    files.text("store=1/a.json", "{\"store\": \"own\", \"amount\": 1}");

    assertEquals("1\n", files.values("store"));
    assertEquals("own\n", files.below("store=1").values("store"));
  }

  @Test
  void aFolderIsTextWhichNumbersOfOtherFilesAreNot() throws IOException {
    files.rows("store=1/a.parquet", "SELECT 1L amount");
    files.rows("b.parquet", "SELECT 1L amount, 2 store");

    assertEquals(
        "Input 'transactions' cannot be read: its files have different types: column 'store' is int"
            + " in 'b.parquet' and the text of a folder in 'store=1/a.parquet'. Expected one type"
            + " per column, or types of which one holds the other. Deliver them again with one"
            + " type.",
        files.with("format=parquet").refusal());
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      files.text(
          name, "{\"customer_id\": \"ann\", \"transaction_time\": \"2026-02-10\", \"amount\": 7}");
    }
  }
}
