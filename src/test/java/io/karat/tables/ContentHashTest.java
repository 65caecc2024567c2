package io.karat.tables;

import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of content hashes against digests of texts that are written out by hand. */
@ExtendWith(LocalSpark.class)
class ContentHashTest {
  private final SparkSession spark;

  ContentHashTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void everyTypeHasItsText() throws NoSuchAlgorithmException {
    Dataset<Row> row =
        spark.sql(
            """
            SELECT 'r1' AS run_id, DATE '2026-03-01' AS day, '客户 1' AS name, true AS flag,
              CAST(-1.5 AS DECIMAL(38,2)) AS money, CAST(0 AS DECIMAL(9,8)) AS share, 7 AS few,
              8L AS many, TIMESTAMP '1970-01-01 00:00:01Z' AS at, CAST(NULL AS STRING) AS nothing
            """);

    assertEquals(
        new ContentHash(1, sum("10:2026-03-014:客户 14:true5:-1.5010:0.000000001:71:87:1000000-")),
        ContentHash.of(row));
  }

  @Test
  void rowsAreAddedUpInAnyOrderAndAnyPartitions() throws NoSuchAlgorithmException {
    Dataset<Row> rows = spark.range(0, 5, 1, 3).toDF("id");

    ContentHash hash = ContentHash.of(rows);

    assertEquals(new ContentHash(5, sum("1:0", "1:1", "1:2", "1:3", "1:4")), hash);
    assertEquals(hash, ContentHash.of(rows.orderBy(rows.col("id").desc()).coalesce(1)));
    assertEquals(
        hash, ContentHash.of(rows.where("id < 2")).plus(ContentHash.of(rows.where("id >= 2"))));
    assertNotEquals(hash.hex(), ContentHash.of(rows.where("id > 0")).hex());
  }

  /** The lower halves of so many digests do not fit into 64 bits, so that they carry. */
  @Test
  void manyRowsOfOnePartitionAreAddedUp() throws NoSuchAlgorithmException {
    String[] texts =
        IntStream.range(0, 50)
            .mapToObj(id -> "%d:%d".formatted(Integer.toString(id).length(), id))
            .toArray(String[]::new);

    assertEquals(
        new ContentHash(50, sum(texts)), ContentHash.of(spark.range(0, 50, 1, 1).toDF("id")));
  }

  @Test
  void theRunDoesNotCount() {
    Dataset<Row> rows = spark.range(3).toDF("id");

    assertEquals(
        ContentHash.of(rows.withColumn("run_id", lit("one"))),
        ContentHash.of(rows.withColumn("run_id", lit("other"))));
  }

  @Test
  void aFileNotesTheContentOfItsRows(@TempDir Path folder) throws IOException {
    Dataset<Row> rows =
        spark
            .range(0, 100, 1, 3)
            .selectExpr(
                "'r1' AS run_id",
                "id",
                "if(id % 7 = 0, NULL, concat('客户 ', id)) AS name",
                "CAST(id / 8 AS DECIMAL(38,6)) AS money",
                "CAST(-id AS DECIMAL(9,2)) AS few",
                "DATE '2026-03-01' - CAST(id AS INT) AS day",
                "timestamp_seconds(id) AS at");
    String table = folder.resolve("table").toString();

    TableFiles.write(rows, table);
    Dataset<Row> found = spark.read().schema(rows.schema()).parquet(table);
    List<Path> files = files(table);

    ContentHash noted = TableFiles.content(files.stream().map(Path::toString).toList(), hadoop());
    assertEquals(3, files.size());
    assertEquals(ContentHash.of(rows), noted);
    assertEquals(ContentHash.of(found), noted);
  }

  @Test
  void aFileThatIsNotWholeOrNotFromHereHasNoContent(@TempDir Path folder) throws IOException {
    Dataset<Row> rows = spark.range(0, 5, 1, 1).toDF("id");
    TableFiles.write(rows, folder.resolve("table").toString());
    Path cut = files(folder.resolve("table").toString()).get(0);
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 1));
    rows.write().parquet(folder.resolve("other").toString());
    String other = files(folder.resolve("other").toString()).get(0).toString();

    assertThrows(
        RuntimeException.class, () -> TableFiles.content(List.of(cut.toString()), hadoop()));
    assertEquals(
        other + " has 5 rows and notes null: it was written by another program or damaged",
        assertThrows(IOException.class, () -> TableFiles.content(List.of(other), hadoop()))
            .getMessage());
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  @Test
  void aTypeWithoutATextIsRefused() {
    Dataset<Row> lists = spark.sql("SELECT array(1) AS list");

    assertEquals(
        "Column 'list' has type array<int>, of which there is no text",
        assertThrows(IllegalArgumentException.class, () -> ContentHash.of(lists)).getMessage());
  }

  private static String sum(String... texts) throws NoSuchAlgorithmException {
    BigInteger sum = BigInteger.ZERO;
    for (String text : List.of(texts)) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      sum = sum.add(new BigInteger(1, Arrays.copyOf(digest, 16)));
    }
    return "%032x".formatted(sum.mod(BigInteger.ONE.shiftLeft(128)));
  }
}
