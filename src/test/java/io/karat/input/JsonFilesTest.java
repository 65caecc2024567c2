package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of files with a value of JSON in each line. */
@ExtendWith(LocalSpark.class)
class JsonFilesTest {
  private static final String ROW =
      "{\"customer_id\":\"%s\",\"transaction_time\":\"2026-02-10\",\"amount\":%s}";

  private final SparkSession spark;
  @TempDir private Path temporary;
  private DeliveredFiles files;

  JsonFilesTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void readJson() {
    files = DeliveredFiles.in(temporary, spark).with("format=json");
  }

  private static String row(String customer, String amount) {
    return ROW.formatted(customer, amount);
  }

  /** As joined files without a last line break have it, and deliveries of streams. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"customer_id\":\"bob\"}",
        " {\"customer_id\":\"bob\"}",
        " trailing",
        ",",
        "}",
        " 7",
        "[]",
        "\u0000"
      })
  void whatFollowsTheValueOfALineMakesItMalformed(String more) throws IOException {
    files.text(
        "a.json", row("ann", "10"), row("bob", "20") + more, row("cid", "30") + "  \t", "", "  ");

    assertEquals("ann 2026-02-10 10.00\ncid 2026-02-10 30.00\nunreadable_row\n", files.read());
  }

  @Test
  void linesAreNotOneValue() throws IOException {
    files.text("a.json", row("ann", "10"), row("bob", "20"));
    files.text("b.json", "[" + row("cid", "30") + ",", row("dan", "40") + "]");

    assertEquals(
        "cid 2026-02-10 30.00\ndan 2026-02-10 40.00\nunreadable_row\n",
        files.with("options.multiLine=true").read());
  }

  /** No digits of one row may change how those of another one are read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1000000000000000055511151231257827021181583404541015625",
        "1.0E7",
        "1E-40",
        "123456789012345678901234567890.5",
        "NaN",
        "\"12,5\""
      })
  void moneyIsExactBesideAnyOtherNumber(String other) throws IOException {
    files.text("a.json", row("ann", "99999999999999.99"), row("bob", "0.29"));
    files.text("b.json", row("cid", other));

    for (String decimals : new String[] {"true", "false"}) {
      assertEquals(
          "ann 2026-02-10 99999999999999.99\nbob 2026-02-10 0.29\n",
          files
              .with("options.prefersDecimal=" + decimals)
              .read()
              .replaceAll("(?m)^(cid|un|too).*\n", ""));
    }
  }

  @Test
  void numbersWithExponentsAreNumbers() throws IOException {
    files.text("a.json", row("ann", "1.0E7"), row("bob", "1.25e1"), row("7", "5E-1"));

    assertEquals(
        "7 2026-02-10 0.50\nann 2026-02-10 10000000.00\nbob 2026-02-10 12.50\n", files.read());
  }

  @Test
  void fractionsWithinOtherValuesAreExact() throws IOException {
    files.text(
        "a.json",
        "{\"customer_id\":\"ann\",\"transaction_time\":\"2026-02-10\",\"sum\":{\"net\":99999999999999.99,\"parts\":[0.07]}}",
        "{\"customer_id\":\"bob\",\"transaction_time\":\"2026-02-10\",\"sum\":{\"net\":1E1,\"parts\":[1.5]}}");

    assertEquals(
        "ann 2026-02-10 99999999999999.99\nbob 2026-02-10 10.00\n",
        files.with("columns.amount=sum.net").read());
    assertEquals(
        "ann 2026-02-10 0.07\nbob 2026-02-10 1.50\n",
        files.with("columns.amount=sum.parts[0]").read());
  }
}
