package io.karat.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.UsageException;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of what is guessed from layouts of other systems and countries. */
@ExtendWith(LocalSpark.class)
class DraftedLayoutsTest {
  private final Path folder;
  private final DraftedFolder drafted;

  DraftedLayoutsTest(SparkSession spark, @TempDir Path folder) {
    this.folder = folder;
    this.drafted = new DraftedFolder(folder, spark);
  }

  @Test
  void germanNamesAndDecimalCommasAreRead() throws IOException {
    drafted.write(
        "umsaetze.csv",
        """
        Rechnungsnummer;Kundennummer;Rechnungsdatum;Netto;Steuer;Währung
        R1;10001;31.01.2026;1.234,50 €;234,56 €;EUR
        R2;10002;01.02.2026;-12,00 €;-2,28 €;EUR
        """,
        Charset.forName("windows-1252"));
    drafted.write(
        "kunden.csv",
        "Nr;Firma;Branche;Kunde seit\n10001;Müller KG;Handel;01.03.2020\n10002;Bär AG;Bau;15.04.2021\n",
        Charset.forName("windows-1252"));

    assertEquals(
        """
          transactions:
            path: FOLDER/umsaetze.csv
            format: csv
            options: {encoding: windows-1252, header: true, sep: ';'}
            columns:
              customer_id: Kundennummer
              transaction_time: to_timestamp(Rechnungsdatum, 'dd.MM.yyyy')
              amount: 'abs(translate(regexp_replace(Netto, ''[^0-9,-]'', ''''), '','', ''.''))'
              transaction_id: Rechnungsnummer
              type: 'CASE WHEN translate(regexp_replace(Netto, ''[^0-9,-]'', ''''), '','', ''.'') < 0 THEN ''RETURN'' ELSE ''SALE'' END'
          customers:
            path: FOLDER/kunden.csv
            format: csv
            options: {encoding: windows-1252, header: true, sep: ';'}
            columns:
              customer_id: Nr
              created_date: to_timestamp(`Kunde seit`, 'dd.MM.yyyy')
              display_name: Firma
        """,
        drafted.inputs(drafted.draft(Map.of())));
  }

  @Test
  void chineseNamesDaysAndStatesAreRead() throws IOException {
    drafted.write(
        "订单.csv",
        """
        订单编号,会员编号,下单时间,商品单价,数量,实付金额,订单状态
        1,A7,2026年1月31日,10.00,2,20.00,已完成
        2,A7,2026年2月1日,10.00,1,10.00,已取消
        3,B2,2026年2月3日,4.50,2,9.00,已完成
        """,
        Charset.forName("GB18030"));

    ConfigurationDraft draft = drafted.draft(Map.of());

    assertEquals(
        """
          transactions:
            path: 'FOLDER/订单.csv'
            format: csv
            options: {encoding: GB18030, header: true}
            where: coalesce(`订单状态`, '') NOT IN ('已取消')
            columns:
              customer_id: '`会员编号`'
              transaction_time: 'to_timestamp(`下单时间`, ''yyyy年M月d日'')'
              amount: '`实付金额`'
              transaction_id: '`订单编号`'
        """,
        drafted
            .inputs(draft)
            .replace(
                "where: 'coalesce(`订单状态`, '''') NOT IN (''已取消'')'",
                "where: coalesce(`订单状态`, '') NOT IN ('已取消')"));
    assertEquals("2026-02-03", draft.lastDay().orElseThrow().toString());
  }

  /** All rows say which number is the month, where the first 20,000 do not. */
  @Test
  void daysAndMonthsAreToldApartByAllRows() throws IOException {
    drafted.write(
        "a.csv",
        "CustomerID,InvoiceNo,Quantity,UnitPrice,InvoiceDate\n"
            + "7,1,2,1.5,12/1/2010 8:26\n".repeat(20_000)
            + "8,2,1,2.5,12/13/2010 9:05\n".repeat(300));

    assertEquals(
        """
          transactions:
            path: FOLDER
            format: csv
            options: {header: true}
            grain: line
            columns:
              customer_id: CustomerID
              transaction_time: 'to_timestamp(InvoiceDate, ''M/d/yyyy H:mm'')'
              amount: Quantity * UnitPrice
              transaction_id: InvoiceNo
        """,
        drafted.inputs(drafted.draft(Map.of())));
  }

