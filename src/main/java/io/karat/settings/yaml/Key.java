package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Mapping;
import java.util.Optional;

/**
 * One key of the configuration: its name, shape, default and meaning in one place.
 *
 * @param otherwise the value where none can be read, as one would write it in the file
 * @param meaning one sentence, which an editor shows
 */
public record Key<T>(
    String name, Shape<T> shape, Presence presence, String otherwise, String meaning) {
  /** What it means that a key is not there. */
  public enum Presence {
    /** A problem. */
    REQUIRED,
    /** A problem too, but an editor cannot know: some blocks of its kind are there by default. */
    INHERITED,
    /** Its default holds. */
    DEFAULTED,
    /** The defaults of its own keys hold. */
    BLOCK,
    /** Nothing is said. */
    OPTIONAL
  }

  /** A key that must be there; {@code standIn} lets reading go on where it is not. */
  public static <T> Key<T> required(String name, Shape<T> shape, String standIn, String meaning) {
    return new Key<>(name, shape, Presence.REQUIRED, standIn, meaning);
  }

  /** The same in blocks of which some are there by default, so that it may be left out of those. */
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

  /** What holds where {@code block} does not have this key. */
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

  /** What reading goes on with where {@code block} has this key, but not a value of its shape. */
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
    ObjectNode schema = shape.schema();
    schema.put("description", meaning);
    if (presence == Presence.DEFAULTED) {
      schema.set("default", JsonSchema.of(fallback(new Location(Location.DEFAULT, name))));
    }

    return schema;
  }
}
