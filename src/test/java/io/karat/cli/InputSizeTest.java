package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the size of inputs that the launcher asks for, here files of 60 and 50 bytes. */
class InputSizeTest {
  private static final long ENOUGH = 110;

  @TempDir Path folder;

  @BeforeEach
  void deliver() throws IOException {
    Path days = Files.createDirectories(folder.resolve("data/day=1/region=A"));
    Files.write(days.resolve("a.parquet"), new byte[60]);
    Files.write(folder.resolve("data/b.parquet"), new byte[50]);
    Files.createSymbolicLink(folder.resolve("link"), Path.of("data"));
  }

  @ParameterizedTest
  @CsvSource({
    "data,                  110",
    "data/b.parquet,         50",
    "link,                  110",
    "data/day=*/region=A,   110",
    "data/day={1;2},        110",
    "'data/day=1,data/b.parquet', 110"
  })
  void countsAllFilesThatAPathMayLeadTo(String paths, long bytes) throws IOException {
    Settings settings = settings(paths.replace(';', ','), "");

    assertEquals(true, InputSize.isSmall(settings, bytes));
    assertEquals(false, InputSize.isSmall(settings, bytes - 1));
  }

  @Test
  void addsUpAllInputs() throws IOException {
    Settings settings =
        settings(
            "data",
            """
              contacts:
                path: data/b.parquet
                columns: {contact_id: a, customer_id: b, contact_time: c, type: d}
            """);

    assertEquals(false, InputSize.isSmall(settings, ENOUGH));
    assertEquals(true, InputSize.isSmall(settings, ENOUGH + 50));
  }

  @Test
  void whatIsNotOnThisMachineIsNotSmall() throws IOException {
    assertEquals(false, InputSize.isSmall(settings("hdfs://there/data", ""), ENOUGH));
    assertThrows(
        NoSuchFileException.class, () -> InputSize.isSmall(settings("nowhere", ""), ENOUGH));
  }

  private Settings settings(String path, String others) throws IOException {
    String text =
        """
        time_zone: UTC
        currency: EUR
        inputs:
          transactions:
            path: [%s]
            columns: {transaction_id: a, customer_id: b, transaction_time: c, type: d, amount: e}
        %soutput: {path: out}
        """
            .formatted(path.contains("{") ? "'" + path + "'" : path, others);
    Problems problems = new Problems();
    Path file = Files.writeString(folder.resolve("karat.yaml"), text);
    Settings settings = ConfigurationReader.read(file, Map.of(), List.of(), problems);
    problems.throwIfAny();
    return settings;
  }
}
