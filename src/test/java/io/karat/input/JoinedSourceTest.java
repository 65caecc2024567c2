package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of lines that get the columns of their order by its number. */
@ExtendWith(LocalSpark.class)
class JoinedSourceTest {
  private static final String ORDERS =
      """
      SELECT * FROM VALUES
        (1, 'ann', DATE '2026-02-10', 'WEB'), (2, 'bob', DATE '2026-02-11', 'SHOP'),
        (9, 'eve', DATE '2026-02-12', 'SHOP') AS v(order_no, client, placed, place)
      """;

  private final SparkSession spark;
  @TempDir private Path temporary;
  private DeliveredFiles lines;
  private DeliveredFiles orders;

  JoinedSourceTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void deliverLines() throws IOException {
    orders = DeliveredFiles.in(temporary, spark).below("orders");
    lines =
        DeliveredFiles.in(temporary, spark)
            .below("lines")
            .as(InputTable.TRANSACTIONS)
            .with(
                "format=csv",
                "columns.customer_id=client",
                "columns.transaction_time=placed",
                "columns.amount=price * pieces",
                "columns.channel=place",
                "join={to: '%s', format: json, on: {OrderNo: order_no}}"
                    .formatted(temporary.resolve("orders")));
    lines.text(
        "lines.csv",
        "OrderNo,price,pieces",
        "1,2.50,4",
        " 2 ,1.00,1",
        "1,0.10,1",
        "7,5.00,1",
        ",9,1");
  }

  @Test
  void everyLineHasTheColumnsOfItsOrderAndIsThereOnce() throws IOException {
    orders.rows("orders.json", ORDERS);

    assertEquals(
        """
        ann | 2026-02-10 | 0.10 | WEB | candidate
        ann | 2026-02-10 | 10.00 | WEB | candidate
        bob | 2026-02-11 | 1.00 | SHOP | candidate
        null | null | 5.00 | null | missing_customer
        null | null | 9.00 | null | missing_customer
        """,
        lines.outcomes("customer_id", "day", "cast(amount / 100 as decimal(9,2))", "channel"));
    assertEquals("{join=2}", lines.counts().unmatchedRows().toString());
    assertEquals(5, lines.counts().read().rows());
  }

  @Test
  void aQuarantinedRowShowsWhatWasJoinedAndItsOwnFile() throws IOException {
    orders.rows("orders.json", ORDERS.replace("'bob'", "NULL"));

    assertEquals(
        """
        missing_customer | null | {"OrderNo":" 2 ","price":"1.00","pieces":"1","client":null,"place":"SHOP","placed":"2026-02-11"}
        missing_customer | null | {"OrderNo":"7","price":"5.00","pieces":"1","client":null,"place":null,"placed":null}
        missing_customer | null | {"OrderNo":null,"price":"9","pieces":"1","client":null,"place":null,"placed":null}
        """,
        lines.quarantined());
    assertEquals("lines.csv\n".repeat(5), lines.values("regexp_extract(_karat_file, '[^/]*$', 0)"));
  }

