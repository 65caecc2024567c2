package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of CSV files, whose columns go by the heading of each file. */
@ExtendWith(LocalSpark.class)
class CsvFilesTest {
  private static final String HEADING = "customer_id,transaction_time,amount,cost,channel";

  private final SparkSession spark;
  @TempDir private Path temporary;
  private DeliveredFiles files;

  CsvFilesTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void readCsv() {
    files = DeliveredFiles.in(temporary, spark).with("format=csv");
  }

  @Test
  void columnsGoByTheHeadingOfEachFile() throws IOException {
    files.text("a.csv", HEADING, "ann,2026-02-10,10.00,6.00,WEB");
    files.text(
        "b.csv",
        "channel,cost,amount,transaction_time,customer_id,new",
        "SHOP,1,20,2026-02-11,bob,x");
    files.text("c.csv", "AMOUNT,Transaction_Time,customer_ID", "30,2026-02-12,cid");
    files.text(
        "sub/d.csv", "note,note,amount,transaction_time,customer_id", "x,y,40,2026-02-13,dan");
    files.text("e.csv");
    files.text("f.csv", HEADING);

    assertEquals(
        """
        ann | 2026-02-10 | 1000 | 600 | WEB | candidate
        bob | 2026-02-11 | 2000 | 100 | SHOP | candidate
        cid | 2026-02-12 | 3000 | null | null | candidate
        dan | 2026-02-13 | 4000 | null | null | candidate
        """,
        files
            .with("columns.cost=cost", "columns.channel=channel")
            .outcomes("customer_id", "day", "amount", "cost", "channel"));
  }

  @Test
  void aFileWithoutHeadingIsRefused() throws IOException {
    files.text("a.csv", HEADING, "ann,2026-02-10,10,6,WEB");
    files.text("b.csv", "bob,2026-02-11,20,1,SHOP", "bob,2026-02-12,20,1,SHOP");

    assertEquals(
        "Input 'transactions' cannot be read: the first row of 'b.csv' does not name 'amount' and"
            + " 'customer_id' and 'transaction_time', as other files do. Expected the names of the"
            + " columns in the first row of every file. Deliver it again with them.",
        files.refusal());
  }

  /** The message shows no values, as they may be those of a customer. */
  @Test
  void filesWithoutAnyHeadingAreRefused() throws IOException {
    files.text("a.csv", "ann;2026-02-10;10", "bob;2026-02-10;10");
    files.text("b.csv", "cid;2026-02-10;10");

    assertEquals(
        "Input 'transactions' cannot be read: the first row of 'a.csv' names none of 'amount' or"
            + " 'customer_id' or 'transaction_time'. Expected the names of the columns in the first"
            + " row of every file. Deliver it again with them, or write 'header: false' in"
            + " 'inputs.transactions.options', and _c0, _c1 and so on for the columns; 'sep' states"
            + " another separator than a comma.",
        files.refusal());
  }

  /** The value may come from the folder instead. */
  @Test
  void aColumnOfAFolderNeedsNoHeading() throws IOException {
    files.text("a.csv", "customer_id,transaction_time,amount", "ann,2026-02-10,10");
    files.text("transaction_time=2026-02-11/b.csv", "customer_id,amount", "bob,20");

    assertEquals("ann 2026-02-10 10.00\nbob 2026-02-11 20.00\n", files.read());
  }

  @Test
  void rowsThatDoNotFitTheHeadingAreKeptAsTheyAreWritten() throws IOException {
    files.text(
        "a.csv",
        HEADING,
        "ann,2026-02-10,1,234,56,WEB",
        "bob,2026-02-10,1",
        "\"cid,2026-02-10,1,2,WEB",
        "dan,2026-02-10,1,2,WEB");

    assertEquals(
        """
        unreadable_row | ann | {"text":"ann,2026-02-10,1,234,56,WEB"}
        unreadable_row | bob | {"text":"bob,2026-02-10,1"}
        unreadable_row | cid,2026-02-10,1,2,WEB | {"text":"\\"cid,2026-02-10,1,2,WEB"}
        """,
        files.quarantined());
    assertEquals(
        "dan 2026-02-10 1.00\nunreadable_row\nunreadable_row\nunreadable_row\n", files.read());
    assertEquals(3, files.counts().quarantined().rows());
  }

