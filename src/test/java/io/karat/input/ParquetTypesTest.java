package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of Parquet files that other tools write: types and encodings that Spark has not. */
@ExtendWith(LocalSpark.class)
class ParquetTypesTest {
  private static final String OURS =
      "required binary customer_id (STRING); required int32 transaction_time (DATE); required int64"
          + " amount; ";
  private static final int DAY = 20494;

  private final SparkSession spark;
  @TempDir private Path temporary;
  private DeliveredFiles files;

  ParquetTypesTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void makeAFolder() throws IOException {
    files = DeliveredFiles.in(temporary.toRealPath(), spark);
  }

  @Test
  void nanosecondsAreTimesCutToMicroseconds() throws IOException {
    long[] nanoseconds = {
      0,
      1_999,
      -1,
      -1_000,
      nanoseconds("2026-02-10T01:02:03") + 123_456_789,
      nanoseconds("1969-12-31T23:59:59") + 1,
      nanoseconds("2026-03-29T02:30:00"),
      nanoseconds("2026-10-25T02:30:00"),
      Long.MAX_VALUE,
      Long.MIN_VALUE
    };
    files.parquet(
        "a.parquet",
        "optional int64 utc (TIMESTAMP(NANOS,true)); optional int64 local"
            + " (TIMESTAMP(NANOS,false));",
        Arrays.stream(nanoseconds)
            .mapToObj(
                value -> (Consumer<Group>) row -> row.append("utc", value).append("local", value))
            .toList());
    files.parquet(
        "b.parquet",
        "optional int64 utc (TIMESTAMP(NANOS,true)); optional int64 local"
            + " (TIMESTAMP(NANOS,false));",
        row -> {});
    String times =
        """
        1677-09-21 00:12:43.145224
        1969-12-31 23:59:59
        1969-12-31 23:59:59.999999
        1969-12-31 23:59:59.999999
        1970-01-01 00:00:00
        1970-01-01 00:00:00.000001
        2026-02-10 01:02:03.123456
        2026-03-29 02:30:00
        2026-10-25 02:30:00
        2262-04-11 23:47:16.854775
        null
        """;

    assertEquals(times, files.values("utc"));
    assertEquals(times, files.values("local"));
    assertEquals(
        "struct<utc:timestamp,local:timestamp_ntz>",
        files.source().select("utc", "local").schema().simpleString());
  }

  /** Local nanoseconds are the clock on the wall, also where the business day changes its clock. */
  @Test
  void localNanosecondsDoNotDependOnTheTimeZone() throws IOException {
    files.parquet(
        "a.parquet",
        "required int64 local (TIMESTAMP(NANOS,false)); required int64 utc"
            + " (TIMESTAMP(NANOS,true));",
        row ->
            row.append("local", nanoseconds("2026-03-29T02:30:00"))
                .append("utc", nanoseconds("2026-03-29T02:30:00")));
    try {
      spark.conf().set("spark.sql.session.timeZone", "Europe/Berlin");

      assertEquals("2026-03-29 02:30:00 | 2026-03-29 04:30:00\n", files.values("local", "utc"));
    } finally {
      spark.conf().set("spark.sql.session.timeZone", "UTC");
    }
  }