  @Test
  void tablesAreJoinedInTheirOrderUnderTheNamesThatAreChosen() throws IOException {
    orders.rows("a/orders.parquet", ORDERS);
    orders.text("b/clients.csv", "id;name;price", "ann;Ann Lee;1", "eve;Eve Ray;2");

    DeliveredFiles joined =
        joining(
            "[{to: '%1$s/a', on: {OrderNo: order_no}, columns: [client, {day: placed}]}, {to:"
                + " '%1$s/b', format: csv, options: {sep: ;}, on: {client: id}, columns: {who:"
                + " name}}]",
            "columns.transaction_time=day", "columns.channel=who");

    assertEquals(
        """
        ann | 10 | Ann Lee | candidate
        ann | 1000 | Ann Lee | candidate
        bob | 100 | null | candidate
        null | 500 | null | missing_customer
        null | 900 | null | missing_customer
        """,
        joined.outcomes("customer_id", "amount", "channel"));
    assertEquals("{join[0]=2, join[1]=3}", joined.counts().unmatchedRows().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          string         | order_no = '536'                   | '536', '536 ', '0536'             | 2
          a whole number | order_no = 536L                    | '536', '536 ', '0536'             | 2
          a fraction     | order_no = 536.0D                  | '536', '536.5', NULL              | 1
          a decimal      | order_no = 536.00BD                | 536, 537, NULL                    | 1
          a date         | order_no = DATE '2026-02-10'       | '2026-02-10', '10.02.2026', NULL  | 1
          both dates     | order_no = DATE '2026-02-10'       | DATE '2026-02-10', NULL, NULL     | 1
          no key at all  | order_no = NULL                    | '536', NULL, ''                   | 0
          """)
  void keysAreComparedAsIdsAre(String name, String theirs, String ours, int partners)
      throws IOException {
    orders.rows(
        "a.parquet",
        "SELECT %s order_no, 'ann' client, DATE '2026-02-10' placed"
            .formatted(theirs.substring(theirs.indexOf(" = ") + 3)));
    DeliveredFiles rows =
        DeliveredFiles.in(temporary, spark)
            .below("lines " + name)
            .as(InputTable.TRANSACTIONS)
            .with(
                "columns.customer_id=client",
                "columns.transaction_time=placed",
                "columns.amount=1",
                "join={to: '%s', on: order_no}".formatted(temporary.resolve("orders")));
    rows.rows("lines.parquet", "SELECT explode(array(%s)) order_no".formatted(ours));

    assertEquals(3 - partners, rows.counts().unmatchedRows().get("join"));
  }

  @Test
  void aMalformedRowIsNobodysPartner() throws IOException {
    orders.text(
        "orders.csv",
        "order_no,client,placed,place",
        "1,ann,2026-02-10,WEB",
        "2,bob,2026-02-11,SHOP,?");

    DeliveredFiles joined = joining("{to: '%s', format: csv, on: {OrderNo: order_no}}");

    assertEquals("{join=3}", joined.counts().unmatchedRows().toString());
  }

  @Test
  void aKeyInSeveralRowsIsRefused() throws IOException {
    orders.rows("a.json", ORDERS);
    orders.rows("b.json", ORDERS.replace("(1,", "(10,").replace("(9,", "(90,"));

    assertEquals(
        "Input 'transactions' cannot be joined with 'orders': 1 value of 'order_no' is in several"
            + " rows, as in file 'orders/b.json'. Expected one row for each. Deliver each once, or"
            + " add to 'inputs.transactions.join.on' what tells them apart.",
        refusal(lines));
  }

  @Test
  void rowsWithoutAKeyMayBeMany() throws IOException {
    orders.rows("a.json", ORDERS.replace("(1,", "(NULL,").replace("(9,", "(NULL,"));

    assertEquals("{join=4}", lines.counts().unmatchedRows().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {to: '%s', on: OrderNo}                                        | Input 'transactions' cannot be joined with 'orders': column 'OrderNo', used by 'on', is missing. Did you mean 'order_no'? Found columns: order_no, client, placed, place
          {to: '%s', on: {OrdrNo: order_no}}                             | Input 'transactions' cannot be joined with 'orders': column 'OrdrNo', used by 'on', is missing. Did you mean 'OrderNo'? Found columns: OrderNo, price, pieces
          {to: '%s', on: {OrderNo: order_no}, columns: [client, plased]} | Input 'transactions' cannot be joined with 'orders': column 'plased', used by 'columns', is missing. Did you mean 'placed'? Found columns: order_no, client, placed, place
          {to: '%s', on: {OrderNo: order_no}, columns: {Price: place}}   | Input 'transactions' cannot be joined with 'orders': both have 'Price'. Name the columns to bring in 'inputs.transactions.join.columns', such as {joined_Price: Price}.
          {to: '%s/none', on: {OrderNo: order_no}}                       | Input 'transactions.join' is missing: path 'orders/none' does not exist. Correct 'inputs.transactions.join.to'.
          """)
  void whatDoesNotFitIsNamed(String join, String message) throws IOException {
    orders.rows("orders.parquet", ORDERS);

    assertEquals(message, refusal(joining(join)));
  }

  @Test
  void keysOfOtherTypesAreRefused() throws IOException {
    orders.rows("orders.parquet", "SELECT true order_no, 'ann' client, DATE '2026-02-10' placed");

    assertEquals(
        "Input 'transactions' cannot be joined with 'orders': 'order_no' is boolean, expected text,"
            + " a whole number, a UUID or a date. Deliver it as one of these, or name another"
            + " column in 'inputs.transactions.join.on'.",
        refusal(joining("{to: '%s', on: {OrderNo: order_no}}")));
  }

  @Test
  void aNumberIsNoDate() throws IOException {
    orders.rows("orders.parquet", "SELECT DATE '2026-02-10' placed, 'ann' client");
    lines.rows("b/lines.parquet", "SELECT 20260210 OrderNo, 1 price, 1 pieces");

    assertEquals(
        "Input 'transactions' cannot be joined with 'orders': 'OrderNo' is int, and 'placed' is"
            + " date in the table: no date equals a number. Deliver both in one type, or name"
            + " another column in 'inputs.transactions.join.on'.",
        refusal(
            lines
                .below("b")
                .with(
                    "format=parquet",
                    "join={to: '%s', on: {OrderNo: placed}}"
                        .formatted(temporary.resolve("orders")))));
  }

  @Test
  void theStateOfTheTableIsPartOfThatOfTheInput() throws IOException {
    Path file = orders.rows("orders.json", ORDERS);
    OpenedSource before = lines.listed();

    assertEquals(2, before.files());
    assertTrue(before.bytes() > Files.size(file));
    assertEquals(
        "lines/lines.csv orders/orders.json",
        String.join(
            " ",
            before.lines().stream()
                .map(
                    line ->
                        temporary
                            .relativize(
                                Path.of(line.substring(0, line.indexOf(' ')).replace("file:", "")))
                            .toString())
                .toList()));
  }

  private DeliveredFiles joining(String join, String... more) {
    return lines.with("join=" + join.replace("%1$s", orders()).replace("%s", orders())).with(more);
  }

  private String orders() {
    return temporary.resolve("orders").toString();
  }

  private String refusal(DeliveredFiles delivered) {
    return delivered.refusal().replace(temporary + "/", "");
  }
}
