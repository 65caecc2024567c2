package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.karat.settings.yaml.BrokenYaml;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The files under {@code conf} that people start from. */
class ReferenceConfigurationTest {
  private static final Path REFERENCE = Path.of("conf/karat.yaml");
  private static final Path ONLINE_RETAIL = Path.of("conf/examples/online-retail.yaml");

  @Test
  void theReferenceHoldsEveryKey() throws IOException, BrokenYaml {
    Value reference =
        YamlText.read(Files.readString(REFERENCE), line -> "", "", new Problems()).orElseThrow();
    Set<String> written = new TreeSet<>();
    collectWritten(reference, written);

    Set<String> missing = new TreeSet<>();
    collectKnown(new JsonMapper().readTree(ConfigurationSchema.json()), "", missing);
    missing.removeAll(written);

    assertEquals(Set.of(), missing);
  }

  @Test
  void theReferenceHasNoProblemsAndShowsTheDefaults() {
    Settings reference = read(REFERENCE, Map.of());
    Settings defaults = Configurations.read(Configurations.LEAST);

    assertEquals(defaults.name(), reference.name());
    assertEquals(defaults.timeZone(), reference.timeZone());
    assertEquals(defaults.moneyScale(), reference.moneyScale());
    assertEquals(defaults.language(), reference.language());
    assertEquals(defaults.roundAmounts(), reference.roundAmounts());
    assertEquals(
        defaults.inputs().transactions().format(), reference.inputs().transactions().format());
    assertEquals(
        defaults.inputs().transactions().grain(), reference.inputs().transactions().grain());
    for (InputSettings input : reference.inputs().all()) {
      assertEquals("parquet", input.format());
      assertEquals(Map.of(), input.options());
      assertFalse(input.roundAmounts());
    }
    assertEquals(defaults.indicators().windows(), reference.indicators().windows());
    assertEquals(defaults.checks(), reference.checks());
    assertEquals(defaults.output(), reference.output());
  }

  @Test
  void theRetailExampleFindsItsDataWhereTheEnvironmentSays() {
    assertEquals(
        List.of("data/online_retail/transactions"),
        read(ONLINE_RETAIL, Map.of()).inputs().transactions().paths());
    assertEquals(
        List.of("/mnt/uci/online_retail/transactions"),
        read(ONLINE_RETAIL, Map.of("KARAT_DATA", "/mnt/uci")).inputs().transactions().paths());
  }

  private static Settings read(Path file, Map<String, String> environment) {
    Problems problems = new Problems();
    Settings settings = ConfigurationReader.read(file, environment, List.of(), problems);
    problems.throwIfAny();
    return settings;
  }

  /** Paths of keys; a name that the business chooses is {@code *}. */
  private static void collectKnown(JsonNode schema, String path, Set<String> known) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String key = path + property.getKey();
              known.add(key);
              collectKnown(property.getValue(), key + ".", known);
            });
    JsonNode chosen = schema.path("additionalProperties");
    if (chosen.isObject()) {
      collectKnown(chosen, path + "*.", known);
      chosen.path("anyOf").forEach(either -> collectKnown(either, path + "*.", known));
    }
  }

  private static void collectWritten(Value value, Set<String> written) {
    if (value instanceof Value.Mapping mapping) {
      mapping
          .members()
          .values()
          .forEach(
              member -> {
                written.add(
                    member
                        .at()
                        .key()
                        .replaceAll("(\\.(measures|custom|characteristics))\\.\\w+", "$1.*"));
                collectWritten(member, written);
              });
    }
  }
}
