package io.karat.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a row of Spark's files is read as Spark wrote it, without Spark. */
@ExtendWith(LocalSpark.class)
class StoredRowTest {
  private static final List<String> ALL =
      List.of(
          "small", "amount", "large", "day", "is_known", "number", "long", "share", "word", "none");
  @TempDir private static Path folder;
  private static List<String> files;

  @BeforeAll
  static void writeFiles(SparkSession spark) throws IOException {
    spark
        .sql(
            """
            SELECT * FROM VALUES
              ('c1', 1), ('王五', 2), ('c3', 3), ('c4', 4) AS t(customer, n)
            """)
        .selectExpr(
            "customer",
            "CAST(n / 4 AS DECIMAL(9, 2)) small",
            "CAST(-n * 100000000.01 AS DECIMAL(18, 2)) amount",
            "CAST(n * 1000000000000000000000.5 AS DECIMAL(38, 6)) large",
            "DATE '2026-02-28' + n day",
            "n > 1 is_known",
            "n number",
            "n * 3000000000L long",
            "n / 8D share",
            "concat('Grüße ', n) word",
            "CAST(NULL AS STRING) none",
            "array(n) unread")
        .repartition(3)
        .write()
        .parquet(folder.resolve("table").toString());
    try (var found = Files.list(folder.resolve("table"))) {
      files = found.map(Path::toString).filter(name -> name.endsWith(".parquet")).sorted().toList();
    }
  }

  @Test
  void everyTypeHasItsValue() throws IOException {
    Map<String, Optional<Object>> row = row("王五").orElseThrow();

    assertEquals(
        Map.ofEntries(
            Map.entry("customer", Optional.of("王五")),
            Map.entry("small", Optional.of(new BigDecimal("0.50"))),
            Map.entry("amount", Optional.of(new BigDecimal("-200000000.02"))),
            Map.entry("large", Optional.of(new BigDecimal("2000000000000000000001.000000"))),
            Map.entry("day", Optional.of(LocalDate.parse("2026-03-02"))),
            Map.entry("is_known", Optional.of(true)),
            Map.entry("number", Optional.of(2L)),
            Map.entry("long", Optional.of(6_000_000_000L)),
            Map.entry("share", Optional.of(0.25)),
            Map.entry("word", Optional.of("Grüße 2")),
            Map.entry("none", Optional.empty())),
        row);
  }

  @Test
  void everyRowIsFoundWhateverFileItIsIn() throws IOException {
    for (String customer : List.of("c1", "王五", "c3", "c4")) {
      assertEquals(Optional.of(customer), row(customer).orElseThrow().get("customer"));
    }
    for (String nobody : List.of("c", "C1", "c11", "")) {
      assertEquals(Optional.empty(), row(nobody), nobody);
    }
  }

  @Test
  void columnsThatFilesDoNotHaveAreLeftOut() throws IOException {
    assertEquals(
        Optional.of(Map.of("customer", Optional.of("c3"), "number", Optional.of(3L))),
        StoredRow.of(
            files, "customer", "c3", List.of("number", "other"), new Configuration(false)));
  }

  @Test
  void aFileThatIsNoneIsAnError() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.parquet"), "This is no Parquet file.");

    assertThrows(
        RuntimeException.class,
        () ->
            StoredRow.of(
                List.of(broken.toString()), "customer", "c1", ALL, new Configuration(false)));
  }

  private static Optional<Map<String, Optional<Object>>> row(String customer) throws IOException {
    return StoredRow.of(files, "customer", customer, ALL, new Configuration(false));
  }
}
