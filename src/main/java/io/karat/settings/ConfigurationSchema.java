package io.karat.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.JsonSchema;

/** JSON Schema of the configuration, for editors, from the definitions that read it. */
public final class ConfigurationSchema {
  private ConfigurationSchema() {}

  /** The schema as JSON (draft 2020-12). */
  public static String json() {
    ObjectNode schema =
        JsonSchema.object()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", "Karat configuration");
    schema.setAll(SettingsKeys.ROOT.schema());
    schema.putObject("$defs").set("variable", JsonSchema.variableDefinition());
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
