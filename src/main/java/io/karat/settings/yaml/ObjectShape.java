package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.expressions.Spelling;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shape of a mapping with known keys; any other key is refused.
 *
 * @param refused keys that are known but refused, each with its message
 * @param exactlyOne alternatives of which exactly one key must be present; may be empty
 * @param elsewhere advice for unknown keys that resemble none; may be empty
 * @param build makes the value from the fields
 */
public record ObjectShape<T>(
    List<Key<?>> keys,
    Map<String, String> refused,
    List<Key<?>> exactlyOne,
    String elsewhere,
    Function<ObjectFields, T> build)
    implements Shape<T> {
  public ObjectShape {
    keys = List.copyOf(keys);
    refused = Map.copyOf(refused);
    exactlyOne = List.copyOf(exactlyOne);
  }

  public static <T> ObjectShape<T> of(List<Key<?>> keys, Function<ObjectFields, T> build) {
    return new ObjectShape<>(keys, Map.of(), List.of(), "", build);
  }

  public ObjectShape<T> notBuilt(String... laterKeys) {
    ObjectShape<T> refusing = this;
    for (String key : laterKeys) {
      refusing = refusing.refusing(key, "'%s' is not available in this version. Remove it.");
    }
    return refusing;
  }

  /** Refuses {@code key} with a message, in which {@code %s} is the dotted path of the key. */
  public ObjectShape<T> refusing(String key, String sentence) {
    Map<String, String> more = new HashMap<>(refused);
    more.put(key, sentence);
    return new ObjectShape<>(keys, more, exactlyOne, elsewhere, build);
  }

  public ObjectShape<T> withExactlyOne(List<Key<?>> alternatives) {
    return new ObjectShape<>(keys, refused, alternatives, elsewhere, build);
  }

  /** Adds {@code sentence} to the message about an unknown key that resembles no other. */
  public ObjectShape<T> elsewhere(String sentence) {
    return new ObjectShape<>(keys, refused, exactlyOne, " " + sentence, build);
  }

  @Override
  public Optional<T> read(Value value, Problems problems) {
    if (value instanceof Scalar scalar && scalar.isEmpty()) {
      return read(Mapping.empty(value.at()), problems);
    }

    if (!(value instanceof Mapping mapping)) {
      return refuse(value, "", problems);
    }

    List<String> known = names(keys);
    mapping.members().forEach((name, member) -> checkKey(name, member.at(), known, problems));
    requireOne(mapping, problems);
    ObjectFields fields = new ObjectFields(mapping, problems);
    fields.requireAtMostOne(exactlyOne);
    return Optional.of(build.apply(fields));
  }

  private void checkKey(String name, Location at, List<String> known, Problems problems) {
    String refusal = refused.get(name);
    if (refusal != null) {
      problems.add(at, refusal.formatted(at.key()));
    } else if (!known.contains(name)) {
      String parent = at.key().substring(0, at.key().length() - name.length());
      String advice =
          Spelling.closest(name, known)
              .map(guess -> "Did you mean '%s%s'?".formatted(parent, guess))
              .orElseGet(
                  () -> "Expected one of: %s.".formatted(String.join(", ", known)) + elsewhere);
      problems.add(at, "unknown key '%s'. %s".formatted(at.key(), advice));
    }
  }

  private void requireOne(Mapping mapping, Problems problems) {
    List<String> names = names(exactlyOne);
    if (!names.isEmpty() && names.stream().noneMatch(mapping.members()::containsKey)) {
      problems.add(
          mapping.at(),
          "'%s' needs one of: %s. Add it.".formatted(mapping.at().key(), String.join(", ", names)));
    }
  }

  private static List<String> names(List<Key<?>> keys) {
    return keys.stream().<String>map(Key::name).toList();
  }

  @Override
  public String expected() {
    return "a mapping with keys such as '%s'".formatted(keys.get(0).name());
  }

  @Override
  public ObjectNode schema() {
    List<Key<?>> required = keys.stream().filter(Key::isRequired).toList();
    ObjectNode schema =
        required.isEmpty() ? JsonSchema.typeOrNull("object") : JsonSchema.type("object");
    ObjectNode properties = schema.putObject("properties");
    keys.forEach(key -> properties.set(key.name(), key.schema()));
    schema.put("additionalProperties", false);
    if (!required.isEmpty()) {
      names(required).forEach(schema.putArray("required")::add);
    }

    if (!exactlyOne.isEmpty()) {
      ArrayNode alternatives = schema.putArray("oneOf");
      names(exactlyOne).forEach(name -> alternatives.addObject().putArray("required").add(name));
    }

    return schema;
  }
}
