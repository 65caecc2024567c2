package io.karat.settings;

import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.YamlSyntaxException;
import io.karat.settings.yaml.YamlText;
import java.util.Optional;

/** Reader of the built-in catalogue, which has the form of a business's own indicators. */
public final class CatalogueReader {
  private CatalogueReader() {}

  /**
   * Reads {@code measures}, {@code indicators} and {@code characteristics} by name.
   *
   * @param resource the name of the text in messages
   * @throws IllegalStateException if the text is not YAML or not a catalogue
   */
  public static Catalogue read(String resource, String yaml, Problems problems) {
    try {
      Optional<Value> root = YamlText.read(yaml, line -> resource + ":" + line, "", problems);
      return root.flatMap(value -> IndicatorKeys.catalogue().read(value, problems))
          .orElseThrow(() -> new IllegalStateException(resource + " is not a catalogue"));
    } catch (YamlSyntaxException broken) {
      throw new IllegalStateException(
          "%s:%d: %s".formatted(resource, broken.line(), broken.sentence()), broken);
    }
  }
}
