package io.karat.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.UsageException;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of what exports of other systems have that would count in silence. */
@ExtendWith(LocalSpark.class)
class OtherSystemsTest {
  private static final String NOTHING = "-";

  private final Path folder;
  private final DraftedFolder drafted;

  OtherSystemsTest(SparkSession spark, @TempDir Path folder) {
    this.folder = folder;
    this.drafted = new DraftedFolder(folder, spark);
  }

  /** Headings are of a customer, a day and an amount, and of one more column; so are rows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sales    | Status        | Posted/wc-cancelled/wc-refunded | where: coalesce(Status, '') NOT IN ('wc-cancelled', 'wc-refunded') | -",
        "payments | Status        | Paid/Failed/Refunded | where: coalesce(Status, '') NOT IN ('Failed', 'Refunded') | -",
        "sales    | statecode     | Paid/Canceled/Paid | where: coalesce(statecode, '') NOT IN ('Canceled') | -",
        "sales    | doc_status    | Posted/Cancelled/Posted | - | doc_status has Cancelled: leave such rows out with where if nothing came of them",
        "sales    | Refund Amount | 0/0/3.5 | - | Refund Amount is not taken off amount: if amount is before refunds, write amount - `Refund Amount`",
        "sales    | Refund Amount | 0/0/0 | - | -",
        "payments | Amount Refunded | 0/0/3.5 | - | Amount Refunded is not taken off amount: if amount is before refunds, write amount - `Amount Refunded`",
        "sales    | Belegart      | RV/DG/RV | - | Belegart has DG, RV, and all rows count as sales: map type if some are not",
        "payments | doc type      | A/B/A | - | doc type has A, B, and all rows count as payments: map type if some are not",
        "sales    | Belegart      | Rechnung/Zahlung/Rechnung | where: coalesce(Belegart, '') NOT IN ('Zahlung') | Belegart has Rechnung, Zahlung, and all rows count as sales: map type if some are not",
        "sales    | Transaction Type | Invoice/Payment/Credit Memo | where: coalesce(`Transaction Type`, '') NOT IN ('Payment') | -",
        "sales    | Event Type    | Payment/Payment/Refund | - | Event Type has Payment, Refund, and all rows count as sales: map type if some are not",
        "sales    | FktArt        | F2/G2/F2 | - | FktArt has F2, G2, and all rows count as sales: map type if some are not",
        "sales    | Belegart      | RV/RV/RV | - | -",
        "sales    | category      | shoes/hats/hats | - | -",
      })
  void whatBecameOfRowsIsAsked(
      String table, String heading, String values, String where, String check) throws IOException {
    StringBuilder rows = new StringBuilder("customer_id,day,amount,%s\n".formatted(heading));
    for (String value : values.split("/", -1)) {
      rows.append("A,2026-01-01,5,%s\n".formatted(value));
    }
    drafted.write(table + ".csv", rows.toString());

    assertEquals(where, line("where:"));
    assertEquals(check, line("# CHECK: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Return Order/Standard Order     | type: CASE WHEN type IN ('Return Order') THEN 'RETURN' ELSE 'SALE' END",
        "Credit-Memo Request/Invoice     | type: CASE WHEN type IN ('Credit-Memo Request') THEN 'RETURN' ELSE 'SALE' END",
        "Storno Rechnung/Rechnung        | type: CASE WHEN type IN ('Storno Rechnung') THEN 'RETURN' ELSE 'SALE' END",
        "Retourengutschrift/Rechnung     | type: CASE WHEN type IN ('Retourengutschrift') THEN 'RETURN' ELSE 'SALE' END",
        "销售退货单/销售出库单               | type: CASE WHEN type IN ('销售退货单') THEN 'RETURN' ELSE 'SALE' END",
        "Credit Card/Cash                | -",
        "Returning/New                   | -",
      })
  void aWordAmongOthersSaysAReturn(String values, String type) throws IOException {
    StringBuilder rows = new StringBuilder("customer_id,day,amount,type\n");
    for (String value : values.split("/", -1)) {
      rows.append("A,2026-01-01,5,%s\n".formatted(value));
    }
    drafted.write("sales.csv", rows.toString());

    assertEquals(type, line("type:").replaceFirst("^type: '(.*)'$", "type: $1").replace("''", "'"));
  }

  /** Rows of guests, of sums and of further lines of an order are no rows of customers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Total,,9      | where: coalesce(lower(trim(CAST(customer_id AS STRING))), '') NOT IN ('total') # CHECK: 1 of the first 3 rows look like sums of others",
        "合计,2026-01-03,9 | where: 'coalesce(lower(trim(CAST(customer_id AS STRING))), '''') NOT IN (''合计'')' # CHECK: 1 of the first 3 rows look like sums of others",
        "0,2026-01-03,9 | where: coalesce(lower(trim(CAST(customer_id AS STRING))), '') NOT IN ('0') # CHECK: 1 of the first 3 rows have such a customer, as of guests",
        "Guest,2026-01-03,9 | where: coalesce(lower(trim(CAST(customer_id AS STRING))), '') NOT IN ('guest') # CHECK: 1 of the first 3 rows have such a customer, as of guests",
        "A,2026-01-03, | where: amount IS NOT NULL # CHECK: 1 of the first 3 rows have no amount, as further lines of an order",
        "Totalenergies,2026-01-03,9 | -",
      })
  void rowsOfNoCustomerAreLeftOut(String row, String where) throws IOException {
    drafted.write(
        "sales.csv", "customer_id,day,amount\nA,2026-01-01,5\nB,2026-01-02,4\n" + row + "\n");

    String text = drafted.text(drafted.draft(Map.of()));
    assertEquals(
        where,
        text.lines()
            .map(it -> it.strip().replaceFirst(" +#", " #"))
            .filter(it -> it.startsWith("where:"))
            .findFirst()
            .orElse(NOTHING));
  }

  /** One amount without a value is for a night to count, among many that have one. */
  @Test
  void fewRowsWithoutAnAmountAreNotLeftOut() throws IOException {
    drafted.write(
        "sales.csv",
        "customer_id,day,amount\n" + "A,2026-01-01,5\n".repeat(200) + "A,2026-01-01,\n");

    assertEquals(NOTHING, line("where:"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IsClosed,IsWon,CloseDate | true,true,2026-01-05/true,false,2026-01-06/false,false,2026-03-01 | CASE WHEN CAST(IsClosed AS BOOLEAN) THEN CloseDate END | IsWon | -",
        "Closed,Won,Close Date | 1,1,1/25/2026/1,0,1/26/2026/0,0,3/31/2026 | 'CASE WHEN CAST(Closed AS BOOLEAN) THEN to_timestamp(`Close Date`, ''M/d/yyyy'') END' | Won | -",
        "Deal Stage,Note,Close Date | Closed Won,x,2026-01-05/Closed Lost,x,2026-01-06/Offer,x,2026-03-01 | CASE WHEN `Deal Stage` IN ('Closed Lost', 'Closed Won') THEN `Close Date` END | '`Deal Stage` IN (''Closed Won'')' | -",
        "statecode,actualclosedate,estimatedclosedate | Won,2026-01-05,2026-01-01/Lost,2026-01-06,2026-01-01/Open,,2026-03-01 | actualclosedate | statecode IN ('Won') | -",
        "Stage,Note,Owner | Won,x,y/Lost,x,y/Open,x,y | - | Stage IN ('Won') | NOT coalesce(Stage IN ('Lost', 'Won'), false)",
        "Stage,Note,Owner | Offer,x,y/Talk,x,y/Offer,x,y | - | - | -",
      })
  void decidedOpportunitiesAreNotOpen(
      String heading, String rows, String closed, String won, String where) throws IOException {
    StringBuilder text = new StringBuilder("id,customer_id,created_date,amount,probability,");
    text.append(heading).append('\n');
    int number = 0;
    for (String row : rows.split("(?<!\\d)/|/(?=[A-Za-z]|\\d,)", -1)) {
      text.append("O%d,A,2026-01-01,5,0.5,%s\n".formatted(number++, row));
    }
    drafted.write("sales.csv", "customer_id,day,amount\nA,2026-01-01,5\n");
    drafted.write("opportunities.csv", text.toString());

    assertEquals(closed, line("closed_date: ").replaceFirst("^closed_date: ", ""));
    assertEquals(
        won.replace("'`", "`").replace("''", "'").replace(")'", ")"),
        line("is_won: ")
            .replaceFirst("^is_won: ", "")
            .replace("'`", "`")
            .replace("''", "'")
            .replace(")'", ")"));
    assertEquals(where, line("where: ").replaceFirst("^where: ", ""));
  }

  /** Hoped-for sales are never taken for sales, unless a person says so. */
  @Test
  void dealsAreNoSales() throws IOException {
    drafted.write("deals.csv", "account,close_date,amount,stage\nA,2026-01-05,5,Won\n");

    assertEquals(
        "No table in '%1$s' is surely one of events. '%1$s/deals.csv' would be 'opportunities', but nothing says which column is opportunity_id, probability. Say it: --map opportunity_id=COLUMN, where COLUMN may be any Spark SQL over its columns: account, close_date, amount, stage."
            .formatted(folder),
        assertThrows(UsageException.class, () -> drafted.draft(Map.of())).getMessage());
    assertEquals(
        List.of("deals.csv: transactions, 3 of its 4 columns"),
        drafted.draft(Map.of("transactions.customer_id", "account")).lines().stream()
            .map(it -> it.replace(folder + "/", ""))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "35%,0.5%   | probability: 'translate(probability, '',%％ '', ''.'') * 0.01'",
        "0.5%,1 %   | probability: 'translate(probability, '',%％ '', ''.'') * 0.01'",
        "35,100     | probability: probability * 0.01",
      })
  void aSignOfPercentIsRead(String values, String line) throws IOException {
    StringBuilder rows = new StringBuilder("id,customer_id,created_date,amount,probability\n");
    for (String value : values.split(",", -1)) {
      rows.append("%s,A,2026-01-01,5,%s\n".formatted(rows.length(), value));
    }
    drafted.write("sales.csv", "customer_id,day,amount\nA,2026-01-01,5\n");
    drafted.write("opportunities.csv", rows.toString());

    assertEquals(line, line("probability:"));
  }

  /** Shops write the customer of an order into it; what is within can be mapped. */
  @Test
  void columnsWithinColumnsAreNamed() throws IOException {
    drafted.write(
        "orders.json",
        "{\"created_at\": \"2026-01-05\", \"total\": 5, \"buyer\": {\"ref\": 7, \"mail\": \"a@x.de\"}, \"lines\": [{\"sku\": 1}]}\n");

    String question =
        String.valueOf(
            assertThrows(UsageException.class, () -> drafted.draft(Map.of())).getMessage());
    assertEquals(
        "columns: created_at, total, buyer.mail, buyer.ref.",
        question.substring(question.indexOf("columns: ")));
    assertEquals(
        "customer_id: buyer.ref",
        drafted
            .inputs(drafted.draft(Map.of("customer_id", "buyer.ref")))
            .lines()
            .map(String::strip)
            .filter(it -> it.startsWith("customer_id"))
            .findFirst()
            .orElse(NOTHING));
  }

  /** Percent is no amount, whatever its column is called. */
  @Test
  void percentIsNoAmount() throws IOException {
    drafted.write("sales.csv", "customer_id,day,amount,value\nA,2026-01-01,35%,7\n");

    assertEquals("amount: value", line("amount:"));
  }

  @Test
  void currenciesAreTheSameInAnyCase() throws IOException {
    drafted.write(
        "sales.csv", "customer_id,day,amount,currency\nA,2026-01-01,5,eur\nA,2026-01-02,5,EUR\n");

    assertEquals("currency: EUR", line("currency:"));
  }

  private String line(String beginning) throws IOException {
    return drafted
        .text(drafted.draft(Map.of()))
        .lines()
        .map(it -> it.strip().replaceFirst("(?<=\\S) +# .*", ""))
        .filter(it -> it.startsWith(beginning))
        .map(it -> beginning.startsWith("#") ? it.substring(beginning.length()) : it)
        .findFirst()
        .orElse(NOTHING);
  }
}