  @Test
  void whatOnlyAPersonKnowsIsMarked() throws IOException {
    drafted.write(
        "shop.csv",
        """
        Email,Happened,amount_cents,Total,qty
        a@x.de,03/04/2026,1050,"1,200",1
        b@x.de,05/06/2026,99,"2,400",-1
        """);

    ConfigurationDraft draft = drafted.draft(Map.of());

    assertEquals(
        """
          transactions:
            path: FOLDER
            format: csv
            options: {header: true}
            columns:
              customer_id: Email
              transaction_time: to_timestamp(Happened, 'dd/MM/yyyy')
              amount: amount_cents * 0.01
              type: CASE WHEN qty < 0 THEN 'RETURN' ELSE 'SALE' END
        """,
        drafted.inputs(draft));
    assertEquals(
        """
        transaction_time: to_timestamp(Happened, 'dd/MM/yyyy') | whether it says when it was; its values read as dd/MM/yyyy and MM/dd/yyyy alike
        amount: amount_cents * 0.01 | before or after tax; this column or Total
        """,
        drafted.checks(draft));
  }

  @Test
  void hundredthsAndSecondsSince1970AreRecognised() throws IOException {
    drafted.write(
        "events.csv",
        "user_id,event_time,price_cents,quantity\n7,1767225600000,1050,2\n8,1767312000000,995,1\n");

    assertEquals(
        """
          transactions:
            path: FOLDER
            format: csv
            options: {header: true}
            columns:
              customer_id: user_id
              transaction_time: timestamp_millis(bigint(event_time))
              amount: quantity * price_cents * 0.01
        """,
        drafted.inputs(drafted.draft(Map.of())));
  }

  /** A discount is no amount, a city no customer, and a list beside files of months no month. */
  @Test
  void namesWithAWordOfOursAreNotTakenBlindly() throws IOException {
    drafted.write(
        "sales_2026-01.csv",
        "customer_city,customer_ref_no,day,discount_amount,line_amount\nUlm,7,2026-01-02,1.00,9.00\n");
    drafted.write(
        "sales_2026-02.csv",
        "customer_city,customer_ref_no,day,discount_amount,line_amount\nUlm,8,2026-02-02,1.00,8.00\n");
    drafted.write("sales_people.csv", "name,office\nAnn,Ulm\n");

    assertEquals(
        """
          transactions:
            path: FOLDER/sales_[0-9]*.csv
            format: csv
            options: {header: true}
            columns:
              customer_id: customer_ref_no
              transaction_time: day
              amount: line_amount
        """,
        drafted.inputs(drafted.draft(Map.of())).replace("'", ""));
  }

  /** Olist has orders without amounts, and amounts without customers. */
  @Test
  void whatLiesInTwoTablesIsAsked() throws IOException {
    drafted.write(
        "olist_orders.csv",
        "order_id,customer_id,order_status,order_purchase_timestamp\ne4,7,delivered,2018-01-02 10:00:00\n");
    drafted.write(
        "olist_order_payments.csv", "order_id,payment_type,payment_value\n1,boleto,18.12\n");

    assertEquals(
        "No table in 'FOLDER' is surely one of events. 'FOLDER/olist_orders.csv' would be 'transactions', but nothing says which column is amount. Say it: --map amount=COLUMN, where COLUMN may be any Spark SQL over its columns: order_id, customer_id, order_status, order_purchase_timestamp. Or take it from 'FOLDER/olist_order_payments.csv', which seems to have it: write the configuration by hand, with 'join'."
            .replace("FOLDER", folder.toString()),
        assertThrows(UsageException.class, () -> drafted.draft(Map.of())).getMessage());
  }

