package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of optional values that are there and cannot be read: null, and counted. */
@ExtendWith(LocalSpark.class)
class UnreadableValuesTest {
  private final SparkSession spark;
  @TempDir private Path temporary;

  UnreadableValuesTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void eachColumnHasItsOwnCount() throws IOException {
    DeliveredFiles deals =
        DeliveredFiles.in(temporary, spark)
            .as(
                InputTable.OPPORTUNITIES,
                "opportunity_id",
                "customer_id",
                "created_date",
                "amount",
                "probability",
                "closed_date");
    deals.rows(
        "a.parquet",
        """
        SELECT string(id) opportunity_id, if(id = 9, NULL, 'ann') customer_id,
          '2026-02-10' created_date, 1 amount, '0.5' probability,
          element_at(array('28.02.2026', '', '  ', '2026-02-30', NULL, '2026-02-28', '\\u00A0',
            '-2026-02-10', '19800-05-01', 'soon'), int(id) + 1) closed_date
        FROM range(10)
        """);

    assertEquals("{closed_date=4}", deals.counts().unreadableValues().toString());
    assertEquals(
        """
        unreadable_value_of_closed_date 0
        unreadable_value_of_closed_date 3
        unreadable_value_of_closed_date 7
        """,
        examples(deals, Set.of("closed_date")));
  }

  /** A birthday of one's own is a day like any other. */
  @ParameterizedTest
  @CsvSource({
    "TRANSACTIONS,  due_date,            null null null 1970-01-02 null, 1",
    "TRANSACTIONS,  sale_date,           null null null 1970-01-02 null, 1",
    "CONTACTS,      resolved_time,       null null null 1970-01-02 null, 1",
    "CUSTOMERS,     created_date,        null null null 1970-01-02 null, 1",
    "OPPORTUNITIES, closed_date,         null null null 1970-01-02 null, 1",
    "OPPORTUNITIES, expected_close_date, null null null 1970-01-02 null, 1",
    "TRANSACTIONS,  birthday, 1900-01-01 0001-01-01 1970-01-01 1970-01-02 null, 1"
  })
  void anOptionalDayThatStandsForNoneIsAsEmpty(
      InputTable table, String column, String days, long unreadable) throws IOException {
    boolean isOwn = column.equals("birthday");
    DeliveredFiles delivered = DeliveredFiles.in(temporary, spark);
    DeliveredFiles rows =
        switch (table) {
          case TRANSACTIONS ->
              isOwn
                  ? delivered
                      .as(table, "customer_id", "transaction_time", "amount")
                      .with("extra={birthday: date}")
                  : delivered.as(table, "customer_id", "transaction_time", "amount", column);
          case CONTACTS -> delivered.as(table, "customer_id", "contact_time", "type", column);
          case CUSTOMERS -> delivered.as(table, "customer_id", column);
          default ->
              delivered.as(
                  table,
                  "opportunity_id",
                  "customer_id",
                  "created_date",
                  "amount",
                  "probability",
                  column);
        };
    rows.rows(
        "a.parquet",
        """
        SELECT string(at) customer_id, string(at) opportunity_id, '2026-02-10' transaction_time,
          '2026-02-10' contact_time, 'COMPLAINT' type, 1 amount, 0.5 probability, day %s%s
        FROM (SELECT posexplode(
          array('1900-01-01', '0001-01-01', '1970-01-01 08:00:00', '1970-01-02', 'soon')) AS (at, day))
        """
            .formatted(
                column, column.equals("created_date") ? "" : ", DATE '2026-02-10' created_date"));

    assertEquals(
        days.replace(" ", " | candidate\n") + " | candidate\n",
        rows.outcomes("customer_id", column).replaceAll("(?m)^\\d \\| ", ""));
    assertEquals(
        "{%s=%d}".formatted(column, unreadable), rows.counts().unreadableValues().toString());
  }

  @Test
  void columnsOfOnesOwnAreCountedLikeKarats() throws IOException {
    DeliveredFiles sales =
        DeliveredFiles.in(temporary, spark)
            .as(InputTable.TRANSACTIONS, "customer_id", "transaction_time", "amount")
            .with("extra={units: {type: number, value: pieces}, brand: category}");
    sales.rows(
        "a.parquet",
        """
        SELECT 'ann' customer_id, DATE '2026-02-10' transaction_time, 1 amount,
          explode(array('3', '1.5', 'many', '', NULL)) pieces, 'A' brand
        """);

    assertEquals("{units=1}", sales.counts().unreadableValues().toString());
    assertEquals(
        "1.500000 | A | candidate\n3.000000 | A | candidate\n" + "null | A | candidate\n".repeat(3),
        sales.outcomes("units", "brand"));
  }

