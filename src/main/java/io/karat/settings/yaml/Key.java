package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Mapping;
import java.util.Optional;

/**
 * Key of the configuration, with its name, shape, default and meaning in one place.
 *
 * @param otherwise the YAML text of the default, which also stands in for a missing or unreadable
 *     value
 * @param meaning one sentence, which editors show
 */
public record Key<T>(
    String name, Shape<T> shape, Presence presence, String otherwise, String meaning) {
  /** Treatment of an absent key. */
  public enum Presence {
    /** Absence is a problem. */
    REQUIRED,
    /**
     * Absence is a problem, but the schema cannot know it: some mappings of this kind have built-in
     * values, or do without.
     */
    INHERITED,
    /** The default is used. */
    DEFAULTED,
    /** The defaults of its own keys are used. */
    BLOCK,
    /** The value is absent. */
    OPTIONAL
  }

  /**
   * A required key; {@code standIn} replaces an absent or unreadable value, so that reading
   * continues.
   */
  public static <T> Key<T> required(String name, Shape<T> shape, String standIn, String meaning) {
    return new Key<>(name, shape, Presence.REQUIRED, standIn, meaning);
  }

  /**
   * A required key of a mapping that may have built-in values or do without, which then may leave
   * it out.
   */
  public static <T> Key<T> inherited(String name, Shape<T> shape, String standIn, String meaning) {
    return new Key<>(name, shape, Presence.INHERITED, standIn, meaning);
  }

  public static <T> Key<T> byDefault(String name, Shape<T> shape, String value, String meaning) {
    return new Key<>(name, shape, Presence.DEFAULTED, value, meaning);
  }

  public static <T> Key<T> block(String name, Shape<T> shape, String meaning) {
    return new Key<>(name, shape, Presence.BLOCK, "{}", meaning);
  }

  public static <T> Key<T> optional(String name, Shape<T> shape, String meaning) {
    return new Key<>(name, shape, Presence.OPTIONAL, "", meaning);
  }

  public boolean isRequired() {
    return presence == Presence.REQUIRED;
  }

  /** The value if {@code block} lacks the key; reports the absence of a required key. */
  public T absentFrom(Mapping block, Problems problems) {
    Location at = block.at().child(name);
    if (presence == Presence.BLOCK) {
      return shape.read(Mapping.empty(at), problems).orElseThrow();
    }

    if (isRequired() || presence == Presence.INHERITED) {
      problems.add(
          at, "'%s' is missing, expected %s. Add it.".formatted(at.key(), shape.expected()));
    }

    return unreadableIn(block);
  }

  /** The value to continue with if that in {@code block} is not readable. */
  public T unreadableIn(Mapping block) {
    Location at = new Location(Location.DEFAULT, block.at().child(name).key());
    return shape.read(fallback(at), new Problems()).orElseThrow();
  }

  private Value fallback(Location at) {
    try {
      Optional<Value> value =
          YamlText.read(otherwise, line -> at.where(), at.key(), new Problems());
      return value.orElseThrow();
    } catch (YamlSyntaxException broken) {
      throw new IllegalStateException("The default of '%s' is broken".formatted(at.key()), broken);
    }
  }

  public ObjectNode schema() {
    // Keys may have one shape together; what stands beside it is of this key alone.
    ObjectNode schema = shape.schema().deepCopy();
    schema.put("description", meaning);
    if (presence == Presence.DEFAULTED) {
      schema.set("default", JsonSchema.of(fallback(new Location(Location.DEFAULT, name))));
    }

    return schema;
  }
}