  @Test
  void aHeadingThatStandsTwiceMattersOnlyWhereItIsMapped() throws IOException {
    files.text("a.csv", "customer_id,transaction_time,amount,Cost,cost", "ann,2026-02-10,10,6,7");

    assertEquals("ann 2026-02-10 10.00\n", files.read());
    assertEquals(
        "Input 'transactions' cannot be read: column 'cost' stands twice in 'a.csv', as 'Cost' and"
            + " 'cost'. Expected one column of that name. Deliver it again with one.",
        files.with("columns.cost=cost").refusal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesMayEndInAnyWay(String end) throws IOException {
    String text =
        """
        \uFEFFamount,transaction_time,"customer_id"

        10,2026-02-10,ann
        20,2026-02-10,"bob"
        """;
    files.bytes("a.csv", text.replace("\n", end).getBytes(StandardCharsets.UTF_8));
    files.bytes(
        "b.csv",
        "\uFEFF\"customer_id\",transaction_time,amount\ncid,2026-02-10,1"
            .replace("\n", end)
            .getBytes(StandardCharsets.UTF_8));
    String read = "ann 2026-02-10 10.00\nbob 2026-02-10 20.00\ncid 2026-02-10 1.00\n";

    assertEquals(read, files.read());
    assertEquals(read, files.with("options.multiLine=true").read());
  }

  @Test
  void theFirstLineMayBeEmptyOrAComment() throws IOException {
    files.text(
        "a.csv",
        "",
        "# sales",
        "customer_id;transaction_time;amount",
        "ann;2026-02-10;10",
        "# end");

    assertEquals("ann 2026-02-10 10.00\n", files.with("options={sep: ';', comment: '#'}").read());
  }

  @Test
  void textIsInTheCharsetThatIsStated() throws IOException {
    String text =
        """
        customer_id,transaction_time,amount
        Müller,2026-02-10,10
        Möller,2026-02-10,20
        ann,2026-02-10,30
        """;
    for (String charset :
        new String[] {"windows-1252", "ISO-8859-1", "UTF-16LE", "UTF-16", "UTF-16BE", "UTF-32LE"}) {
      DeliveredFiles other = files.below(charset);
      other.bytes("a.csv", text.getBytes(Charset.forName(charset)));

      assertEquals(
          "Möller 2026-02-10 20.00\nMüller 2026-02-10 10.00\nann 2026-02-10 30.00\n",
          other.with("options.encoding=" + charset).read(),
          charset);
    }
  }

  /** A file of another kind is named among good ones, with or without a heading. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE"})
  void textOfWideLettersNeedsItsCharset(String charset) throws IOException {
    files.text("a.csv", HEADING, "ann,2026-02-10,10,6,WEB");
    files.bytes("b.csv", (HEADING + "\nbob,2026-02-11,20,1,SHOP\n").getBytes(charset));
    String expected =
        "File 'b.csv' cannot be read: its first row has bytes of 0, which text of two bytes a letter has, or a file that is no text, such as a workbook. State the charset, for example with 'options: {encoding: UTF-16LE}', or deliver it again as text.";

    assertEquals(expected, files.refusal());
    assertEquals(expected, files.with("options={header: false}").refusal());
  }

  @Test
  void textOfAnotherCharsetIsQuarantined() throws IOException {
    String text =
        """
        customer_id,transaction_time,amount,channel
        Müller,2026-02-10,10,WEB
        Möller,2026-02-10,20,WEB
        ann,2026-02-10,30,Büro
        bob,2026-02-10,30,WEB
        """;
    files.bytes("a.csv", text.getBytes(StandardCharsets.ISO_8859_1));

    assertEquals(
        "bob 2026-02-10 30.00\nunreadable_text\nunreadable_text\nunreadable_text\n",
        files.with("columns.channel=channel").read());
  }

  /** Two keys that differ only in what was lost are not the same. */
  @Test
  void aKeyOfAnotherCharsetIsQuarantined() throws IOException {
    String text =
        """
        customer_id,transaction_time,amount,place
        ann,2026-02-10,10,Würz
        ann,2026-02-10,20,Wörz
        """;
    files.bytes("a.csv", text.getBytes(StandardCharsets.ISO_8859_1));

    assertEquals("unreadable_text\nunreadable_text\n", files.with("key=[place]").read());
  }

  @Test
  void aQuotedLineBreakNeedsMultiLine() throws IOException {
    files.text("a.csv", HEADING, "ann,2026-02-10,10,6,\"WEB", "SHOP\"", "bob,2026-02-10,20,1,X");

    assertEquals(
        "SHOP\" | null | unreadable_row\nann | WEB | candidate\nbob | X | candidate\n",
        files.with("columns.channel=channel").outcomes("customer_id", "channel"));
    assertEquals(
        """
        ann | WEB
        SHOP | candidate
        bob | X | candidate
        """,
        files
            .with("columns.channel=channel", "options.multiLine=true")
            .outcomes("customer_id", "channel"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ann,2026-02-10,10,6,`WEB                | 2
          ann,2026-02-10,10,`6,WEB                | 2
          `ann,2026-02-10,10,6,WEB                | 2
          ann,2026-02-10,10,6,`WEB/cid,2026-02-10,1,1,`SHOP | 2
          """)
  void anOpenQuoteSwallowsNoRow(String rows, int line) throws IOException {
    files.text(
        "a.csv",
        HEADING,
        rows.replace('`', '"').replace('/', '\n'),
        "bob,2026-02-10,20,1,X",
        "dan,2026-02-10,20,1,X");

    assertEquals(
        "File 'a.csv' cannot be read: the quote that opens in line %d does not close where its value ends, so that rows behind it would be part of the value. Deliver it again with that quote closed or written twice, or set 'escape' in the options of the input to what escapes a quote."
            .formatted(line),
        files.with("options.multiLine=true").refusal());
    String read = files.with("columns.channel=channel").read();
    assertEquals(
        "bob 2026-02-10 20.00\ndan 2026-02-10 20.00\n",
        read.replaceAll("(ann|cid|unreadable).*\n", ""),
        read);
  }

  @Test
  void quotesWithinValuesAreNoOpenQuotes() throws IOException {
    files.text(
        "a.csv",
        HEADING,
        "ann,2026-02-10,10,6,\"5\"\" pipe",
        "red\"",
        "bob,2026-02-10,20,1,5\" pipe",
        "cid,2026-02-10,30,1,\"a, b\"",
        "dan,2026-02-10,40,1,\"\"");

    assertEquals(
        "ann 2026-02-10 10.00\nbob 2026-02-10 20.00\ncid 2026-02-10 30.00\ndan 2026-02-10 40.00\n",
        files.with("options.multiLine=true").read());
    files.text(
        "a.csv",
        HEADING,
        "ann,2026-02-10,10,6,\"\"\"red\"\" pipe",
        "and \"\"blue\"\"\"",
        "bob,2026-02-10,20,1,X");
    assertEquals(
        "ann 2026-02-10 10.00\nbob 2026-02-10 20.00\n",
        files.with("options={multiLine: true, escape: '\"'}").read());
  }

  @Test
  void compressedFilesAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(
          "amount,customer_id,transaction_time\n10,ann,2026-02-10\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    files.bytes("a.csv.gz", bytes.toByteArray());
    files.text("b.csv", "customer_id,transaction_time,amount", "bob,2026-02-10,20");

    assertEquals("ann 2026-02-10 10.00\nbob 2026-02-10 20.00\n", files.read());
  }

  @Test
  void columnsWithoutHeadingAreNumbered() throws IOException {
    files.text("a.csv", "ann,2026-02-10,10", "bob,2026-02-10,20,x");
    files.text("b.csv", "cid,2026-02-10,30,x");

    assertEquals(
        "ann 2026-02-10 10.00\ncid 2026-02-10 30.00\nunreadable_row\n",
        files
            .with(
                "options.header=false",
                "columns={customer_id: _c0, transaction_time: _c1, amount: _c2}")
            .read());
  }

  @Test
  void fractionsAreExact() throws IOException {
    files.text(
        "a.csv",
        "customer_id,transaction_time,amount,Quantity,UnitPrice",
        "ann,2026-02-10,99999999999999.99,3,0.07",
        "bob,2026-02-10,0.29,1000000,9999.99",
        "cid,2026-02-10,12,7,14285714285714.27");

    assertEquals(
        "ann 2026-02-10 99999999999999.99\nbob 2026-02-10 0.29\ncid 2026-02-10 12.00\n",
        files.read());
    assertEquals(
        "ann 2026-02-10 0.21\nbob 2026-02-10 9999990000.00\ncid 2026-02-10 99999999999999.89\n",
        files.with("columns.amount=Quantity * UnitPrice").read());
  }

  /** Types would depend on the values of all files, and on the clock. */
  @Test
  void valuesAreTextWhateverIsToBeInferred() throws IOException {
    files.text(
        "a.csv",
        "customer_id,transaction_time,amount,channel",
        "007,2026-02-10,10,T1",
        "1E5,2026-02-10,20,10:30:00");

    assertEquals(
        """
        007 | 1000 | T1 | candidate
        1E5 | 2000 | 10:30:00 | candidate
        """,
        files
            .with("options={inferSchema: true, enforceSchema: false}", "columns.channel=channel")
            .outcomes("customer_id", "amount", "channel"));
  }

  /** As RFC 4180 has it, and Excel, PostgreSQL and pandas write it. */
  @Test
  void aQuoteWithinQuotesIsWrittenTwice() throws IOException {
    files.text(
        "a.csv",
        "customer_id,transaction_time,amount,channel",
        "ann,2026-02-10,10,\"5\"\" pipe\"",
        "bob,2026-02-10,20,\"a, \"\"b\"\"\"",
        "cid,2026-02-10,30,\"C:\\dir\\\"",
        "dan,2026-02-10,40,\"\"\"x\"\", y\"");
    DeliveredFiles read = files.with("columns.channel=channel");

    for (String multiLine : new String[] {"false", "true"}) {
      assertEquals(
          """
          ann | 5" pipe | candidate
          bob | a, "b" | candidate
          cid | C:\\dir\\ | candidate
          dan | "x", y | candidate
          """,
          read.with("options.multiLine=" + multiLine).outcomes("customer_id", "channel"));
    }
  }

  @Test
  void anotherEscapeOrQuoteIsStated() throws IOException {
    files.text(
        "a.csv",
        "customer_id,transaction_time,amount,channel",
        "ann,2026-02-10,10,`5`` pipe`",
        "bob,2026-02-10,20,`a, b`");
    assertEquals(
        "ann | 5` pipe | candidate\nbob | a, b | candidate\n",
        files
            .with("options.quote=`", "columns.channel=channel")
            .outcomes("customer_id", "channel"));
    files.text(
        "a.csv", "customer_id,transaction_time,amount,channel", "ann,2026-02-10,10,\"5\\\" pipe\"");
    assertEquals(
        "ann | 5\" pipe | candidate\n",
        files
            .with("options.escape=\\", "columns.channel=channel")
            .outcomes("customer_id", "channel"));
  }

  @Test
  void blanksAroundNamesAreNoPartOfThem() throws IOException {
    files.text("a.csv", "customer_id,transaction_time, amount,cost ", "ann,2026-02-10,10,6");
    files.text("b.csv", " customer_id ,transaction_time,amount,cost", "bob,2026-02-10,20,1");

    assertEquals(
        "ann | 1000 | 600 | candidate\nbob | 2000 | 100 | candidate\n",
        files.with("columns.cost=cost").outcomes("customer_id", "amount", "cost"));
  }

  /** As joined files have it; that would be a customer named by the heading. */
  @Test
  void aHeadingThatComesAgainIsNoRow() throws IOException {
    files.text(
        "a.csv",
        "id,name,,note",
        "ann,N,,",
        "id,name,,note",
        "bob,W,,",
        " id , name,, note ",
        "id,name,,x");

    assertEquals(
        """
        ann | N | candidate
        bob | W | candidate
        id | name | candidate
        id | name | unreadable_row
        id | name | unreadable_row
        """,
        files
            .as(InputTable.CUSTOMERS)
            .with("columns.customer_id=id", "columns.display_name=name")
            .outcomes("customer_id", "display_name"));
  }
}
