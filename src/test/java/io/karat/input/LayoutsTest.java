package io.karat.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.testing.LocalSpark;
import io.karat.testing.TableSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the same rows are read from files of any format, number, order and folders, and from
 * tables.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
@Tag("lakehouse")
class LayoutsTest {
  private static final StructType COLUMNS =
      StructType.fromDDL(
          "transaction_id string, customer_id string, transaction_time timestamp,"
              + " amount decimal(12,2), cost decimal(12,2), channel string, due_date string");
  private static final String[] READ = {
    "customer_id", "day", "transaction_time", "amount", "cost", "channel", "due_date", "unreadable"
  };
  private static final int ROWS = 300;

  private final TableSpark session;
  private final SparkSession spark;
  @TempDir private Path temporary;

  LayoutsTest(SparkSession shared) {
    session = TableSpark.beside(shared);
    spark = session.spark();
  }

  @AfterEach
  void close() {
    session.close();
  }

  /**
   * Way to store rows.
   *
   * @param sets the settings with which they are read
   * @param write stores rows in a folder
   */
  private record Layout(List<String> sets, BiConsumer<Dataset<Row>, String> write) {
    static Layout of(BiConsumer<Dataset<Row>, String> write, String... sets) {
      return new Layout(List.of(sets), write);
    }
  }

  private static final Map<String, Layout> LAYOUTS =
      Map.ofEntries(
          Map.entry("one file", Layout.of((rows, to) -> rows.coalesce(1).write().parquet(to))),
          Map.entry(
              "pages of version 2",
              Layout.of(
                  (rows, to) ->
                      rows.coalesce(2).write().option("parquet.writer.version", "v2").parquet(to))),
          Map.entry(
              "many small files",
              Layout.of(
                  (rows, to) -> rows.repartition(24, col("transaction_id")).write().parquet(to))),
          Map.entry("orc", Layout.of((rows, to) -> rows.coalesce(2).write().orc(to), "format=orc")),
          Map.entry(
              "json", Layout.of((rows, to) -> rows.coalesce(2).write().json(to), "format=json")),
          Map.entry(
              "csv",
              Layout.of(
                  (rows, to) -> rows.coalesce(2).write().option("header", true).csv(to),
                  "format=csv")),
          Map.entry(
              "csv of another charset, separator and order, compressed",
              Layout.of(
                  LayoutsTest::writeOtherCsv,
                  "format=csv",
                  "options={sep: ';', encoding: windows-1252, inferSchema: true}")),
          Map.entry(
              "partition folders",
              Layout.of(
                  (rows, to) ->
                      rows.coalesce(1).write().partitionBy("channel", "due_date").parquet(to))),
          Map.entry(
              "partition folders of csv",
              Layout.of(
                  (rows, to) ->
                      rows.coalesce(1)
                          .write()
                          .option("header", true)
                          .partitionBy("channel")
                          .csv(to),
                  "format=csv",
                  "options.multiLine=true")),
          Map.entry("nested folders", Layout.of(LayoutsTest::writeNested)),
          Map.entry("types and columns that differ", Layout.of(LayoutsTest::writeDiffering)),
          Map.entry(
              "orc of types and columns that differ",
              Layout.of(
                  (rows, to) -> write(rows, to, "orc", LayoutsTest::differing), "format=orc")),
          Map.entry(
              "delta of several versions", Layout.of(LayoutsTest::writeDelta, "format=delta")),
          Map.entry("iceberg", Layout.of(LayoutsTest::writeIceberg, "format=iceberg")));

  @ParameterizedTest
  @ValueSource(longs = {1, 2026})
  void theSameRowsAreReadFromAnyLayout(long seed) throws IOException {
    Dataset<Row> rows = rows(new Random(seed));
    String expected = null;
    for (String name : LAYOUTS.keySet().stream().sorted().toList()) {
      Layout layout = Objects.requireNonNull(LAYOUTS.get(name));
      Path folder = temporary.resolve(name.replace(' ', '_'));
      layout.write().accept(rows, folder.toString());
      DeliveredFiles files =
          DeliveredFiles.in(folder, spark)
              .with(layout.sets().toArray(String[]::new))
              .with(
                  Stream.of("transaction_id", "cost", "channel", "due_date")
                      .map(it -> "columns.%s=%s".formatted(it, it))
                      .toArray(String[]::new));
      String read = files.outcomes(READ);
      if (expected == null) {
        expected = read;
        assertEquals(ROWS, read.lines().count());
        assertTrue(read.contains("| 1 | candidate"), "no due date is unreadable");
      }

      assertEquals(expected, read, name);
    }
  }