  @Test
  void characteristicsAreCountedByTheirKind() throws IOException {
    DeliveredFiles customers =
        DeliveredFiles.in(temporary, spark)
            .as(InputTable.CUSTOMERS, "customer_id")
            .with(
                "columns.created_date=made",
                "characteristics={n: number, w: number, m: money, f: flag, d: date, c: category, t:"
                    + " flag, x: date}");
    customers.rows(
        "a.parquet",
        """
        SELECT string(id) customer_id, made, n, 1L w, m, f, d, c, true t, x FROM VALUES
          (1, '2026-02-10', '1.5',  '9.99', 'true',  '2026-02-10', 'x', DATE '2026-02-10'),
          (2, 'soon',       'many', '9,99', 'maybe', 'today',      '?', DATE '-0044-03-15'),
          (3, NULL,         '',     ' ',    NULL,    '\\u3000',    '',  DATE '+12026-02-10'),
          (4, '',           '1e99', 'NaN',  '1',     '2026-13-01', NULL, NULL)
          AS v(id, made, n, m, f, d, c, x)
        """);

    assertEquals(
        "{created_date=1, d=2, f=1, m=2, n=2, x=2}",
        customers.counts().unreadableValues().toString());
    assertEquals(
        """
        1 | 2026-02-10 | 1.500000 | 1 | 9.99 | true | 2026-02-10 | x | 2026-02-10 | candidate
        2 | null | null | 1 | null | null | null | ? | null | candidate
        3 | null | null | 1 | null | null | null | null | null | candidate
        4 | null | null | 1 | null | true | null | null | null | candidate
        """,
        customers.outcomes("customer_id", "created_date", "n", "w", "m", "f", "d", "c", "x"));
  }

  /** Money with more decimals than money has is refused like an amount, or rounded like one. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'1.50',              1.50, 1.50",
        "'1.500',             1.50, 1.50",
        "'1.505',             null, 1.51",
        "'-0.001',            null, 0.00",
        "1.005D,              null, 1.01",
        "1.5D,                1.50, 1.50",
        "CAST(1.239 AS FLOAT), null, 1.24",
        "1.2345,              null, 1.23",
        "7,                   7.00, 7.00",
      })
  void moneyOfCustomersIsReadAsAmountsAre(String value, String exact, String rounded)
      throws IOException {
    DeliveredFiles customers =
        DeliveredFiles.in(temporary, spark)
            .as(InputTable.CUSTOMERS, "customer_id")
            .with("characteristics={sales: money}");
    customers.rows("a.parquet", "SELECT 'ann' customer_id, %s sales".formatted(value));

    assertEquals(exact + " | candidate\n", customers.outcomes("sales"));
    assertEquals(
        exact.equals("null") ? "{sales=1}" : "{sales=0}",
        customers.counts().unreadableValues().toString());
    assertEquals(
        rounded + " | candidate\n", customers.with("round_amounts=true").outcomes("sales"));
  }

  /** Numbers of one's own have six decimals, flags are 0 or 1, and what is counted is whole. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "number, 1.2345675D,   1.234568, 0",
        "number, '0.0000005',  0.000001, 0",
        "number, -2.00000049,  -2.000000, 0",
        "number, 12L,          12,       0",
        "number, double('NaN'), null,    1",
        "flag,   1,            true,     0",
        "flag,   0.0D,         false,    0",
        "flag,   2,            null,     1",
        "flag,   -1L,          null,     1",
        "flag,   0.5,          null,     1",
        "flag,   '2',          null,     1",
        "flag,   'Y',          true,     0",
      })
  void numbersAreRoundedAndFlagsAreOneOfTwo(String type, String value, String read, long unreadable)
      throws IOException {
    DeliveredFiles customers =
        DeliveredFiles.in(temporary, spark)
            .as(InputTable.CUSTOMERS, "customer_id")
            .with("characteristics={it: %s}".formatted(type));
    customers.rows("a.parquet", "SELECT 'ann' customer_id, %s it".formatted(value));

    assertEquals(read + " | candidate\n", customers.outcomes("it"));
    assertEquals(
        unreadable,
        customers.counts().unreadableValues().values().stream().mapToLong(it -> it).sum());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"12, 12", "12.0, 12", "12.7, null", "12.7D, null", "-1, null", "'12.7', null"})
  void whatIsCountedIsWhole(String value, String read) throws IOException {
    DeliveredFiles markets =
        DeliveredFiles.in(temporary, spark)
            .as(InputTable.MARKETS, "characteristic", "value", "as_of_date", "market_customers");
    markets.rows(
        "a.parquet",
        "SELECT 'region' characteristic, 'N' value, DATE '2026-01-01' as_of_date, %s market_customers"
            .formatted(value));

    assertEquals(read + " | candidate\n", markets.outcomes("market_customers"));
  }

  /** A satisfaction outside its scale is none. */
  @Test
  void aLevelOutsideItsScaleIsUnreadable() throws IOException {
    DeliveredFiles contacts =
        DeliveredFiles.in(temporary, spark)
            .as(InputTable.CONTACTS, "customer_id", "contact_time", "type", "satisfaction");
    contacts.rows(
        "a.parquet",
        """
        SELECT 'ann' customer_id, DATE '2026-02-10' contact_time, 'OTHER' type, s satisfaction
        FROM VALUES ('5'), ('0'), ('6'), ('good'), (''), (NULL), ('4.5') AS v(s)
        """);

    assertEquals("{satisfaction=3}", contacts.counts().unreadableValues().toString());
  }

