package io.karat.input;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.InputException;
import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of ids, whichever type and text they are written in. */
@ExtendWith(LocalSpark.class)
class KeyColumnTest {
  private final SparkSession spark;
  @TempDir private Path temporary;

  KeyColumnTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aWholeNumberIsOneInAnyType() {
    assertKeys(
        """
        17850 | 17850
        17850L | 17850
        CAST(7 AS TINYINT) | 7
        17850.0D | 17850
        -17850.0D | -17850
        -0.0D | 0
        CAST(17850 AS FLOAT) | 17850
        CAST(16777216 AS FLOAT) | 16777216
        CAST(33554432 AS FLOAT) | none
        9007199254740992.0D | 9007199254740992
        9007199254740994.0D | none
        1e300D | none
        1.5D | none
        DOUBLE('NaN') | none
        DOUBLE('-Infinity') | none
        CAST(17850 AS DECIMAL(38,10)) | 17850
        CAST(1.5 AS DECIMAL(38,10)) | none
        CAST(99999999999999999999.0 AS DECIMAL(38,18)) | 99999999999999999999
        CAST(0.0000000001 AS DECIMAL(38,10)) | none
        CAST(-3 AS DECIMAL(3,2)) | -3
        CAST(9999999999999999999999999999 AS DECIMAL(38,0)) | 9999999999999999999999999999
        9007199254740993L | 9007199254740993
        NULL | none
        CAST(NULL AS DOUBLE) | none
        '17850.0' | 17850.0
        '007' | 007
        """,
        false);
  }

  /** One customer for all who have none would be the largest. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NULL",
        "null",
        "(null)",
        "\\N",
        "N/A",
        "n/a",
        "#N/A",
        "NaN",
        "<NA>",
        "None",
        "undefined",
        "-",
        "1.23457E+11",
        "-1,2E+07",
        "4E+15"
      })
  void aWordForNoneOrForManyIsNoId(String word) throws IOException {
    DeliveredFiles sales =
        DeliveredFiles.in(temporary, spark)
            .as(
                InputTable.TRANSACTIONS,
                "customer_id",
                "transaction_time",
                "amount",
                "product_id",
                "channel")
            .with("format=json");
    sales.rows(
        "a.json",
        spark
            .sql("SELECT DATE '2026-02-10' transaction_time, 1 amount")
            .select(
                col("*"),
                lit(" " + word).as("customer_id"),
                lit(word).as("product_id"),
                lit(word).as("channel")));

    assertEquals(
        "null | null | %s | missing_customer\n".formatted(word),
        sales.outcomes("customer_id", "product_id", "channel"));
    assertEquals(
        "%s | candidate\n".formatted(" " + word),
        sales.with("keep_ids=raw").outcomes("customer_id"));
  }

  @Test
  void textIsComparedWithoutWhatCannotBeSeenAtItsEnds() {
    assertKeys(
        """
        'C1      ' | C1
        '\\tC1\\n' | C1
        'C 1' | C 1
        '\\u00A0C1\\u00A0' | C1
        '\\u3000C1\\u2003' | C1
        '\\u200BC1\\u200D' | C1
        '\\uFEFFC1' | C1
        'C1\\u0000\\u0000' | C1
        'C1\\u007F' | C1
        '\\u3000 \\u200B\\u00A0' | none
        '' | none
        '  ' | none
        'Mu\\u0308ller' | Müller
        '1E5' | 1E5
        '12.5E+11' | 12.5E+11
        'K1.2E+11' | K1.2E+11
        '1.2E+11K' | 1.2E+11K
        'E+11' | E+11
        ' 1.2E+11 ' | none
        'Müller' | Müller
        '北京\\u3000' | 北京
        '\\U0001F600' | 😀
        'M\\uFFFDller' | garbled
        X'4331' | C1
        X'433120' | C1
        X'4D75CC88' | Mü
        X'FC' | garbled
        X'00112233445566778899AABBCCDDEEFF' | garbled
        X'' | none
        """,
        false);
  }

  @Test
  void rawIdsStayAsTheyAreWritten() {
    assertKeys(
        """
        'C1  ' | C1..
        'Mu\\u0308' | Mu\u0308
        '\\u3000' | none
        17850.0D | 17850
        X'FC' | garbled
        """,
        true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          DATE '2026-01-01'  | date
          true               | boolean
          array(1)           | array<int>
          struct(1 AS id)    | struct<id:int>
          now()              | timestamp
          """)
  void otherTypesAreRefused(String sql, String type) {
    DeliveredFiles files = DeliveredFiles.in(temporary, spark);

    assertEquals(
        "Input 'transactions' has columns of the wrong type: 'customer_id' is %s, expected text, a whole number or a UUID. Convert them in the mapping"
            .formatted(type),
        assertThrows(
                InputException.class, () -> MappedRows.of(rows(sql), files.mapping(), List.of()))
            .getMessage());
  }

  @Test
  void idsOfAliasesAndKeysAreComparedAlike() {
    DeliveredFiles aliases =
        DeliveredFiles.in(temporary, spark).as(InputTable.ALIASES, "alias_id", "customer_id");
    Dataset<Row> rows =
        spark.sql(
            "SELECT 'a1\\u00A0' alias_id, 17850.0D customer_id UNION ALL SELECT '\\u200B', 1");

    assertEquals(
        "a1 17850 candidate, null 1 missing_customer",
        text(aliases, rows, "concat_ws(' ', coalesce(alias_id, 'null'), customer_id, outcome)"));
  }

  /** The key of the source's own column has a dot in its name, and values that differ by blanks. */
  @Test
  void aKeyOfTheSourceIsComparedAlike() throws IOException {
    DeliveredFiles files = DeliveredFiles.in(temporary, spark).with("key=['load.id', 'a`b']");
    files.rows(
        "a.parquet",
        """
        SELECT 'ann' customer_id, DATE '2026-02-10' transaction_time, 10 amount, k `load.id`, 1 `a``b`
        FROM VALUES ('k1'), ('k1 '), ('\\u200Bk1'), ('k2') AS t(k)
        """);
    InputRows read =
        InputRows.of(
            files.source(),
            files.mapping(),
            Optional.empty(),
            LocalDate.of(2026, 3, 1),
            Set.of(),
            2);

    assertEquals(2, read.candidates().filter("NOT is_duplicate").count());
    assertEquals(4, read.candidates().count());
  }

