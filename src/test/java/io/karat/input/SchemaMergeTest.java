package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of files whose columns differ: read by their own, and put together without loss. */
@ExtendWith(LocalSpark.class)
class SchemaMergeTest {
  private static final String FIRST =
      "SELECT 'ann' customer_id, DATE '2026-02-10' transaction_time, ";

  private final SparkSession spark;
  @TempDir private Path temporary;

  SchemaMergeTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Each column has a narrower type in one file than in the other, in turns. */
  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void theWiderTypeHoldsAllValues(String format) throws IOException {
    String one =
        """
        SELECT 1 a, 9223372036854775807L b, 1.23BD c, 7 d, CAST(0.1 AS FLOAT) e, 3 f,
          DATE '2026-02-10' g, 'x' h, named_struct('p', 1, 'q', 'one') i, array(1) j,
          CAST(1.5 AS DECIMAL(10,4)) k, 'only a' l, CAST(1 AS TINYINT) m, map('k', 1) n,
          TIMESTAMP_NTZ '2026-03-29 02:30:00' o
        """;
    String other =
        """
        SELECT 2L a, 1 b, 4 c, 123456.7BD d, 0.1D e, CAST(1.5 AS FLOAT) f,
          TIMESTAMP_NTZ '2026-02-11 01:02:03.456789' g, CAST(NULL AS STRING) h,
          named_struct('p', 2L, 'r', 5) i, array(2L) j, CAST(99999.5 AS DECIMAL(8,1)) k,
          CAST(2 AS SMALLINT) m, map('k', 2L) n, DATE '2026-03-29' o
        """;
    String merged =
        """
        1 | 9223372036854775807 | 1.23 | 7.0 | 0.10000000149011612 | 3.0 | 2026-02-10 00:00:00 | x | {1, one, null} | [1] | 1.5000 | only a | 1 | {k -> 1} | 2026-03-29 02:30:00
        2 | 1 | 4.00 | 123456.7 | 0.1 | 1.5 | 2026-02-11 01:02:03.456789 | null | {2, null, 5} | [2] | 99999.5000 | null | 2 | {k -> 2} | 2026-03-29 00:00:00
        """;
    String[] names = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o"};
    DeliveredFiles files = DeliveredFiles.in(temporary, spark).with("format=" + format);
    files.rows("1." + format, one);
    files.rows("2." + format, other);
    assertEquals(merged, files.values(names));

    DeliveredFiles swapped = files.below("swapped");
    swapped.rows("1." + format, other);
    swapped.rows("2." + format, one);
    assertEquals(
        merged.replace("{1, one, null}", "{1, null, one}").replace("{2, null, 5}", "{2, 5, null}"),
        swapped.values(names));
    assertEquals("1 | one | null\n2 | null | 5\n", swapped.values("i.p", "i.q", "i.r"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void fieldsOfColumnsAreWidenedToo(String format) throws IOException {
    DeliveredFiles files = DeliveredFiles.in(temporary, spark).with("format=" + format);
    files.rows(
        "1." + format,
        """
        SELECT named_struct('a', CAST(1.25 AS DECIMAL(5,2)), 'b', 1, 'c', CAST(0.5 AS FLOAT),
            'd', DATE '2026-02-10', 'e', named_struct('x', 1)) s,
          array(named_struct('a', 1.25BD)) t, map('k', CAST(1.5 AS DECIMAL(3,1))) u
        UNION ALL SELECT NULL, NULL, NULL
        """);
    files.rows(
        "2." + format,
        """
        SELECT named_struct('a', CAST(1.1234 AS DECIMAL(20,4)), 'b', 2.5BD, 'c', 0.1D,
            'd', TIMESTAMP_NTZ '2026-02-10 01:00:00', 'e', named_struct('y', 2L, 'x', 3L)) s,
          array(named_struct('a', 1.1234BD), NULL) t, map('k', CAST(1.12345 AS DECIMAL(12,5))) u
        """);

    assertEquals(
        """
        null | null | null
        {1.1234, 2.5, 0.1, 2026-02-10 01:00:00, {3, 2}} | [{1.1234}, null] | {k -> 1.12345}
        {1.2500, 1.0, 0.5, 2026-02-10 00:00:00, {1, null}} | [{1.2500}] | {k -> 1.50000}
        """,
        files.values("s", "t", "u"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json", "csv"})
  void aColumnMayBeAddedAndItsOrderChange(String format) throws IOException {
    DeliveredFiles files =
        DeliveredFiles.in(temporary, spark).with("format=" + format, "columns.channel=ch");
    files.rows("sub/1." + format, FIRST + "10 amount");
    files.rows(
        "3." + format,
        "SELECT 'WEB' ch, 20L AMOUNT, 'x' other, DATE '2026-02-11' Transaction_Time, 'bob'"
            + " customer_ID");

    assertEquals(
        "ann | 1000 | null | candidate\nbob | 2000 | WEB | candidate\n",
        files.outcomes("customer_id", "amount", "channel"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void typesOfWhichNoneHoldsTheOtherMatterOnlyWhereTheyAreMapped(String format) throws IOException {
    DeliveredFiles files = DeliveredFiles.in(temporary, spark).with("format=" + format);
    files.rows(
        "1." + format,
        FIRST
            + "10L amount, 1L a, 1 b, 1BD c, TIMESTAMP '2026-01-01 00:00:00' d, array(1) e, CAST(1"
            + " AS DECIMAL(38,0)) f, true g, 1.5D h, DATE '2026-01-01' i, 'x' z");
    files.rows(
        "2." + format,
        FIRST.replace("ann", "bob")
            + "20L amount, 1D a, 'x' b, 1D c, TIMESTAMP_NTZ '2026-01-01 00:00:00' d, array('x') e,"
            + " CAST(0.1 AS DECIMAL(38,38)) f, 1 g, 1.5BD h, TIMESTAMP '2026-01-01 00:00:00' i, 'y'"
            + " z");

    assertEquals("ann 2026-02-10 10.00\nbob 2026-02-10 20.00\n", files.read());
    // Timestamps of ORC have no zone, so that they hold a date and are one type.
    boolean haveZone = format.equals("parquet");
    assertEquals(
        "customer_id transaction_time amount %sz _karat_file".formatted(haveZone ? "" : "d i "),
        String.join(" ", files.source().columns()));
    String[][] clashes = {
      {"a", "bigint", "double"},
      {"b", "int", "string"},
      {"c", "decimal(1,0)", "double"},
      {"d", "timestamp", "timestamp_ntz"},
      {"e", "array<int>", "array<string>"},
      {"f", "decimal(38,0)", "decimal(38,38)"},
      {"g", "boolean", "int"},
      {"h", "double", "decimal(2,1)"},
      {"i", "date", "timestamp"}
    };
    for (String[] clash : clashes) {
      if (!haveZone && "di".contains(clash[0])) {
        continue;
      }
      assertEquals(
          "Input 'transactions' cannot be read: its files have different types: column '%s' is %s in '1.%s' and %s in '2.%s'. Expected one type per column, or types of which one holds the other. Deliver them again with one type."
              .formatted(clash[0], clash[1], format, clash[2], format),
          files.with("columns.channel=string(%s)".formatted(clash[0])).refusal());
    }
  }

  @Test
  void aColumnWithoutValuesHasNoTypeUntilOneHas() throws IOException {
    DeliveredFiles files =
        DeliveredFiles.in(temporary, spark).with("columns.channel=ch", "columns.cost=cost");
    files.rows("1.parquet", FIRST + "10 amount, NULL ch, NULL cost");
    assertEquals(
        "ann | null | null | candidate\n", files.outcomes("customer_id", "channel", "cost"));

    files.rows("2.parquet", FIRST + "10 amount, 'WEB' ch, 1.25 cost");
    files.rows("3.parquet", FIRST + "10 amount, NULL ch, 2.5BD cost");
    assertEquals(
        """
        ann | WEB | 125 | candidate
        ann | null | 250 | candidate
        ann | null | null | candidate
        """,
        files.outcomes("customer_id", "channel", "cost"));
  }

  /** Three files and more, in any order, have one type or are refused in all. */
  @Test
  void theOrderOfFilesDoesNotMatter() throws IOException {
    List<Path> written = new ArrayList<>();
    for (String value :
        List.of("CAST(1 AS TINYINT)", "2", "3L", "4.5BD", "CAST(5 AS DECIMAL(12,0))")) {
      DeliveredFiles first = DeliveredFiles.in(temporary, spark);
      written.add(first.rows(written.size() + ".parquet", "SELECT %s amount".formatted(value)));
    }
    for (int turn = 0; turn < written.size(); turn++) {
      DeliveredFiles files = DeliveredFiles.in(temporary.resolve("turn" + turn), spark);
      Files.createDirectory(files.folder());
      for (int i = 0; i < written.size(); i++) {
        Path next = written.get((i + turn) % written.size());
        Files.copy(next, files.folder().resolve(i + ".parquet"));
      }

      assertEquals("1.0\n2.0\n3.0\n4.5\n5.0\n", files.values("amount"));
      assertEquals(
          "decimal(21,1)", files.source().schema().apply("amount").dataType().simpleString());
    }
  }

  @Test
  void namesThatDifferInCaseWithinAFileMatterOnlyWhereTheyAreMapped() throws IOException {
    DeliveredFiles files = DeliveredFiles.in(temporary, spark);
    files.parquet(
        "a.parquet",
        "required binary customer_id (STRING); required int32 transaction_time (DATE); required"
            + " int64 amount; required int64 Amt; required int64 AMT;",
        row ->
            row.append("customer_id", "ann")
                .append("transaction_time", 20494)
                .append("amount", 1L)
                .append("Amt", 2L)
                .append("AMT", 3L));

    assertEquals("ann 2026-02-10 1.00\n", files.read());
    assertEquals(
        "Input 'transactions' cannot be read: column 'AMT' stands twice in 'a.parquet', as 'Amt'"
            + " and 'AMT'. Expected one column of that name. Deliver it again with one.",
        files.with("columns.amount=amt").refusal());
  }

  /** Hive once wrote ORC files whose columns have numbers for names. */
  @Test
  void columnsOfOrcThatHaveNoNamesGoByTheirPosition() throws IOException {
    DeliveredFiles files =
        DeliveredFiles.in(temporary, spark)
            .with(
                "format=orc",
                "columns={customer_id: _col0, transaction_time: _col2, amount: _col3}");
    files.rows("1.orc", "SELECT 'ann' _col0, 1 _col1, DATE '2026-02-10' _col2, 10L _col3");
    files.rows("2.orc", "SELECT 'bob' _col0, 'x' _col1, DATE '2026-02-10' _col2, 20L _col3");

    assertEquals("ann 2026-02-10 10.00\nbob 2026-02-10 20.00\n", files.read());
  }

  @Test
  void textAndXmlAreReadTooToTheLastDigit() throws IOException {
    DeliveredFiles text =
        DeliveredFiles.in(temporary.resolve("text"), spark)
            .with(
                "format=text",
                "columns={customer_id: \"split_part(value, ';', 1)\", transaction_time:"
                    + " \"split_part(value, ';', 2)\", amount: \"split_part(value, ';', 3)\"}");
    text.text("a.txt", "ann;2026-02-10;99999999999999.99");
    text.text("b.txt", "bob;2026-02-10;0.29", "");
    assertEquals(
        "ann 2026-02-10 99999999999999.99\nbob 2026-02-10 0.29\nmissing_customer\n", text.read());

    DeliveredFiles xml =
        DeliveredFiles.in(temporary.resolve("xml"), spark)
            .with("format=xml", "options.rowTag=sale", "columns.channel=ch");
    String row =
        "<sales><sale><customer_id>%s</customer_id><transaction_time>2026-02-10</transaction_time><amount>%s</amount>%s</sale></sales>";
    xml.text("a.xml", row.formatted("ann", "99999999999999.99", ""));
    xml.text("b.xml", row.formatted("bob", "0.29", "<ch>WEB</ch>"));
    assertEquals("ann 2026-02-10 99999999999999.99\nbob 2026-02-10 0.29\n", xml.read());
  }

  @Test
  void jsonOfAnotherCharsetIsQuarantined() throws IOException {
    DeliveredFiles files = DeliveredFiles.in(temporary, spark).with("format=json");
    String rows =
        """
        {"customer_id": "Müller", "transaction_time": "2026-02-10", "amount": 1}
        {"customer_id": "Möller", "transaction_time": "2026-02-10", "amount": 2}
        {"customer_id": "ann", "transaction_time": "2026-02-10", "amount": 3}
        """;
    files.bytes("a.json", rows.getBytes(StandardCharsets.ISO_8859_1));

    assertEquals("ann 2026-02-10 3.00\n", files.read().replaceAll("unreadable_(row|text)\n", ""));
    assertEquals(
        "Möller 2026-02-10 2.00\nMüller 2026-02-10 1.00\nann 2026-02-10 3.00\n",
        files.with("options={encoding: ISO-8859-1}").read());
  }

  @Test
  void jsonKeepsEveryDigit() throws IOException {
    DeliveredFiles files = DeliveredFiles.in(temporary, spark).with("format=json");
    files.text(
        "a.json",
        "{\"customer_id\": 17850, \"transaction_time\": \"2026-02-10\", \"amount\":"
            + " 99999999999999.99}",
        "{\"customer_id\": 17851.0, \"transaction_time\": \"2026-02-10\", \"amount\": 0.29, \"x\":"
            + " {\"y\": 1}}",
        "{\"customer_id\": 17852, \"transaction_time\": ",
        "{\"customer_id\": 9007199254740993, \"transaction_time\": \"2026-02-10\", \"amount\": 12,"
            + " \"x\": {\"z\": 1.5}}");
    files.text("b.json");
    files.text(
        "c/d.json",
        "{\"amount\": \"7.50\", \"customer_id\": \"ann\", \"transaction_time\": \"2026-02-10\"}");

    assertEquals(
        """
        17850 2026-02-10 99999999999999.99
        17851.0 2026-02-10 0.29
        9007199254740993 2026-02-10 12.00
        ann 2026-02-10 7.50
        unreadable_row
        """,
        files.read());
    assertEquals(
        "unreadable_row | null | {\"text\":\"{\\\"customer_id\\\": 17852, \\\"transaction_time\\\":"
            + " \"}\n",
        files.quarantined());
  }
}
