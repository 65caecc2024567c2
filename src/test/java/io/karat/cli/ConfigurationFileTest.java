package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.UsageException;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a configuration that is given by a URI instead of a path. */
class ConfigurationFileTest {
  private static final String TEXT =
      """
      name: ${SHOP}
      inputs:
        transactions:
          path: data
          columns: {customer_id: c, transaction_time: t, amount: a}
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("karat.yaml"), TEXT);
  }

  @Test
  void isReadFromItsAddressAsFromItsPath() {
    assertEquals("corner shop", read(file.toString()).name());
    assertEquals("corner shop", read("file://" + file).name());
  }

  @Test
  void isTheGivenOneElseThatOfTheEnvironmentElseThatOfTheFolder() {
    Map<String, String> environment = Map.of("KARAT_CONFIG", "shop.yaml");

    assertEquals("my.yaml", ConfigurationOption.file("my.yaml", environment, file));
    assertEquals("shop.yaml", ConfigurationOption.file("", environment, file));
    assertEquals(file.toString(), ConfigurationOption.file("", Map.of(), file));
  }

  @Test
  void aMissingAddressIsSaid() {
    assertRefused(
        "%s: there is no such file. Give the path of the configuration with --config.",
        "file://" + folder + "/none.yaml");
  }

  @Test
  void anUnreadableAddressIsSaid() throws IOException {
    assertRefused(
        "%s: cannot be read: No FileSystem for scheme \"attic\"."
            + " Check the address and its permissions.",
        "attic://karat.yaml/");

    Files.write(file, new byte[] {'n', (byte) 0xff});
    assertRefused("%s: not UTF-8 text. Save it as UTF-8.", "file://" + file);
  }

  private static void assertRefused(String message, String address) {
    UsageException refused = assertThrows(UsageException.class, () -> read(address));
    assertEquals(message.formatted(address), refused.getMessage());
  }

  private static Settings read(String name) {
    Problems problems = new Problems();
    Settings settings =
        new ConfigurationFile(name)
            .read(Map.of("SHOP", "corner shop"), List.of("currency=GBP"), problems);
    problems.throwIfAny();
    return settings;
  }
}
