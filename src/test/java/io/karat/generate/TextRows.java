package io.karat.generate;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Comparison of large frames with small text tables, by column names and values. */
final class TextRows {
  private TextRows() {}

  /**
   * Compares column names, in the first line, and rows, in any order; cells are separated by {@code
   * |}.
   */
  static void assertRows(String expected, Dataset<Row> facts) {
    String[] lines =
        expected.lines().map(line -> line.replaceAll(" *\\| *", " | ")).toArray(String[]::new);
    assertEquals(
        text(lines[0], Arrays.stream(lines).skip(1)),
        text(
            String.join(" | ", facts.columns()),
            facts.select(asText(facts)).collectAsList().stream().map(row -> row.mkString(" | "))));
  }

  private static Column[] asText(Dataset<Row> facts) {
    return Arrays.stream(facts.columns())
        .map(name -> col(name).cast("string"))
        .toArray(Column[]::new);
  }

  private static String text(String header, Stream<String> rows) {
    return Stream.concat(Stream.of(header), rows.sorted()).collect(joining("\n"));
  }
}