  @Test
  void nanosecondsMergeWithOtherTimes() throws IOException {
    files.parquet(
        "a.parquet",
        "required int64 t (TIMESTAMP(NANOS,true)); required int64 u (TIMESTAMP(NANOS,false));",
        row -> row.append("t", 1_000L).append("u", 1_000L));
    files.parquet(
        "b.parquet",
        "required int64 t (TIMESTAMP(MICROS,true)); required int64 u (TIMESTAMP(MILLIS,false));",
        row -> row.append("t", 2L).append("u", 3L));

    assertEquals(
        """
        1970-01-01 00:00:00.000001 | 1970-01-01 00:00:00.000001
        1970-01-01 00:00:00.000002 | 1970-01-01 00:00:00.003
        """,
        files.values("t", "u"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int64 x (TIME(MICROS,true))                  | TIME(MICROS,true) (INT64)
          int32 x (TIME(MILLIS,false))                 | TIME(MILLIS,false) (INT32)
          int64 x (TIME(NANOS,true))                   | TIME(NANOS,true) (INT64)
          fixed_len_byte_array(2) x (FLOAT16)          | FLOAT16 (FIXED_LEN_BYTE_ARRAY)
          fixed_len_byte_array(20) x (DECIMAL(45,2))   | DECIMAL(45,2) (FIXED_LEN_BYTE_ARRAY)
          fixed_len_byte_array(12) x (INTERVAL)        | INTERVAL (FIXED_LEN_BYTE_ARRAY)
          """)
  void aTypeThatSparkHasNotMattersOnlyWhereItIsMapped(String column, String written)
      throws IOException {
    files.parquet("a.parquet", OURS + "optional " + column + ";", row -> ours(row, "ann"));
    files.parquet("b.parquet", OURS, row -> ours(row, "bob"));

    assertEquals("ann 2026-02-10 10.00\nbob 2026-02-10 10.00\n", files.read());
    assertEquals(
        "Input 'transactions' cannot be read: column 'x' is %s in 'a.parquet', which Spark cannot read. Expected a type such as text, a number, a date or a timestamp. Deliver it again in one of them."
            .formatted(written),
        files.with("columns.channel=x").refusal());
  }

  @Test
  void anUnusedColumnOfAnyShapeDoesNotMatter() throws IOException {
    files.parquet(
        "a.parquet",
        OURS
            + "optional group g { required int64 t (TIME(MICROS,true)); } repeated int32 r;"
            + " optional group u { optional fixed_len_byte_array(16) id (UUID); } optional group v"
            + " { repeated binary x; }",
        row -> ours(row, "ann"));

    assertEquals("ann 2026-02-10 10.00\n", files.read());
  }

  @Test
  void unsignedNumbersKeepTheirValue() throws IOException {
    files.parquet(
        "a.parquet",
        "required int64 a (INTEGER(64,false)); required int32 b (INTEGER(32,false)); required int32"
            + " c (INTEGER(8,false));",
        row -> row.append("a", -1L).append("b", -1).append("c", 255));

    assertEquals("18446744073709551615 | 4294967295 | 255\n", files.values("a", "b", "c"));
  }

  /** Days that no other reader knows are none. */
  @Test
  void daysOutsideTheYears1To9999AreUnreadable() throws IOException {
    DeliveredFiles texts = files.below("text").with("extra={t: date}");
    texts.rows(
        "a.parquet",
        """
        SELECT 'ann' customer_id, t transaction_time, t, 1 amount FROM VALUES ('-2026-02-10'),
          ('+2026-02-10'), ('19800-05-01'), ('0000-05-01'), ('10000-01-01'), ('0001-01-01'),
          ('9999-12-31'), ('2026-02-10') AS v(t)
        """);

    assertEquals(
        """
        0001-01-01 | 0001-01-01 | ancient_date
        2026-02-10 | 2026-02-10 | candidate
        9999-12-31 | 9999-12-31 | after_as_of
        null | null | unreadable_time
        null | null | unreadable_time
        null | null | unreadable_time
        null | null | unreadable_time
        null | null | unreadable_time
        """,
        texts.outcomes("day", "t"));
    for (String type :
        new String[] {
          "int32 transaction_time (DATE)",
          "int64 transaction_time (TIMESTAMP(MICROS,true))",
          "int64 transaction_time (TIMESTAMP(MICROS,false))"
        }) {
      DeliveredFiles other =
          files
              .below(type.replaceAll("\\W", ""))
              .with("extra={t: {type: date, value: transaction_time}}");
      long day = type.startsWith("int32") ? 1 : 86_400_000_000L;
      long most = type.startsWith("int32") ? Integer.MAX_VALUE : Long.MAX_VALUE;
      long[] days = {
        DAY * day,
        -719_162L * day,
        -719_163L * day,
        2_932_896L * day,
        2_932_897L * day,
        most,
        -most - 1
      };
      other.parquet(
          "a.parquet",
          "required binary customer_id (STRING); required int64 amount; required " + type + ";",
          Arrays.stream(days)
              .mapToObj(
                  value ->
                      (Consumer<Group>)
                          row -> {
                            row.append("customer_id", "ann").append("amount", 1L);
                            if (type.startsWith("int32")) {
                              row.append("transaction_time", (int) value);
                            } else {
                              row.append("transaction_time", value);
                            }
                          })
              .toList());

      assertEquals(
          """
          0001-01-01 | 0001-01-01 | ancient_date
          2026-02-10 | 2026-02-10 | candidate
          9999-12-31 | 9999-12-31 | after_as_of
          null | null | unreadable_time
          null | null | unreadable_time
          null | null | unreadable_time
          null | null | unreadable_time
          """,
          other.outcomes("day", "t"),
          type);
      assertTrue(other.outcomes("transaction_time").endsWith("null | unreadable_time\n"), type);
    }
  }

  /** The last day, which often stands for never, is a day in every time zone. */
  @Test
  void theLastDayIsOneInEveryTimeZone() throws IOException {
    files.rows(
        "a.parquet",
        "SELECT 'ann' customer_id, DATE '2026-02-10' transaction_time, 1 amount, '9999-12-31' a,"
            + " DATE '9999-12-31' b, TIMESTAMP_NTZ '9999-12-31 23:59:59' c, '0001-01-01' d");
    try {
      for (String zone : new String[] {"America/New_York", "Asia/Shanghai"}) {
        spark.conf().set("spark.sql.session.timeZone", zone);
        for (String column : new String[] {"a", "b", "c"}) {
          assertEquals(
              "9999-12-31 | candidate\n",
              files.with("columns.due_date=" + column).outcomes("due_date"),
              zone + column);
        }
        assertEquals("0001-01-01 | candidate\n", files.with("extra={d: date}").outcomes("d"), zone);
      }
    } finally {
      spark.conf().set("spark.sql.session.timeZone", "UTC");
    }
  }

  @Test
  void aFileThatIsNotWholeIsRefused() throws IOException {
    Path whole = files.parquet("a.parquet", OURS, row -> ours(row, "ann"));
    byte[] bytes = Files.readAllBytes(whole);
    String refusal =
        "File 'b.parquet' cannot be read: it is not a Parquet file. Deliver it again, or move it"
            + " away.";
    for (byte[] broken :
        new byte[][] {
          {},
          Arrays.copyOf(bytes, 3),
          Arrays.copyOf(bytes, bytes.length / 2),
          Arrays.copyOf(bytes, bytes.length - 1),
          "PAR1PAR1".getBytes(StandardCharsets.US_ASCII)
        }) {
      files.bytes("b.parquet", broken);

      assertTrue(files.refusal().startsWith("File 'b.parquet' cannot be read: "), files.refusal());
      assertEquals(refusal, files.refusal(), broken.length + " of " + bytes.length);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          c.csv          | Set 'format: csv'
          C.CSV.gz       | Set 'format: csv'
          c.2026.csv.zst | Set 'format: csv'
          c.tsv          | Set 'format: csv' and 'options: {sep: "\\t"}'
          c.json         | Set 'format: json'
          c.ndjson.gz    | Set 'format: json'
          c.jsonl        | Set 'format: json'
          c.orc          | Set 'format: orc'
          c.avro         | Set 'format: avro'
          c.xml          | Set 'format: xml' and 'options: {rowTag: …}'
          c.xlsx         | Save it as csv and set 'format: csv'
          c.parquet      | Deliver it again, or move it away.
          c.csv.parquet  | Deliver it again, or move it away.
          csv            | Deliver it again, or move it away.
          """)
  void aFileOfAnotherFormatSaysWhichFormatToSet(String name, String advice) throws IOException {
    files.text(name, "customer_id,amount", "ann,1");

    assertEquals(
        "File '%s' cannot be read: it is not a Parquet file. %s%s"
            .formatted(
                name,
                advice,
                advice.endsWith(".")
                    ? ""
                    : " for its input: where 'format' is missing, Parquet is read."),
        files.refusal());
  }

  private static void ours(Group row, String customer) {
    row.append("customer_id", customer).append("transaction_time", DAY).append("amount", 10L);
  }

  private static long nanoseconds(String wallClock) {
    return LocalDateTime.parse(wallClock).toEpochSecond(ZoneOffset.UTC) * 1_000_000_000;
  }
}
