package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.YamlSyntaxException;
import io.karat.settings.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests of the files under {@code conf}, from which a business's own configuration starts. */
class ReferenceConfigurationTest {
  private static final Path REFERENCE = Path.of("conf/karat.yaml");

  /**
   * The names in a path that a business chooses, and the perspectives, which all have the same
   * keys.
   */
  private static final Pattern CHOSEN =
      Pattern.compile(
          "(?<=^(indicators\\.(measures|custom)|inputs\\.customers\\.characteristics|inputs\\.\\w{1,20}\\.extra"
              + "|pyramids|labels|names|allocation|allocation\\.\\w{1,20}\\.(share|response|least)|matching\\.fields|screening|screening\\.\\w{1,20}\\.criteria|buyer_types\\.\\w{1,20}|clustering\\.names|pyramids\\.\\w{1,20}\\.weights|scorecard\\.\\w{1,20}\\.indicators)\\.)\\w+"
              + "|(?<=^classification\\.)(?!one_off)\\w+"
              + "|(?<=^scorecard\\.)(financial|sales|customer|service)");

  /** Alternatives to keys that the reference uses, which it therefore shows in a remark only. */
  private static final Set<String> ALTERNATIVES =
      Set.of(
          "buyer_types.intrinsic.*.above_median",
          "buyer_types.strategic.*.above_median",
          "buyer_types.strategic.*.better",
          "buyer_types.strategic.*.weight",
          "checks.freshness.severity",
          "checks.max_quarantine.max",
          "checks.max_unreadable.max",
          "checks.recompute_share.share",
          "checks.reconcile.severity",
          "checks.tier_order.severity",
          "checks.unique.severity",
          "indicators.measures.*.two_largest",
          "notify",
          "notify.openlineage",
          "notify.webhook",
          "output.postgresql.password_file",
          "rfm.recency.cuts",
          "rfm.frequency.cuts",
          "rfm.monetary.cuts",
          "screening.*.criteria.*.max.top_share");

  private static final Path ONLINE_RETAIL = Path.of("conf/examples/online-retail.yaml");

  @Test
  void theReferenceHoldsEveryKey() throws IOException, YamlSyntaxException {
    Value reference =
        YamlText.read(Files.readString(REFERENCE), line -> "", "", new Problems()).orElseThrow();
    Set<String> written = new TreeSet<>();
    collectWritten(reference, written);

    Set<String> missing = new TreeSet<>();
    collectKnown(new JsonMapper().readTree(ConfigurationSchema.json(Map.of())), "", missing);
    missing.removeAll(written);
    missing.removeAll(ALTERNATIVES);

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
    Settings withTypes = Configurations.read(Configurations.LEAST + "buyer_types: {}\n");
    assertEquals(Set.of(), difference(modelsOf(withTypes), modelsOf(reference)));
    assertEquals(defaults.lifetimeValue(), reference.lifetimeValue());
    assertEquals(defaults.movement(), reference.movement());
    assertEquals(defaults.checks(), reference.checks());
    assertEquals("conf/out", reference.output().path());
    assertEquals(defaults.output().retention(), reference.output().retention());
    assertEquals(defaults.output().publish(), reference.output().publish());
    assertEquals(defaults.output().historyDays(), reference.output().historyDays());
    assertEquals(defaults.output().postgresql(), reference.output().postgresql());
    assertEquals(defaults.output().report(), reference.output().report());
  }

  @Test
  void theRetailExampleFindsItsDataWhereTheEnvironmentSays() {
    assertEquals(
        List.of("conf/examples/data/online_retail/transactions"),
        read(ONLINE_RETAIL, Map.of()).inputs().transactions().paths());
    assertEquals(
        List.of("/mnt/uci/online_retail/transactions"),
        read(ONLINE_RETAIL, Map.of("KARAT_DATA", "/mnt/uci")).inputs().transactions().paths());
  }

  /** The settings of models without their positions in a list, as the reference adds some. */
  private static Set<String> modelsOf(Settings settings) {
    Set<String> lines = new TreeSet<>();
    settings
        .canonical()
        .lines()
        .filter(line -> line.startsWith("models.") && !line.contains(".count = "))
        .forEach(line -> lines.add(line.replaceFirst("\\[\\d+]", "")));
    return lines;
  }

  private static Set<String> difference(Set<String> all, Set<String> some) {
    Set<String> difference = new TreeSet<>(all);
    difference.removeAll(some);
    return difference;
  }

  private static Settings read(Path file, Map<String, String> environment) {
    Problems problems = new Problems();
    Settings settings = ConfigurationReader.read(file, environment, List.of(), problems);
    problems.throwIfAny();
    return settings;
  }

  /**
   * Collects paths of keys; a name that the business chooses is {@code *}, an item of a list {@code
   * []}.
   */
  private static void collectKnown(JsonNode schema, String path, Set<String> known) {
    if (!schema.isObject()) {
      return;
    }

    String prefix = path.isEmpty() ? "" : path + ".";
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String key = general(prefix + property.getKey());
      known.add(key);
      collectKnown(property.getValue(), key, known);
    }
    schema.path("anyOf").forEach(either -> collectKnown(either, path, known));
    collectKnown(schema.path("additionalProperties"), prefix + "*", known);
    collectKnown(schema.path("items"), path + "[]", known);
  }

  private static void collectWritten(Value value, Set<String> written) {
    written.add(general(value.at().key()));
    if (value instanceof Value.Mapping mapping) {
      mapping.members().values().forEach(member -> collectWritten(member, written));
    } else if (value instanceof Value.Sequence list) {
      list.items().forEach(item -> collectWritten(item, written));
    }
  }

  private static String general(String key) {
    // Tables to join are one block or a list of such blocks.
    String block = key.replaceAll("(?<=\\.join)\\[\\d*]", "");
    return CHOSEN.matcher(block.replaceAll("\\[\\d+]", "[]")).replaceAll("*");
  }
}
