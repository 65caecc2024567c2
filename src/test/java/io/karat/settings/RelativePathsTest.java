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

/** Paths in a configuration that lies in another folder than the working directory. */
class RelativePathsTest {
  private final Path folder;

  RelativePathsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sales.csv             | %s/conf/sales.csv",
        "../data/2026-*/sales  | %s/data/2026-*/sales",
        "./sales               | %s/conf/sales",
        "${FOLDER:-inbox}/a    | %s/conf/inbox/a",
        "/mnt/sales            | /mnt/sales",
        "hdfs:///shop/sales    | hdfs:///shop/sales",
        "s3a://shop/sales      | s3a://shop/sales",
        "file:/mnt/sales       | file:/mnt/sales",
      })
  void anInputIsReadFromTheFolderOfTheConfiguration(String path, String expected)
      throws IOException {
    Settings settings = settings("path: " + path);

    assertEquals(List.of(expected.formatted(folder)), paths(settings));
  }

  @Test
  void everyPathOfAListIsResolved() throws IOException {
    assertEquals(
        List.of(folder + "/conf/a", folder + "/b", "/c"), paths(settings("path: [a, ../b, /c]")));
  }

  @Test
  void aTableOfACatalogIsNoPath() throws IOException {
    assertEquals(
        List.of("lake.shop.sales"), paths(settings("path: lake.shop.sales\n    format: iceberg")));
    assertEquals(
        List.of(folder + "/conf/lake/sales"),
        paths(settings("path: lake/sales\n    format: iceberg")));
  }

  @Test
  void theOutputFolderAndItsFilesLieThereToo() throws IOException {
    assertEquals(folder + "/conf/out", settings("path: a").output().path());
    assertEquals(folder + "/conf/out/metrics.prom", settings("path: a").output().metricsFile());
    Settings said = settings("path: a", "output.path=../tables", "output.metrics_file=karat.prom");
    assertEquals(folder + "/tables", said.output().path());
    assertEquals(folder + "/conf/karat.prom", said.output().metricsFile());
    assertEquals("/srv/out", settings("path: a", "output.path=/srv/out").output().path());
  }

  @Test
  void theWorkingDirectoryMayBeAnInput() {
    assertEquals(
        List.of("."),
        paths(
            read(
                Path.of("conf/examples/online-retail.yaml"),
                "inputs.transactions.path=../..",
                "output.path=/srv/out")));
  }

  /** The working directory of tests is the project, so its paths stay short. */
  @Test
  void aConfigurationInTheWorkingDirectoryKeepsItsPaths() {
    Settings settings = Configurations.read(Configurations.LEAST);

    assertEquals(List.of("data/transactions"), paths(settings));
    assertEquals("out", settings.output().path());
    assertEquals(
        "conf/examples/out/online-retail",
        read(Path.of("conf/examples/online-retail.yaml")).output().path());
    assertEquals(
        List.of("conf/examples/data/online_retail/transactions"),
        paths(read(Path.of("conf/examples/online-retail.yaml"))));
  }

  private Settings settings(String input, String... sets) throws IOException {
    Path file = folder.resolve("conf/karat.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        inputs:
          transactions:
            %s
            columns: {customer_id: c, transaction_time: t, amount: a}
        """
            .formatted(input));
    return read(file, sets);
  }

  private static Settings read(Path file, String... sets) {
    Problems problems = new Problems();
    Settings settings = ConfigurationReader.read(file, Map.of(), List.of(sets), problems);
    problems.throwIfAny();
    return settings;
  }

  private static List<String> paths(Settings settings) {
    return settings.inputs().transactions().paths();
  }
}
