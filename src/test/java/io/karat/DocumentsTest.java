package io.karat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.ConfigurationReader;
import io.karat.settings.Language;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

  /** The first configuration of the README, with what it then adds. */
  @Test
  void theConfigurationsInTheReadmeAreValid() throws IOException {
    List<String> blocks =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    String first = blocks.get(0);
    int indicators = first.indexOf("indicators:\n");
    String all =
        first.substring(0, indicators)
            + blocks.get(1).replaceFirst("inputs:\n", "")
            + first.substring(indicators).replaceFirst("indicators:\n", blocks.get(2));

    for (String configuration : List.of(first, all)) {
      Problems problems = new Problems();
      NightPlan.of(
          ConfigurationReader.read("README.md", configuration, Map.of(), List.of(), problems),
          problems);
      assertEquals(List.of(), problems.messages());
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
