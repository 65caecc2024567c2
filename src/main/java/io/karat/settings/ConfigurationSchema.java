package io.karat.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.JsonSchema;
import java.util.Map;

/** JSON Schema of the configuration, for editors, from the definitions that read it. */
public final class ConfigurationSchema {
  private static final String ID =
      "https://raw.githubusercontent.com/karat-io/karat/main/conf/karat.schema.json";

  private ConfigurationSchema() {}

  /**
   * The schema as JSON (draft 2020-12).
   *
   * @param indicators the names of indicators that editors complete, with their meanings
   */
  public static String json(Map<String, String> indicators) {
    ObjectNode schema =
        JsonSchema.object()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("$id", ID)
            .put("title", "Karat configuration");
    schema.setAll(SettingsKeys.ROOT.schema());
    ObjectNode definitions = schema.putObject("$defs");
    definitions.set("variable", JsonSchema.variableDefinition());
    IndicatorReferences.define(definitions, indicators);
    return print(schema);
  }

  private static String print(ObjectNode schema) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(lines);
    try {
      return new JsonMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException unprintable) {
      throw new IllegalStateException("The schema cannot be printed", unprintable);
    }
  }
}
