package io.karat.settings;

import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.YamlSyntaxException;
import io.karat.settings.yaml.YamlText;
import java.util.Optional;

/** Reads the built-in catalogue, which is written in the form of a business's own indicators. */
public final class CatalogueReader {
  private CatalogueReader() {}

  /**
   * Reads a catalogue: {@code measures} and {@code indicators} by name.
   *
   * @param resource what messages call it
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