  @Test
  void sixteenBytesAreAUuidWhereTheFileSaysSo() throws IOException {
    byte[] bytes = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    DeliveredFiles uuids = DeliveredFiles.in(temporary.resolve("uuid"), spark);
    uuids.parquet(
        "a.parquet",
        "optional fixed_len_byte_array(16) customer_id (UUID); required int32 transaction_time"
            + " (DATE); required int64 amount;",
        row ->
            row.append("customer_id", Binary.fromConstantByteArray(bytes))
                .append("transaction_time", 20494)
                .append("amount", 1L),
        row -> row.append("transaction_time", 20494).append("amount", 2L));
    DeliveredFiles plain = DeliveredFiles.in(temporary.resolve("plain"), spark);
    plain.parquet(
        "a.parquet",
        "optional fixed_len_byte_array(16) customer_id; required int32 transaction_time (DATE);"
            + " required int64 amount;",
        row ->
            row.append("customer_id", Binary.fromConstantByteArray(bytes))
                .append("transaction_time", 20494)
                .append("amount", 1L));

    assertEquals(
        "00112233-4455-6677-8899-aabbccddeeff 2026-02-10 1.00\nmissing_customer\n", uuids.read());
    assertEquals("unreadable_text\n", plain.read());
    assertEquals(
        "00112233445566778899AABBCCDDEEFF 2026-02-10 1.00\n",
        plain.with("columns.customer_id=hex(customer_id)").read());
  }

  /** The same id as UUID in one file and as text in another is one customer. */
  @Test
  void aUuidIsTheTextThatOthersWrite() throws IOException {
    DeliveredFiles files = DeliveredFiles.in(temporary.resolve("both"), spark);
    files.parquet(
        "a.parquet",
        "optional fixed_len_byte_array(16) customer_id (UUID); required int32 transaction_time"
            + " (DATE); required int64 amount;",
        row ->
            row.append(
                    "customer_id",
                    Binary.fromConstantByteArray(
                        HexFormat.of().parseHex("00112233445566778899aabbccddeeff")))
                .append("transaction_time", 20494)
                .append("amount", 1L));
    files.rows(
        "b.parquet",
        "SELECT '00112233-4455-6677-8899-aabbccddeeff' customer_id, DATE '2026-02-10'"
            + " transaction_time, 2L amount");

    assertEquals(
        """
        00112233-4455-6677-8899-aabbccddeeff 2026-02-10 1.00
        00112233-4455-6677-8899-aabbccddeeff 2026-02-10 2.00
        """,
        files.read());
  }

  private Dataset<Row> rows(String customer) {
    return spark.sql(
        "SELECT %s customer_id, DATE '2026-02-10' transaction_time, 1 amount".formatted(customer));
  }

  /**
   * Compares keys, all in one query. Each line has a value in SQL and its key, with dots for the
   * blanks at its end; {@code none} if it has none, {@code garbled} if it is no text.
   */
  private void assertKeys(String lines, boolean isRaw) {
    List<String[]> cases = lines.lines().map(line -> line.split(" \\| ")).toList();
    Dataset<Row> values =
        spark.sql(
            IntStream.range(0, cases.size())
                .mapToObj(i -> cases.get(i)[0] + " AS v" + i)
                .collect(joining(", ", "SELECT ", "")));
    Column[] keys =
        Stream.of(values.schema().fields())
            .map(field -> new KeyColumn(col(field.name()), field.dataType(), isRaw))
            .map(
                key ->
                    when(key.isGarbled(), lit("garbled"))
                        .otherwise(coalesce(key.text(), lit("none"))))
            .toArray(Column[]::new);
    Row found = values.select(keys).first();

    assertEquals(
        lines,
        IntStream.range(0, cases.size())
            .mapToObj(i -> cases.get(i)[0] + " | " + found.getString(i).replace(' ', '.') + "\n")
            .collect(joining())
            .replace("C.1", "C 1"));
  }

  private static String text(DeliveredFiles files, Dataset<Row> rows, String expression) {
    return String.join(
        ", ",
        new ValidatedRows(MappedRows.of(rows, files.mapping(), List.of()), LocalDate.of(2026, 3, 1))
            .rows(List.of()).selectExpr(expression + " AS text").collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList());
  }
}
