package io.karat.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.night.NightPlan;
import io.karat.night.PublishedTables;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Language;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that the documents generated from the code are up to date. */
class DocumentsTest {
  private static final Path DOCS = Path.of("docs");
  private static final List<String> READMES = List.of("README.md", "README.zh.md");
  private static final List<String> OF_PROJECT =
      List.of("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md");

  @Test
  void theDocumentsOfIndicatorsAndTablesAreFresh() throws IOException {
    Map<String, String> generated =
        Map.of(
            "inputs.md", Dictionary.builtIn(Language.EN).inputs(),
            "inputs.zh.md", Dictionary.builtIn(Language.ZH).inputs(),
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

  /**
   * Checks the first example alone, which maps transactions only, and with the later ones added to
   * it.
   */
  @Test
  void theConfigurationsInDocumentsAreValid() throws IOException {
    List<String> blocks = configurations(DOCS.resolve("configuration.md"));
    String first = blocks.get(0);
    int indicators = first.indexOf("indicators:\n");
    String all =
        first.substring(0, indicators)
            + blocks.get(1).replaceFirst("inputs:\n", "")
            + first.substring(indicators).replaceFirst("indicators:\n", blocks.get(4));

    assertValid(first);
    assertValid(all);
    assertValid(blocks.get(3));
    for (String readme : READMES) {
      List<String> own = configurations(Path.of(readme));
      assertEquals(1, own.size(), readme);
      assertValid(own.get(0));
    }
  }

  private static List<String> configurations(Path document) throws IOException {
    return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(document))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  private static void assertValid(String configuration) {
    Problems problems = new Problems();
    NightPlan.of(
        ConfigurationReader.read("example.yaml", configuration, Map.of(), List.of(), problems),
        problems);
    assertEquals(List.of(), problems.messages());
  }

  /** Compares their headings, tables, pictures, code and links. */
  @Test
  void bothReadmesHaveTheSameParts() throws IOException {
    assertEquals(parts(READMES.get(0)), parts(READMES.get(1)));
  }

  private static List<String> parts(String readme) throws IOException {
    return Files.readString(Path.of(readme))
        .lines()
        .filter(line -> line.startsWith("#") || line.startsWith("|") || line.startsWith("```"))
        .map(line -> line.replaceAll("^(#+).*", "$1").replaceAll("[^|`#]", ""))
        .map(
            line -> line.startsWith("|") ? "a row of %d".formatted(line.split("[|]").length) : line)
        .toList();
  }

  /** Follows the links to files of the project, in all documents. */
  @Test
  void linksLeadSomewhere() throws IOException {
    List<Path> documents = new ArrayList<>();
    Stream.concat(READMES.stream(), OF_PROJECT.stream())
        .forEach(document -> documents.add(Path.of(document)));
    try (Stream<Path> files = Files.walk(DOCS)) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    for (Path document : documents) {
      Matcher links =
          Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)").matcher(Files.readString(document));
      while (links.find()) {
        Path target = document.toAbsolutePath().resolveSibling(links.group(1));
        assertTrue(Files.exists(target), document + " links to " + links.group(1));
      }
    }
  }

  /** A promise whose test was renamed or removed would look tested. */
  @Test
  void theTestsThatDocumentsNameAreThere() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    String promises = Files.readString(DOCS.resolve("reliability.md"));
    Matcher named =
        Pattern.compile("`([A-Z]\\w+(?:Test|Contract))(?:\\.(\\w+))?`").matcher(promises);
    int found = 0;
    while (named.find()) {
      String test = tests.getOrDefault(named.group(1), "");
      String method = named.group(2) == null ? "" : "void %s(".formatted(named.group(2));
      assertTrue(!test.isEmpty() && test.contains(method), named.group());
      found++;
    }
    assertTrue(found > 0, "no test is named");
  }

  @Test
  void theReadmesNameEveryTable() throws IOException {
    for (String readme : READMES) {
      String text = Files.readString(Path.of(readme));
      for (String table : PublishedTables.NAMES) {
        assertTrue(text.contains("`" + table + "`"), readme + " does not name " + table);
      }
    }
  }
}
