package io.karat.input;

import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.UsageException;
import io.karat.settings.SecretOptions;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of what a session reads from the files of an input. */
@ExtendWith(LocalSpark.class)
class SourceTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "csv,  windows-1252, encoding",
    "csv,  ISO-8859-15,  charset",
    "csv,  UTF-8,        encoding",
    "json, windows-1252, encoding",
  })
  void aFileMayHaveAnyEncodingThatJavaKnows(
      String format, String encoding, String option, SparkSession spark) throws IOException {
    String text =
        format.equals("csv") ? "city,price\nKöln,5 €\n" : "{\"city\":\"Köln\",\"price\":\"5 €\"}\n";
    Files.write(folder.resolve("rows"), text.getBytes(Charset.forName(encoding)));

    Row row =
        rows(format, Map.of(option, encoding, "header", "true", "lineSep", "\n"), spark).first();

    assertEquals("Köln 5 €", row.getString(0) + " " + row.getString(1));
  }

  @ParameterizedTest
  @CsvSource({"orc", "parquet"})
  void aColumnThatOnlySomeFilesHaveIsThere(String format, SparkSession spark) {
    write(frame(spark, "id string", "A"), format, "1");
    write(frame(spark, "id string, city string", "B | Bonn"), format, "2");

    List<Row> rows =
        rows(format, Map.of("recursiveFileLookup", "true"), spark)
            .orderBy("id")
            .select("id", "city")
            .collectAsList();

    assertEquals("[[A,null], [B,Bonn]]", rows.toString());
  }

  @Test
  void aJsonTextStaysAsItIsWritten(SparkSession spark) throws IOException {
    Files.writeString(folder.resolve("rows"), "{\"note\": {\"a\":  1.50}}\n{\"note\": \"b\"}\n");

    List<Row> rows = rows("json", Map.of(), spark).select("note").collectAsList();

    assertEquals("[[{\"a\":  1.50}], [b]]", rows.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "csv  | delimiter  | ''      | options that Spark refuses: Delimiter cannot be empty.",
        "csv  | quote      | abc     | options that Spark refuses: .*quote cannot be more than one"
            + " character",
        "csv  | maxColumns | many    | options that Spark refuses: maxColumns should be an integer."
            + " Found many.",
        "csv  | header     | perhaps | options that Spark refuses: header flag can be true or"
            + " false.",
        "json | multiLine  | x       | options that Spark refuses: For input string: \"x\".",
        "noop | a          | b       | format 'noop', which cannot be an input:",
        "Hudi | a          | b       | format 'Hudi', which cannot be an input:",
      })
  void whatSparkRefusesIsAWrongConfiguration(
      String format, String option, String value, String words, SparkSession spark)
      throws IOException {
    Files.writeString(folder.resolve("rows"), "city,price\nBonn,5\n");

    UsageException refused =
        assertThrows(UsageException.class, () -> rows(format, Map.of(option, value), spark));

    String message = String.valueOf(refused.getMessage());
    assertTrue(message.matches("Input 'transactions' has " + words + ".*"), message);
  }

  private void write(Dataset<Row> rows, String format, String name) {
    rows.coalesce(1).write().format(format).save(folder.resolve(name).toString());
  }

  private Dataset<Row> rows(String format, Map<String, String> options, SparkSession spark) {
    Source source =
        new Source(
            "transactions",
            List.of(folder.toString()),
            format,
            options,
            SecretOptions.NONE,
            Optional.empty(),
            List.of());
    return ((OpenedFiles) source.open(spark))
        .opened()
        .rows(List.of(), List.of(), WantedFiles.all(false));
  }
}
