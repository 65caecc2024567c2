package io.karat.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.InputException;
import io.karat.run.UsageException;
import io.karat.testing.LocalSpark;
import io.karat.testing.RealData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of what is guessed from data that nobody has described. */
@ExtendWith(LocalSpark.class)
class ConfigurationDraftTest {
  private static final Map<String, String> NOTHING_GIVEN = Map.of();

  private final SparkSession spark;
  private final Path folder;
  private final DraftedFolder drafted;

  ConfigurationDraftTest(SparkSession spark, @TempDir Path folder) {
    this.spark = spark;
    this.folder = folder;
    this.drafted = new DraftedFolder(folder, spark);
  }

  @Test
  void linesWithUnitsAndPricesBecomeTransactions() throws IOException {
    drafted.write(
        "sales.csv",
        """
        Invoice No,Account,Invoice Date,Qty,Unit Price,Country
        1,A,31.01.2026,2,3.50,Germany
        1,A,31.01.2026,1,1.25,Germany
        2,B,01.02.2026,-1,3.505,Germany
        3,,02.02.2026,1,3.50,Austria
        """);

    assertEquals(
        """
        # Drafted by karat init. Each guess has its reason; look at the lines with CHECK.
        name: shop
        time_zone: Europe/Berlin                     # CHECK: of business days, as most rows are from Germany
        currency: EUR                                # CHECK: of all amounts, as most rows are from Germany
        money_scale: 3                               # amounts have up to 3 decimals

        inputs:
          transactions:
            path: FOLDER/sales.csv
            format: csv
            options: {header: true}
            grain: line                              # the first 4 rows have 3 values of `Invoice No`
            where: Account IS NOT NULL               # CHECK: 1 of the first 4 rows have no customer
            columns:
              customer_id: Account                   # by its name
              transaction_time: to_timestamp(`Invoice Date`, 'dd.MM.yyyy') # by its name, in the form of its values
              amount: abs(Qty * `Unit Price`)        # columns Qty and Unit Price. CHECK: whether the price is of one unit, before or after tax
              transaction_id: '`Invoice No`'         # by its name
              type: CASE WHEN Qty < 0 THEN 'RETURN' ELSE 'SALE' END # 1 of the first 4 rows have Qty below zero
            # Not used: Country

        output:
          path: out                                  # commits, tables, models and the report
        """,
        drafted.text(drafted.draft(NOTHING_GIVEN)));
  }

  @Test
  void tablesSideBySideAreRecognisedByTheirNamesAndColumns() throws IOException {
    drafted.write(
        "orders.csv",
        "id;client;day;total;kind\n1;A;2026-02-01;10;ORDER\n2;A;2026-02-03;4;CREDIT\n");
    drafted.write(
        "tickets.csv", "id,client,day,kind,stars\n1,A,2026-02-02,claim,2\n2,A,2026-02-02,call,4\n");
    drafted.write(
        "clients/day=2026-01-31/a.csv", "client,city,since\nA,Bonn,2020-01-01\nB,Ulm,2021-01-01\n");
    drafted.write(
        "clients/day=2026-02-28/a.csv", "client,city,since\nA,Bonn,2020-01-01\nB,Ulm,2021-01-01\n");
    drafted.write("weather.csv", "station,degrees\nX,3\n");

    ConfigurationDraft draft = drafted.draft(NOTHING_GIVEN);

    assertEquals(
        """
          transactions:
            path: FOLDER/orders.csv
            format: csv
            options: {header: true, sep: ';'}
            columns:
              customer_id: client
              transaction_time: day
              amount: total
              transaction_id: id
              type: CASE WHEN kind IN ('CREDIT') THEN 'RETURN' ELSE 'SALE' END
          contacts:
            path: FOLDER/tickets.csv
            format: csv
            options: {header: true}
            columns:
              customer_id: client
              contact_time: day
              type: CASE WHEN kind IN ('claim') THEN 'COMPLAINT' ELSE 'OTHER' END
              contact_id: id
              satisfaction: stars
          customers:
            path: 'FOLDER/clients/day={latest}'
            format: csv
            options: {header: true}
            columns:
              customer_id: client
              created_date: since
            characteristics:
              city: category
        """,
        drafted.inputs(draft));
    assertEquals(List.of(folder + "/weather.csv: no columns of an input"), draft.passedOver());
    assertEquals(Optional.of(LocalDate.parse("2026-02-03")), draft.lastDay());
  }

  @Test
  void whatNothingSaysIsAskedAndMayBeGiven() throws IOException {
    drafted.write(
        "a.csv", "master_id,sample_id,purchase_date,units,amount\n1,7,2026-02-01,2,9.50\n");

    assertEquals(
        "No table in '%1$s' is surely one of events. '%1$s' would be 'transactions', but nothing says which column is customer_id (master_id or sample_id or units?). Say it: --map customer_id=COLUMN, where COLUMN may be any Spark SQL over its columns: master_id, sample_id, purchase_date, units, amount."
            .formatted(folder),
        assertThrows(UsageException.class, () -> drafted.draft(NOTHING_GIVEN)).getMessage());
    assertEquals(
        """
          transactions:
            path: FOLDER
            format: csv
            options: {header: true}
            columns:
              customer_id: master_id
              transaction_time: purchase_date
              amount: amount
        """,
        drafted.inputs(drafted.draft(Map.of("transactions.customer_id", "master_id"))));
  }

  @Test
  void aTextOfOneByteALetterWithoutHeadingIsReadAsSuch() {
    CsvHeading heading = CsvHeading.of(new byte[] {'M', (byte) 0xfc, '\t', '2', '\n'});

    assertEquals(
        Map.of("header", "false", "sep", "\t", "encoding", "windows-1252"), heading.options());
  }

  @Test
  void aFolderWithoutTablesIsRefused() throws IOException {
    drafted.write("readme.txt", "nothing");

    assertEquals(
        "Folder '%s' holds no table: expected files whose names end in .parquet, .csv, .tsv, .json, .orc or .avro. Correct the path, or export the tables to such files."
            .formatted(folder),
        assertThrows(InputException.class, () -> drafted.draft(NOTHING_GIVEN)).getMessage());
    assertEquals(
        "Folder '%s/none' does not exist: expected one with the tables of a business. Correct the path."
            .formatted(folder),
        assertThrows(
                InputException.class,
                () -> ConfigurationDraft.of(folder + "/none", folder, NOTHING_GIVEN, spark))
            .getMessage());
  }

  @Test
  void aDayOfOnlineRetailIsRecognised() throws IOException {
    Path data = RealData.folder("online_retail/transactions/invoice_date=2010-12-01");

    ConfigurationDraft draft = ConfigurationDraft.of(data.toString(), folder, NOTHING_GIVEN, spark);

    assertEquals(
        """
          transactions:
            path: DATA
            grain: line
            where: CustomerID IS NOT NULL
            columns:
              customer_id: CustomerID
              transaction_time: InvoiceDate
              amount: abs(Quantity * UnitPrice)
              transaction_id: InvoiceNo
              type: CASE WHEN Quantity < 0 THEN 'RETURN' ELSE 'SALE' END
              product_id: StockCode
        """,
        drafted.inputs(draft).replace(data.toString(), "DATA"));
  }
}
