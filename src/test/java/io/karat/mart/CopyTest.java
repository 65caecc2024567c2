package io.karat.mart;

import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.mart.LivePostgres.Bi;
import io.karat.publishing.PublisherException;
import io.karat.testing.LocalSpark;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Values of every type, which arrive in PostgreSQL as they were published. */
@ExtendWith({LocalSpark.class, LivePostgres.class})
class CopyTest {
  /** A text: its id, the published value, and the value that PostgreSQL stores. */
  private record Text(String id, String published, String stored) {
    static Text same(String id, String text) {
      return new Text(id, text, text);
    }
  }

  private static final List<Text> TEXTS =
      List.of(
          Text.same("tab", "a\tb\t"),
          Text.same("line feed", "a\nb\n"),
          Text.same("carriage return", "a\rb\r\nc"),
          Text.same("backslash", "a\\b\\"),
          Text.same("looks like a line feed", "a\\nb"),
          Text.same("looks like null", "\\N"),
          Text.same("looks like the end", "\\."),
          Text.same("quotes", "'a' \"b\" ''c'' $$d$$"),
          Text.same("comma and bar", "a,b|c;d"),
          Text.same("blank", "  a  "),
          Text.same("empty", ""),
          Text.same("the word null", "NULL"),
          Text.same("bell and others", "\u0001\u0007\b\u000b\f\u001f\u007f"),
          Text.same("accents", "naïve Ångström ß"),
          Text.same("Chinese", "明星客户"),
          Text.same("beyond the basic plane", "𠮷 👍🏽"),
          Text.same("combining, right to left", "e\u0301 \u202e אב"),
          Text.same("byte order mark", "\uFEFFa"),
          new Text("nul", "a\u0000b\u0000", "a\uFFFDb\uFFFD"),
          Text.same("very long", "0123456789 \t\\\n".repeat(100_000)));

  private final SparkSession spark;
  private final Bi bi;
  @TempDir Path folder;

  CopyTest(SparkSession spark, Bi bi) {
    this.spark = spark;
    this.bi = bi;
  }

  @Test
  void everyTextArrivesAsItWas() throws IOException, SQLException {
    List<Row> rows = new ArrayList<>();
    TEXTS.forEach(text -> rows.add(RowFactory.create(text.id(), text.published())));
    rows.add(RowFactory.create("unknown", null));
    load(spark.createDataFrame(rows, StructType.fromDDL("customer_id string, text string")));

    for (Text text : TEXTS) {
      assertEquals(
          text.stored(),
          bi.read(
              "SELECT text FROM {schema}.customer_value WHERE customer_id = '%s'"
                  .formatted(text.id())),
          text.id());
    }
    assertEquals(
        "unknown", bi.read("SELECT customer_id FROM {schema}.customer_value WHERE text IS NULL"));
    assertEquals("21", bi.read("SELECT count(*) FROM {schema}.customer_value"));
  }

  @Test
  void bytesThatAreNoTextAreReplaced() throws IOException, SQLException {
    load(spark.sql("SELECT 'a' customer_id, cast(X'61ff62c0' AS string) text"));

    assertEquals("a\uFFFDb\uFFFD", bi.read("SELECT text FROM {schema}.customer_value"));
  }

  @Test
  void numbersDaysAndInstantsArriveAsTheyWere() throws IOException, SQLException {
    List<Row> rows =
        List.of(
            RowFactory.create(
                "a",
                new BigDecimal("12345678901234567890.123456789012345678"),
                new BigDecimal("-0.10"),
                Long.MIN_VALUE,
                Integer.MAX_VALUE,
                true,
                LocalDate.parse("2026-03-01"),
                Instant.parse("2026-03-01T23:59:59.000001Z"),
                0.1),
            RowFactory.create(
                "b",
                new BigDecimal("-0.000000000000000001"),
                new BigDecimal("0.00"),
                0L,
                -1,
                false,
                LocalDate.of(-43, 3, 15),
                Instant.parse("0001-01-01T00:00:00Z"),
                Double.POSITIVE_INFINITY),
            RowFactory.create(
                "c",
                new BigDecimal("0"),
                null,
                null,
                null,
                null,
                LocalDate.of(12_026, 1, 2),
                Instant.parse("-0043-03-15T12:00:00.5Z"),
                Double.NaN),
            RowFactory.create(
                "d", null, null, null, null, null, LocalDate.of(-9_999, 1, 1), null, 1e-300));
    load(
        spark.createDataFrame(
            rows,
            StructType.fromDDL(
                "customer_id string, wide decimal(38,18), narrow decimal(9,2), number bigint,"
                    + " small int, flag boolean, day date, instant timestamp, share double")));

    bi.asOwner("ALTER DATABASE postgres SET TIME ZONE 'UTC'");
    assertEquals(
        """
        a|12345678901234567890.123456789012345678|-0.10|-9223372036854775808|2147483647|t|2026-03-01|2026-03-01 23:59:59.000001+00|0.1
        b|-0.000000000000000001|0.00|0|-1|f|0044-03-15 BC|0001-01-01 00:00:00+00|Infinity
        c|0.000000000000000000|∅|∅|∅|∅|12026-01-02|0044-03-15 12:00:00.5+00 BC|NaN
        d|∅|∅|∅|∅|∅|-infinity|∅|1e-300""",
        bi.read(
            "SELECT customer_id, wide, narrow, number, small, flag, day::text, instant::text, share"
                + " FROM {schema}.customer_value ORDER BY 1"));
    assertEquals(
        "numeric(38,18)|numeric(9,2)|bigint|integer|boolean|date|timestamp with time zone|double precision|numeric(9,2)",
        bi.read(
            "SELECT string_agg(format_type(atttypid, atttypmod), '|' ORDER BY attnum)"
                + " FROM pg_attribute WHERE attrelid = '{schema}.customer_value'::regclass"
                + " AND attnum > 3"));
  }

  @Test
  void anIdTooLongForAKeyIsSaidWithoutTheId() throws IOException {
    ToyReleases toy = ToyReleases.at(spark, folder, bi);
    Dataset<Row> rows = spark.range(2000).selectExpr("sha2(cast(id AS string), 512) part");
    String id = String.join("", rows.as(Encoders.STRING()).collectAsList());

    PublisherException failure =
        assertThrows(
            PublisherException.class,
            () ->
                toy.mart()
                    .follow(
                        toy.publish(
                            "a",
                            "2026-03-01",
                            spark.sql("SELECT '%s' customer_id, 1.0BD sales".formatted(id))),
                        SilentProgress.INSTANCE));

    String message = String.valueOf(failure.getMessage());
    assertTrue(
        message.contains(" bytes, maximum size is 8191: a text in a key is too long."), message);
    assertTrue(message.length() < 600, message);
  }

  private void load(Dataset<Row> rows) throws IOException {
    ToyReleases toy = ToyReleases.at(spark, folder, bi);
    Dataset<Row> value = rows.withColumn("sales", lit(1).cast("decimal(9,2)"));
    toy.mart().follow(toy.publish("a", "2026-03-01", value), SilentProgress.INSTANCE);
  }
}
