package io.karat.testing;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Frames written and compared as text, so that a test reads like its table. */
public final class TextTable {
  private TextTable() {}

  /** A frame with one row per line, cells separated by {@code |}; an empty cell is null. */
  public static Dataset<Row> frame(SparkSession spark, String columns, String rows) {
    List<String> lines = rows.lines().filter(line -> !line.isBlank()).toList();
    return spark
        .read()
        .schema(StructType.fromDDL(columns))
        .option("sep", "|")
        .option("ignoreLeadingWhiteSpace", true)
        .option("ignoreTrailingWhiteSpace", true)
        .option("mode", "FAILFAST")
        .csv(spark.createDataset(lines, Encoders.STRING()));
  }

  /** Compares names and types, then rows in any order; a failure shows both tables as text. */
  public static void assertFrame(Dataset<Row> expected, Dataset<Row> actual) {
    assertEquals(schema(expected), schema(actual));
    assertEquals(text(expected), text(actual));
  }

  /** The schema without nullability, which the text of a table cannot express. */
  private static String schema(Dataset<Row> frame) {
    return frame.schema().asNullable().toDDL();
  }

  private static String text(Dataset<Row> frame) {
    Column[] cells =
        Arrays.stream(frame.columns()).map(name -> col(name).cast("string")).toArray(Column[]::new);
    return frame.select(cells).collectAsList().stream()
        .map(row -> row.mkString(" | "))
        .sorted()
        .collect(joining("\n"));
  }
}
