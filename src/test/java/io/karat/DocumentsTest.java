package io.karat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documents that are made from the code say what the code does. */
class DocumentsTest {
  private static final Path DOCS = Path.of("docs");

  @Test
  void theDocumentsOfIndicatorsAndTablesAreFresh() throws IOException {
    Map<String, String> generated =
        Map.of(
            "indicators.md", Dictionary.builtIn(Language.EN).indicators(),
            "indicators.zh.md", Dictionary.builtIn(Language.ZH).indicators(),
            "tables.md", Dictionary.builtIn(Language.EN).tables(),
            "tables.zh.md", Dictionary.builtIn(Language.ZH).tables());
    for (Map.Entry<String, String> document : generated.entrySet()) {
      Path file = DOCS.resolve(document.getKey());
      if (Boolean.getBoolean("karat.update")) {
        Files.writeString(file, document.getValue());
      }
      assertEquals(
          document.getValue(),
          Files.readString(file),
          file + " is stale: run mvn test -Dtest=DocumentsTest -Dkarat.update=true");
    }
  }

  @Test
  void theReadmeNamesEveryTable() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    for (String table : PublishedTables.NAMES) {
      assertTrue(readme.contains("`" + table + "`"), "README.md does not name " + table);
    }
  }
}