  @Test
  void partsOfATableInTwoPlacesAreNotPassedOverSilently() throws IOException {
    drafted.write("north/a.csv", "client,day,amount\nA,2026-01-01,5\n");
    drafted.write("south/a.csv", "client,day,amount\nB,2026-01-01,6\n");

    assertEquals(
        "# Passed over FOLDER/south: it has the columns of 'FOLDER/north'. CHECK: name both in a list as path if their rows differ\n",
        drafted
            .checks(drafted.draft(Map.of()))
            .lines()
            .filter(it -> it.startsWith("#"))
            .map(it -> it + "\n")
            .reduce("", String::concat));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orders.csv   | order_id,customer_id,order_date,total     | 1,A,2026-01-01,12.50-      | transactions",
        "payments.csv | payment_id,customer_id,payment_date,amount | 1,A,2026-01-01,(12.00)    | payments",
        "belege.csv   | beleg;kunde;datum;netto                    | 1;A;01.01.2026;1.012,00- € | transactions",
      })
  void amountsBelowZeroAreReadHoweverTheyAreWritten(
      String file, String heading, String row, String input) throws IOException {
    drafted.write(file, heading + "\n" + row + "\n");
    drafted.write("sales.csv", "customer_id,day,amount\nA,2026-01-01,3.50\n");

    assertEquals(
        List.of(true, true),
        List.of(
            drafted.inputs(drafted.draft(Map.of())).contains("  %s:\n".formatted(input)),
            drafted.inputs(drafted.draft(Map.of())).contains("RLIKE")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orders.csv    | customer_id,day,total | A,2026-01-01,12 H/A,2026-01-02,9 S | it would be 'transactions', but nothing says which column is amount. Say it with --map transactions.amount=COLUMN",
        "payments.csv  | client,note           | A,late/A,early                       | it would be 'payments', but nothing says which columns are payment_time and amount. Say it with --map payments.payment_time=COLUMN",
        "customers.csv | customer_id,city      | A,Ulm/A,Bonn/A,Kiel                  | it would be 'customers', but has several rows of a customer",
        "weather.csv   | station,degrees       | X,3                                  | no columns of an input",
        "aliases.csv   | alias_id,customer_id  | ''                                   | no rows",
      })
  void whatIsPassedOverHasItsReason(String file, String heading, String rows, String reason)
      throws IOException {
    drafted.write(file, heading + "\n" + rows.replace('/', '\n') + "\n");
    drafted.write("sales.csv", "customer_id,day,amount\nA,2026-01-01,3.50\n");

    assertEquals(
        List.of("%s/%s: %s".formatted(folder, file, reason)), drafted.draft(Map.of()).passedOver());
  }

  /** Figures about customers are no list of them, whatever their columns are called. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a_curve.csv | bottom_customers_pct,customers_floor,share | 0,0,0.1/50,1,0.2/100,3,1.0 | stamm.csv",
        "z_curve.csv | bottom_customers_pct,customers_floor,share | 0,0,0.1/50,1,0.2/100,3,1.0 | stamm.csv",
        "answers.csv | user,answer                                | u1,yes/u2,no/u3,yes         | stamm.csv",
        "totals.csv  | customers,share                            | 3,0.5                       | -",
        "answers.csv | user,answer                                | u1,yes/u2,no/u3,yes         | -",
      })
  void aTableOfOthersIsNotTakenForCustomers(
      String file, String heading, String rows, String customers) throws IOException {
    drafted.write(file, heading + "\n" + rows.replace('/', '\n') + "\n");
    drafted.write(
        "sales.csv",
        "customer_id,day,amount\nA1,2026-01-01,3.50\nA2,2026-01-02,4\nA7,2026-01-02,8\n");
    if (!customers.equals("-")) {
      drafted.write(customers, "kundennr,name\nA1,Ada\nA2,Bob\nA3,Cyd\n");
    }

    ConfigurationDraft draft = drafted.draft(Map.of());

    assertEquals(
        customers.equals("-")
            ? List.of("sales.csv: transactions, 3 of its 3 columns")
            : List.of(
                "sales.csv: transactions, 3 of its 3 columns",
                customers + ": customers, 2 of its 2 columns"),
        draft.lines().stream().map(line -> line.replace(folder + "/", "")).toList());
    assertEquals(
        List.of(file + ": it would be 'customers', but few customers of 'transactions' are in it"),
        draft.passedOver().stream().map(line -> line.replace(folder + "/", "")).toList());
  }

  /** A person who says which column tells customers apart is believed, as is a name. */
  @Test
  void customersThatAreSaidToBeSomeAreTaken() throws IOException {
    drafted.write("answers.csv", "user,answer\nu1,yes\nu2,no\nu3,yes\n");
    drafted.write("sales.csv", "customer_id,day,amount\nA1,2026-01-01,3.50\n");

    assertEquals(List.of(), drafted.draft(Map.of("customers.customer_id", "user")).passedOver());

    drafted.write("customers.csv", "user,answer\nu1,yes\nu2,no\nu3,yes\n");

    assertEquals(
        List.of("customers.csv"),
        drafted.draft(Map.of()).lines().stream()
            .filter(line -> line.contains(": customers,"))
            .map(line -> line.replace(folder + "/", "").replaceFirst(":.*", ""))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "currency,total | EUR,1.50 EUR,2.50 USD,3.50 | EUR | CHECK: column currency has EUR and USD, and amounts of several currencies would be added up; convert them, or keep those of one with where",
        "ccy,total      | USD,1.50 USD,2.50          | USD | column ccy",
        "total          | $12.50 €12.50 JPY_12.50    | USD | CHECK: amounts have $ and JPY and €, and amounts of several currencies would be added up; convert them, or keep those of one with where",
        "total          | CHF_12.50 13.50            | CHF | CHECK: amounts have CHF",
        "total          | $12.50 USD_12.50           | USD | CHECK: amounts have $",
        "total          | ¥12.50 ￥12.50             | EUR | CHECK: of all amounts; nothing in the data says it",
        "total          | 12.50                      | EUR | CHECK: of all amounts; nothing in the data says it",
      })
  void theCurrencyIsThatOfTheDataOrIsToBeChecked(
      String heading, String rows, String code, String reason) throws IOException {
    StringBuilder text = new StringBuilder("customer_id,day,%s\n".formatted(heading));
    for (String row : rows.split(" ", -1)) {
      text.append("A,2026-01-01,%s\n".formatted(row.replace('_', ' ')));
    }
    drafted.write("orders.csv", text.toString());

    String drafts = drafted.text(drafted.draft(Map.of()));

    assertEquals(
        "currency: %s # %s".formatted(code, reason),
        drafts
            .lines()
            .filter(it -> it.startsWith("currency:"))
            .findFirst()
            .orElseThrow()
            .replaceFirst(" +#", " #"));
    assertEquals(false, drafts.contains("Not used"));
    assertEquals(
        rows.contains("JPY"),
        drafts.contains(
            "total has $, JPY, €, and amounts of several currencies would be added up"));
  }

  /** 1 of 100 is no certainty, and 5 of 10 not the best of all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.35,1,0    | probability: probability # by its name",
        "35,1,0      | probability: probability * 0.01 # by its name, in percent",
        "3500,1,0    | probability: probability # by its name",
      })
  void probabilitiesInPercentAreRead(String values, String line) throws IOException {
    drafted.write("orders.csv", "customer_id,day,amount\nA,2026-01-01,3.50\n");
    StringBuilder rows =
        new StringBuilder("opportunity_id,customer_id,created_date,amount,probability\n");
    for (String value : values.split(",", -1)) {
      rows.append("O%s,A,2026-01-01,3.50,%s\n".formatted(value, value));
    }
    drafted.write("opportunities.csv", rows.toString());

    assertEquals(line, line("probability"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,3,5   | satisfaction: score # by its name",
        "2,4     | satisfaction: score # by its name",
        "0,5     | satisfaction: 'score * 4 / 5 + 1' # by its name, brought to 1 to 5. CHECK: it has 0 to 5: whether its scale is 0 to 5, and 5 the best",
        "1,6     | satisfaction: '(score - 1) * 4 / 6 + 1' # by its name, brought to 1 to 5. CHECK: it has 1 to 6: whether its scale is 1 to 7, and 7 the best",
        "0,5,10  | satisfaction: 'score * 4 / 10 + 1' # by its name, brought to 1 to 5. CHECK: it has 0 to 10: whether its scale is 0 to 10, and 10 the best",
        "3,9     | satisfaction: '(score - 1) * 4 / 9 + 1' # by its name, brought to 1 to 5. CHECK: it has 3 to 9: whether its scale is 1 to 10, and 10 the best",
        "5,80    | satisfaction: 'score * 4 / 100 + 1' # by its name, brought to 1 to 5. CHECK: it has 5 to 80: whether its scale is 0 to 100, and 100 the best",
        "-2,2    | satisfaction: score # by its name. CHECK: it has -2 to 2, expected levels of 1 to 5",
      })
  void levelsOfAnotherScaleAreBroughtToOurs(String values, String line) throws IOException {
    drafted.write("orders.csv", "customer_id,day,amount\nA,2026-01-01,3.50\n");
    StringBuilder rows = new StringBuilder("contact_id,customer_id,contact_time,type,score\n");
    for (String value : values.split(",", -1)) {
      rows.append("K%s,A,2026-01-01,TASK,%s\n".formatted(value, value));
    }
    drafted.write("contacts.csv", rows.toString());

    assertEquals(line, line("satisfaction"));
  }

  /** A column of Karat's whose values do not fit is none of ours, nor is one of another meaning. */
  @Test
  void characteristicsHaveNamesThatNobodyElseHas() throws IOException {
    drafted.write("orders.csv", "customer_id,day,amount\nA,2026-01-01,3.50\n");
    drafted.write(
        "customers.csv",
        """
        customer_id,created_date,region,run_id,profit,recency_days,sales_amount_365d
        A,2024-01,N,r1,high,old,much
        B,2024-02,S,r2,low,new,little
        """);

    String text = drafted.text(drafted.draft(Map.of()));

    assertEquals(
        """
              region: category
              customer_run_id: {type: category, value: run_id}
              customer_profit: {type: category, value: profit}
              customer_recency_days: {type: category, value: recency_days}
              customer_sales_amount_365d: {type: category, value: sales_amount_365d}
            # Not used: created_date
        """,
        text.substring(text.indexOf("      region:"), text.indexOf("\noutput:")));
  }

  private String line(String column) throws IOException {
    return drafted
        .text(drafted.draft(Map.of()))
        .lines()
        .filter(it -> it.startsWith("      %s: ".formatted(column)))
        .map(it -> it.strip().replaceFirst(" +#", " #"))
        .findFirst()
        .orElseThrow();
  }
}
