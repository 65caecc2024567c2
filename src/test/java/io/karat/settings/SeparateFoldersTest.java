package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs, output and metrics in each other's places: no night reads or destroys its own files. */
class SeparateFoldersTest {
  private static final String OWN =
      "'output.path' lies in 'inputs.transactions.path', so that the next night would read its own"
          + " tables. Set it to a folder outside.";
  private static final String INPUT =
      "'inputs.transactions.path' lies in 'output.path', where nights write their own tables. Name"
          + " a path outside.";
  private static final String READ =
      "'output.metrics_file' lies in 'inputs.transactions.path', so that the next night would read"
          + " it. Name a file outside.";
  private static final String KEPT =
      "'output.metrics_file' would replace a file or folder that Karat keeps in 'output.path'. Name"
          + " another file, such as metrics.prom in that folder.";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "data, data/out",
    "data, data",
    "data/, ./data/x/../out",
    "., out",
    "data/*, data/out",
    "file:/srv/data, /srv/data/out",
    "hdfs://n/data, hdfs://n/data/out",
  })
  void anOutputInAnInputIsRefused(String input, String output) {
    assertEquals(List.of(OWN), problems(input, output, output + "-metrics/m.prom"));
  }

  @ParameterizedTest
  @CsvSource({
    "out/data, out",
    "out/current/customer_value, out",
    "*/releases/*/customer_value, out",
    "out/*/x.csv, out",
    "out/matching/aliases.csv, out",
    "file:///srv/out/data, /srv/out",
    "hdfs://n/out/data, hdfs://n/out/",
  })
  void anInputInTheOutputIsRefused(String input, String output) {
    assertEquals(List.of(INPUT), problems(input, output, "m.prom"));
  }

  @ParameterizedTest
  @CsvSource({
    "data, out, out/metrics.prom",
    "data/*.csv, data/out, data/m.prom",
    "data/*/x.csv, data/out, m.prom",
    "data, data-out, data.prom",
    "hdfs://n/data, /data/out, m.prom",
    "hdfs://n/data, hdfs://m/data/out, m.prom",
    "data, out, out/metrics/karat.prom",
    "data, out, elsewhere/current.json",
  })
  void otherPlacesAreNot(String input, String output, String metrics) {
    assertEquals(List.of(), problems(input, output, metrics));
  }

  @ParameterizedTest
  @CsvSource({
    "out/current.json",
    "out/run_report.json",
    "out/index.html",
    "out/commits/1.json",
    "out/commits",
    "./out/x/../releases/m.prom",
    "out/current",
    "out/.m",
    "out",
  })
  void metricsOverAFileOfTheOutputAreRefused(String metrics) {
    assertEquals(List.of(KEPT), problems("data", "out", metrics));
  }

  @Test
  void metricsInAnInputAreRefused() {
    assertEquals(List.of(READ), problems("data", "out", "data/m.prom"));
  }

  @Test
  void aLinkLeadsNowhereElse() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), data);

    assertEquals(List.of(OWN), problems(data.toString(), link.resolve("out").toString(), "m.prom"));
  }

  @ParameterizedTest
  @CsvSource({
    "out/matching/aliases.csv, 0",
    "./out/../out/matching/aliases.csv, 0",
    "out/matching, 1",
    "out/matching/*.csv, 1",
  })
  void aNightReadsTheAliasesThatWereAcceptedAndNothingElseOfTheOutput(String path, int problems) {
    assertEquals(
        problems,
        problemsOf(
                """
                inputs:
                  customers: {path: data, columns: {customer_id: c}}
                  aliases: {path: "%s", format: csv, columns: {alias_id: a, customer_id: c}}
                output: {path: out}
                """
                    .formatted(path))
            .size());
  }

  private static List<String> problems(String input, String output, String metrics) {
    return problemsOf(
        """
        inputs:
          transactions:
            path: "%s"
            columns: {customer_id: c, transaction_time: t, amount: a, transaction_id: i}
        output: {path: "%s", metrics_file: "%s"}
        """
            .formatted(input, output, metrics));
  }

  private static List<String> problemsOf(String yaml) {
    Problems problems = new Problems();
    ConfigurationReader.read("karat.yaml", yaml, Map.of(), List.of(), problems);
    return problems.messages().stream()
        .map(message -> message.replaceFirst("^karat.yaml:\\d+: ", ""))
        .toList();
  }
}
