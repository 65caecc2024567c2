package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A mapping with known keys; any other key is refused.
 *
 * @param notBuilt keys of later versions, which are refused as such
 * @param exactlyOne keys of which one, and only one, must be there; may be none
 * @param elsewhere where a key that is not known may belong; may be empty
 * @param build makes the value from what was written
 */
public record Block<T>(
    List<Key<?>> keys,
    List<String> notBuilt,
    List<Key<?>> exactlyOne,
    String elsewhere,
    Function<Fields, T> build)
    implements Shape<T> {
  public Block {
    keys = List.copyOf(keys);
    notBuilt = List.copyOf(notBuilt);
    exactlyOne = List.copyOf(exactlyOne);
  }

  public static <T> Block<T> of(List<Key<?>> keys, Function<Fields, T> build) {
    return new Block<>(keys, List.of(), List.of(), "", build);
  }

  public Block<T> refusing(String... laterKeys) {
    return new Block<>(keys, Arrays.asList(laterKeys), exactlyOne, elsewhere, build);
  }

  public Block<T> withExactlyOne(List<Key<?>> alternatives) {
    return new Block<>(keys, notBuilt, alternatives, elsewhere, build);
  }

  /** Ends the message about an unknown key that resembles no other with {@code sentence}. */
  public Block<T> elsewhere(String sentence) {
    return new Block<>(keys, notBuilt, exactlyOne, " " + sentence, build);
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
    Fields fields = new Fields(mapping, problems);
    fields.requireAtMostOne(exactlyOne);
    return Optional.of(build.apply(fields));
  }

  private void checkKey(String name, Location at, List<String> known, Problems problems) {
    if (notBuilt.contains(name)) {
      problems.add(at, "'%s' is not built yet in this version. Remove it.".formatted(at.key()));
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
    ObjectNode schema = required.isEmpty() ? Json.typeOrNull("object") : Json.type("object");
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
