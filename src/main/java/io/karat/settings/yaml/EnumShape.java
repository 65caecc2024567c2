package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.expressions.Spelling;
import io.karat.run.LowerCase;
import io.karat.settings.yaml.Value.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shape of a word out of a fixed set.
 *
 * @param words the value of each word
 */
public record EnumShape<T>(Map<String, T> words) implements Shape<T> {
  private static final String OFF = "off";
  private static final String FALSE = "false";

  public EnumShape {
    words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
  }

  /** The constants of an enum, in lower case and in their order. */
  public static <E extends Enum<E>> EnumShape<E> of(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(LowerCase.of(constant), constant);
    }

    return new EnumShape<>(words);
  }

  @Override
  public Optional<T> read(Value value, Problems problems) {
    if (!(value instanceof Scalar scalar) || scalar.isEmpty()) {
      return refuse(value, "", problems);
    }

    String word = wordOf(scalar.text());
    Optional<T> chosen = Optional.ofNullable(words.get(word));
    return chosen.isPresent()
        ? chosen
        : refuse(value, Spelling.hint(word, words.keySet()), problems);
  }

  /**
   * Reads {@code false} as {@code off}, because tools that rewrite YAML by version 1.1 turn one
   * into the other.
   */
  private String wordOf(String text) {
    return text.equals(FALSE) && words.containsKey(OFF) ? OFF : text;
  }

  @Override
  public String expected() {
    List<String> all = new ArrayList<>(words.keySet());
    String last = all.remove(all.size() - 1);
    return all.isEmpty() ? last : String.join(", ", all) + " or " + last;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonSchema.object();
    ArrayNode values = schema.putArray("enum");
    words.keySet().forEach(values::add);
    if (words.containsKey(OFF)) {
      values.add(false);
    }

    return JsonSchema.orVariable(schema);
  }
}
