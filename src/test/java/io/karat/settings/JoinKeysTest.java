package io.karat.settings;

import static io.karat.settings.Configurations.LEAST;
import static io.karat.settings.Configurations.problemsOf;
import static io.karat.settings.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.karat.settings.yaml.Problems;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of {@code join} on line 8, in the smallest configuration. */
class JoinKeysTest {
  private static final String EXPECTED =
      "expected columns, such as [order_id] where both tables have that name, or {InvoiceNo:"
          + " order_id}.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          order_no                             | {order_no=order_no}
          [order_no, line]                     | {order_no=order_no, line=line}
          {OrderNo: order_no}                  | {OrderNo=order_no}
          [line, {OrderNo: order_no, day: at}] | {line=line, OrderNo=order_no, day=at}
          """)
  void namesAreAListOrPairs(String written, String pairs) {
    JoinSettings join =
        read(LEAST + "    join: {to: o, on: %1$s, columns: %1$s}".formatted(written))
            .inputs()
            .transactions()
            .joins()
            .get(0);

    assertEquals(pairs, join.on().toString());
    assertEquals(pairs, join.columns().toString());
  }

  @Test
  void aJoinHasWhatAnInputHasAndSeveralAreAList() {
    List<JoinSettings> joins =
        read(LEAST
                + """
                    join:
                      - {to: orders, on: id}
                      - to: [a.csv, "b/{latest}.csv"]
                        format: csv
                        options: {sep: ;}
                        on: {product: sku}
                """)
            .inputs()
            .transactions()
            .joins();

    assertEquals(List.of("join[0]", "join[1]"), joins.stream().map(it -> it.at().name()).toList());
    assertEquals("parquet", joins.get(0).format());
    assertEquals(Map.of(), joins.get(0).columns());
    assertEquals(List.of("a.csv", "b/{latest}.csv"), joins.get(1).paths());
    assertEquals("{sep=;}", joins.get(1).options().toString());
    assertEquals(List.of(), read(LEAST).inputs().transactions().joins());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          orders                        | 'inputs.transactions.join' is 'orders', expected a mapping with keys such as 'to', or a list of them.
          {to: o}                       | 'inputs.transactions.join.on' is missing, %s Add it.
          {to: o, on: []}               | 'inputs.transactions.join.on' is an empty list, %s
          {to: o, on: {a: [b]}}         | 'inputs.transactions.join.on.a' is a list, expected the name of a column.
          {to: o, on: [a, {A: b}]}      | 'inputs.transactions.join.on' has 'A' twice. Keep one.
          {on: a}                       | 'inputs.transactions.join.to' is missing, expected a path or a list of paths. Add it.
          {path: o, to: o, on: a}       | unknown key 'inputs.transactions.join.path'. Expected one of: to, format, options, on, columns.
          {to: "x{as_of}/{latest}", on: a} | 'inputs.transactions.join.to' has more than one day. Keep one.
          {to: o, format: jdbc, options: {url: "jdbc:x:y", dbtable: t}, on: a} | 'inputs.transactions.join.to' is of no use with format jdbc, whose options say where rows are. Remove it.
          {format: jdbc, options: {url: "jdbc:x:y", dbtable: t, password: secret}, on: a} | 'inputs.transactions.join.options.password' is a secret written out: expected ${NAME}, the name of an environment variable that holds it.
          """)
  void whatIsWrongIsNamed(String join, String message) {
    assertEquals(
        List.of("karat.yaml:8: " + message.replace("%s", EXPECTED)),
        problemsOf("    join: " + join + "\n"));
  }

  @Test
  void aSecretOfAJoinIsNoSettingOfTheTables() {
    String join =
        "    join: [{format: jdbc, options: {url: 'jdbc:x:y', dbtable: t, password: '${PW}'}, on:"
            + " a}]";
    String canonical = read(LEAST + join, Map.of("PW", "s3cret"), new Problems()).canonical();

    assertFalse(canonical.contains("s3cret"));
  }
}