  private Dataset<Row> rows(Random random) {
    String[] customers = {"C1", "c2  ", "Müller", "007", "ß-é", " x y", "", null};
    String[] channels = {"007", "7", "WEB", "a/b=c%", "Köln", null};
    String[] dues = {"2026-02-28", "soon", "2026-02-30", null};
    return spark.createDataFrame(
        Stream.generate(() -> random)
            .limit(ROWS)
            .map(
                it ->
                    RowFactory.create(
                        "T" + it.nextInt(ROWS),
                        customers[it.nextInt(customers.length)],
                        Timestamp.from(
                            Instant.parse("2026-02-20T00:00:00Z").plusSeconds(it.nextInt(900_000))),
                        BigDecimal.valueOf(it.nextInt(2_000_000) - 100_000, 2),
                        it.nextInt(4) == 0 ? null : BigDecimal.valueOf(it.nextInt(9_000), 2),
                        channels[it.nextInt(channels.length)],
                        dues[it.nextInt(dues.length)]))
            .toList(),
        COLUMNS);
  }

  private static void writeOtherCsv(Dataset<Row> rows, String folder) {
    Column[] backwards =
        Stream.of(COLUMNS.fieldNames())
            .sorted((one, other) -> COLUMNS.fieldIndex(other) - COLUMNS.fieldIndex(one))
            .map(name -> col(name))
            .toArray(Column[]::new);
    for (Dataset<Row> part : List.of(even(rows), odd(rows).select(backwards))) {
      part.coalesce(1)
          .write()
          .mode(SaveMode.Append)
          .option("header", true)
          .option("sep", ";")
          .option("encoding", "windows-1252")
          .option("compression", "gzip")
          .csv(folder);
    }
  }

  private static void writeNested(Dataset<Row> rows, String folder) {
    even(rows).coalesce(1).write().parquet(folder + "/2026/02");
    odd(rows).coalesce(1).sort(desc("customer_id")).write().parquet(folder + "/2026/03/01");
  }

  private static void writeDiffering(Dataset<Row> rows, String folder) {
    write(rows, folder, "parquet", LayoutsTest::differing);
  }

  /** Rows of a version that is deleted again, and files without the column of costs. */
  private static void writeDelta(Dataset<Row> rows, String folder) {
    Dataset<Row> free = rows.filter("cost IS NULL").drop("cost");
    for (Dataset<Row> part : List.of(free, rows.filter("cost IS NOT NULL"), rows.limit(20))) {
      part.coalesce(1)
          .write()
          .mode(SaveMode.Append)
          .format("delta")
          .option("mergeSchema", true)
          .partitionBy("channel")
          .save(folder);
    }
    rows.sparkSession().sql("RESTORE TABLE delta.`%s` TO VERSION AS OF 1".formatted(folder));
  }

  private static void writeIceberg(Dataset<Row> rows, String folder) {
    Path table = Path.of(folder);
    RuntimeConfig settings = rows.sparkSession().conf();
    settings.set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
    settings.set("spark.sql.catalog.lake.type", "hadoop");
    settings.set("spark.sql.catalog.lake.warehouse", String.valueOf(table.getParent()));
    String name = "lake.`%s`".formatted(table.getFileName());
    rows.sparkSession().sql("CREATE TABLE %s (%s) USING iceberg".formatted(name, COLUMNS.toDDL()));
    for (Dataset<Row> part : List.of(even(rows), odd(rows))) {
      part.coalesce(1).createOrReplaceTempView("part");
      rows.sparkSession().sql("INSERT INTO %s SELECT * FROM part".formatted(name));
    }
  }

  /** Rows without costs lack the column, or it has no type; amounts have types of their own. */
  private static List<Dataset<Row>> differing(Dataset<Row> rows) {
    Dataset<Row> free = rows.filter("cost IS NULL");
    Dataset<Row> others = rows.filter("cost IS NOT NULL");
    return List.of(
        even(free).drop("cost").withColumn("AMOUNT", col("amount").cast("decimal(10,2)")),
        odd(free).withColumn("amount", col("amount").cast("decimal(30,6)")),
        others.filter("amount < 100").withColumn("cost", col("cost").cast("decimal(8,2)")),
        others
            .filter("amount >= 100")
            .select(
                "customer_id",
                "due_date",
                "cost",
                "channel",
                "amount",
                "transaction_time",
                "transaction_id"));
  }

  private static void write(
      Dataset<Row> rows,
      String folder,
      String format,
      Function<Dataset<Row>, List<Dataset<Row>>> parts) {
    for (Dataset<Row> part : parts.apply(rows)) {
      part.coalesce(1).write().mode(SaveMode.Append).format(format).save(folder);
    }
  }

  private static Dataset<Row> even(Dataset<Row> rows) {
    return rows.filter("hash(transaction_id) % 2 = 0");
  }

  private static Dataset<Row> odd(Dataset<Row> rows) {
    return rows.filter("hash(transaction_id) % 2 <> 0");
  }
}
