package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationSchemaTest {
  private static final Path CHECKED_IN = Path.of("conf/karat.schema.json");

  @Test
  void theCheckedInSchemaIsTheOneThatIsRead() throws IOException {
    if (Boolean.getBoolean("karat.update")) {
      Files.writeString(CHECKED_IN, ConfigurationSchema.json());
    }

    assertEquals(
        Files.readString(CHECKED_IN),
        ConfigurationSchema.json(),
        "conf/karat.schema.json is stale: run the tests once with -Dkarat.update=true");
  }
}
