package io.karat.settings;

import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.YamlResource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Built-in models, in the form of a business's own. The configuration overrides them key by key;
 * lists, weights and tables of levels are replaced as a whole.
 */
final class DefaultModels {
  private static final String RESOURCE = "models.yaml";

  private static final Pattern REPLACED_AS_A_WHOLE =
      Pattern.compile(
          "pyramids\\.[^.]+\\.weights|scorecard\\.[^.]+\\.indicators|churn\\.levels"
              + "|clustering\\.features");

  private DefaultModels() {}

  /** Fills the keys that a configuration leaves out from the built-in models. */
  static Value under(Value configuration) {
    return configuration instanceof Mapping written ? merged(written, defaults()) : configuration;
  }

  /** The built-in models alone. */
  static Models models() {
    return ModelKeys.models(new ObjectFields(defaults(), new Problems()), Set.of());
  }

  /** The codes with built-in names. */
  static Set<String> names() {
    return ((Mapping) defaults().member("names").orElseThrow()).members().keySet();
  }

  private static Mapping merged(Mapping written, Mapping defaults) {
    Map<String, Value> members = new LinkedHashMap<>(defaults.members());
    written
        .members()
        .forEach(
            (name, value) ->
                members.merge(name, value, (byDefault, said) -> merged(said, byDefault)));
    return new Mapping(written.at(), members);
  }

  private static Value merged(Value written, Value byDefault) {
    if (written instanceof Scalar scalar && scalar.isEmpty()) {
      return byDefault;
    }

    return written instanceof Mapping said
            && byDefault instanceof Mapping defaults
            && !REPLACED_AS_A_WHOLE.matcher(said.at().key()).matches()
        ? merged(said, defaults)
        : written;
  }

  /** Reads the resource anew at each call: it is short, and no mutable state is kept. */
  private static Mapping defaults() {
    return YamlResource.read(DefaultModels.class, RESOURCE, line -> Location.DEFAULT);
  }
}
