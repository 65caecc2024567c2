package io.karat.settings;

import io.karat.run.UsageException;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.Overrides;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Variables;
import io.karat.settings.yaml.YamlSyntaxException;
import io.karat.settings.yaml.YamlText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Strict reader of the configuration, which reports all problems at once. Precedence: {@code
 * --set}, then the file with its environment variables expanded, then defaults.
 */
public final class ConfigurationReader {
  private ConfigurationReader() {}

  /**
   * Reads a file; messages name it as given here. Relative paths in it are those from its folder.
   *
   * @param sets the values of {@code --set}; a later one replaces an earlier one
   * @param problems collects what is wrong; broken values are replaced by defaults
   * @throws UsageException if there is no such file, or it is not YAML
   */
  public static Settings read(
      Path file, Map<String, String> environment, List<String> sets, Problems problems) {
    return read(file.toString(), text(file), RelativePaths.of(file), environment, sets, problems);
  }

  /**
   * Reads a text. Relative paths in it are those from the working directory.
   *
   * @param file the name of the text in messages
   * @see #read(Path, Map, List, Problems)
   */
  public static Settings read(
      String file,
      String text,
      Map<String, String> environment,
      List<String> sets,
      Problems problems) {
    return read(file, text, new RelativePaths(Path.of("")), environment, sets, problems);
  }

  private static Settings read(
      String file,
      String text,
      RelativePaths paths,
      Map<String, String> environment,
      List<String> sets,
      Problems problems) {
    Optional<Mapping> written = mapping(file, text, problems);
    if (written.isEmpty()) {
      Mapping nothing = Mapping.empty(new Location(file, ""));
      return SettingsKeys.ROOT.read(DefaultModels.under(nothing), new Problems()).orElseThrow();
    }

    Mapping configuration = Overrides.apply(written.get(), sets, problems);
    SecretOptions.requireVariables(configuration, problems);
    Value expanded = paths.resolved(new Variables(environment, problems).expand(configuration));
    Value whole = DefaultModels.under(handedDown(expanded));
    Settings settings = SettingsKeys.ROOT.read(whole, problems).orElseThrow();
    if (whole instanceof Mapping root) {
      SeparateFolders.require(settings, new ObjectFields(root, problems));
    }
    return settings;
  }

  /** Copies what the whole configuration says of inputs to those that say nothing themselves. */
  private static Value handedDown(Value configuration) {
    Value rounded =
        handedDown(configuration, InputKeys.ROUND_AMOUNTS.name(), InputKeys::hasAmounts);
    return handedDown(rounded, InputKeys.KEEP_IDS.name(), input -> true);
  }

  private static Value handedDown(Value configuration, String name, Predicate<String> isTaken) {
    if (!(configuration instanceof Mapping root)
        || !(root.members().get("inputs") instanceof Mapping inputs)) {
      return configuration;
    }

    Optional<Value> whole = root.member(name);
    Mapping handed = root;
    for (Map.Entry<String, Value> input : inputs.members().entrySet()) {
      if (whole.isPresent()
          && isTaken.test(input.getKey())
          && input.getValue() instanceof Mapping table
          && table.member(name).isEmpty()) {
        handed = handed.with(List.of("inputs", input.getKey(), name), whole.get());
      }
    }

    return handed;
  }

  private static String text(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "%s: %s (looked for %s). Give the path of the configuration with --config."
              .formatted(
                  file,
                  Files.isDirectory(file) ? "this is a folder" : "there is no such file",
                  file.toAbsolutePath().normalize()));
    }

    try {
      return Files.readString(file);
    } catch (CharacterCodingException notText) {
      throw new UsageException("%s: not UTF-8 text. Save it as UTF-8.".formatted(file), notText);
    } catch (IOException unreadable) {
      throw new UsageException(
          "%s: cannot be read: %s. Check its permissions.".formatted(file, unreadable.getMessage()),
          unreadable);
    }
  }

  private static Optional<Mapping> mapping(String file, String text, Problems problems) {
    Location top = new Location(file + ":1", "");
    Optional<Value> root = document(file, text, problems);
    if (root.isEmpty()) {
      problems.add(top, "the file is empty, expected at least 'inputs:'. See conf/karat.yaml.");
      return Optional.empty();
    }

    if (root.get() instanceof Mapping mapping) {
      return Optional.of(new Mapping(top, mapping.members()));
    }

    problems.add(
        root.get().at(),
        "the file is %s, expected keys such as 'inputs:'. See conf/karat.yaml."
            .formatted(root.get().found()));
    return Optional.empty();
  }

  private static Optional<Value> document(String file, String text, Problems problems) {
    try {
      return YamlText.read(text, line -> file + ":" + line, "", problems);
    } catch (YamlSyntaxException broken) {
      throw new UsageException(
          "%s:%d: %s".formatted(file, broken.line(), broken.sentence()), broken);
    }
  }
}
