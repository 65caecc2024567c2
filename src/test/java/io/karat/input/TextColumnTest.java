package io.karat.input;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.tables.Money;
import io.karat.testing.LocalSpark;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of texts that are no ids, such as regions and channels. */
@ExtendWith(LocalSpark.class)
class TextColumnTest {
  @Test
  void aTextIsTheSameInWhateverTypeItComes(SparkSession spark) {
    String lines =
        """
        'N' | N
        'N ' | N
        CAST('N' AS CHAR(10)) | N
        '\\u00A0N\\u3000' | N
        'New York' | New York
        'Mu\\u0308nchen' | München
        X'4E20' | N
        '' | null
        '  \\u00A0' | null
        7.0D | 7
        1e7D | 10000000
        CAST(8 AS FLOAT) | 8
        7.5D | 7.5
        CAST(7 AS DECIMAL(10,2)) | 7
        7.50BD | 7.50
        1e300D | 1.0E300
        7 | 7
        true | true
        DATE '2026-03-01' | 2026-03-01
        array(1, 2) | [1, 2]
        CAST(NULL AS DOUBLE) | null
        NULL | null
        """;
    List<String> cases = lines.lines().map(line -> line.split(" \\| ", 2)[0]).toList();
    Dataset<Row> values =
        spark.sql(
            IntStream.range(0, cases.size())
                .mapToObj(i -> cases.get(i) + " AS c" + i)
                .collect(joining(", ", "SELECT ", "")));
    Column[] texts =
        IntStream.range(0, cases.size())
            .mapToObj(
                i ->
                    ColumnType.TEXT.read(
                        col("c" + i), values.schema().apply(i).dataType(), new Money(2)))
            .toArray(Column[]::new);
    Row found = values.select(texts).first();

    assertEquals(
        lines,
        IntStream.range(0, cases.size())
            .mapToObj(i -> cases.get(i) + " | " + found.get(i) + "\n")
            .collect(joining()));
  }
}