  /** Only rows that are used count: the others are shown with a reason of their own. */
  @Test
  void rowsThatAreNotUsedDoNotCount() throws IOException {
    DeliveredFiles files =
        DeliveredFiles.in(temporary, spark).with("columns.due_date=due", "where=amount <> 3");
    files.rows(
        "a.parquet",
        """
        SELECT customer_id, day transaction_time, amount, 'soon' due FROM VALUES
          ('ann', DATE '2026-02-10', 1), (NULL, DATE '2026-02-10', 2),
          ('ann', DATE '2026-02-10', 3), ('ann', DATE '2026-03-02', 4), ('bob', DATE '2026-02-10', -5)
          AS v(customer_id, day, amount)
        """);

    assertEquals("{due_date=1}", files.counts().unreadableValues().toString());
    assertEquals("unreadable_value_of_due_date 1\n", examples(files, Set.of("due_date"), "amount"));
  }

  /** More optional columns than a number has bits. */
  @Test
  void seventyColumnsAreCountedEachOnItsOwn() throws IOException {
    List<String> names = IntStream.range(0, 70).mapToObj("d%02d"::formatted).toList();
    DeliveredFiles customers =
        DeliveredFiles.in(temporary, spark)
            .as(InputTable.CUSTOMERS, "customer_id")
            .with(
                Stream.concat(
                        Stream.of("path='" + temporary + "'"),
                        names.stream().map(it -> "characteristics.%s=date".formatted(it)))
                    .toArray(String[]::new));
    customers.rows(
        "a.parquet",
        "SELECT 'ann' customer_id, "
            + String.join(
                ", ",
                names.stream()
                    .map(it -> (it.equals("d67") ? "'soon' " : "'2026-02-10' ") + it)
                    .toList()));

    ValidatedRows validated =
        new ValidatedRows(
            MappedRows.of(customers.source(), customers.mapping(), List.of()),
            LocalDate.of(2026, 3, 1));
    Row read = validated.rows(List.of()).select("unreadable", "unreadable 1").first();

    assertEquals(names, validated.values().convertible());
    assertEquals(List.of(0L, 1L << (67 - Long.SIZE)), List.of(read.getLong(0), read.getLong(1)));
    assertEquals(
        "unreadable_value_of_d67 ann\n", examples(customers, Set.of("d67"), "customer_id"));
  }

  private static String examples(DeliveredFiles files, Set<String> columns) {
    return examples(files, columns, "opportunity_id");
  }

  private static String examples(DeliveredFiles files, Set<String> columns, String shown) {
    Dataset<Row> examples =
        QuarantineRows.examples(files.source(), files.mapping(), LocalDate.of(2026, 3, 1), columns);
    return examples
        .selectExpr("concat_ws(' ', reason, get_json_object(source_row, '$.%s'))".formatted(shown))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0) + "\n")
        .sorted()
        .reduce("", String::concat);
  }
}
