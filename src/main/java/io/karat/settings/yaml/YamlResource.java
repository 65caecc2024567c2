package io.karat.settings.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.settings.yaml.Value.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.IntFunction;

/** YAML of Karat's own: a mapping in a file among the classes. */
public final class YamlResource {
  private YamlResource() {}

  /** Reads the file of a name beside a class; the location of a value is file and line. */
  public static Mapping read(Class<?> beside, String name) {
    return read(beside, name, line -> name + ":" + line);
  }

  /**
   * Reads the file of a name beside a class.
   *
   * @param where the location of a line
   * @throws IllegalStateException if it is missing or no valid YAML
   */
  public static Mapping read(Class<?> beside, String name, IntFunction<String> where) {
    try (InputStream resource = beside.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("The resource " + name + " is missing");
      }

      Problems problems = new Problems();
      Mapping root =
          (Mapping)
              YamlText.read(new String(resource.readAllBytes(), UTF_8), where, "", problems)
                  .orElseThrow();
      problems.throwIfAny();
      return root;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    } catch (YamlSyntaxException broken) {
      throw new IllegalStateException(
          "%s:%d: %s".formatted(name, broken.line(), broken.sentence()), broken);
    }
  }
}
