package io.karat.settings.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Value of the configuration as it was written, before its shape is known. */
public sealed interface Value {
  Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

  Location at();

  /** The value as found, in words, for messages. */
  String found();

  /** The same value with every scalar replaced. */
  Value replaceScalars(Function<Scalar, Value> replacement);

  /**
   * Scalar value.
   *
   * @param shown the text in messages, which has references in place of the values of variables
   */
  record Scalar(Location at, String text, boolean quoted, String shown) implements Value {
    private static final int LONGEST_SHOWN = 60;

    /** A scalar without variables. */
    public Scalar(Location at, String text, boolean quoted) {
      this(at, text, quoted, text);
    }

    public boolean isEmpty() {
      return quoted ? text.isBlank() : NOTHING.contains(text);
    }

    @Override
    public String found() {
      if (isEmpty()) {
        return "empty";
      }

      return shown.length() <= LONGEST_SHOWN
          ? "'%s'".formatted(shown)
          : "'%s…'".formatted(shown.substring(0, LONGEST_SHOWN));
    }

    @Override
    public Value replaceScalars(Function<Scalar, Value> replacement) {
      return replacement.apply(this);
    }
  }

  /** List of values. */
  record Sequence(Location at, List<Value> items) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String found() {
      return items.isEmpty() ? "an empty list" : "a list";
    }

    @Override
    public Value replaceScalars(Function<Scalar, Value> replacement) {
      return new Sequence(
          at, items.stream().map(item -> item.replaceScalars(replacement)).toList());
    }
  }

  /** Mapping of keys to values, in the order of the file. */
  record Mapping(Location at, Map<String, Value> members) implements Value {
    public Mapping {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public static Mapping empty(Location at) {
      return new Mapping(at, Map.of());
    }

    public Optional<Value> member(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /**
     * The mapping in a member that a file of Karat's own has.
     *
     * @throws IllegalStateException if it has not, which is a defect of ours
     */
    public Mapping inner(String name) {
      return (Mapping) known(name);
    }

    /** The text of a member that a file of Karat's own has; see {@link #inner}. */
    public String word(String name) {
      return ((Scalar) known(name)).text();
    }

    private Value known(String name) {
      return member(name)
          .orElseThrow(
              () -> new IllegalStateException("%s lacks '%s'".formatted(at.where(), name)));
    }

    /**
     * The same mapping with {@code value} at {@code path}; missing mappings on the path are added.
     */
    public Mapping with(List<String> path, Value value) {
      Map<String, Value> changed = new LinkedHashMap<>(members);
      String name = path.get(0);
      changed.put(name, path.size() == 1 ? value : block(name, value).with(rest(path), value));
      return new Mapping(at, changed);
    }

    private Mapping block(String name, Value cause) {
      return member(name)
          .filter(Mapping.class::isInstance)
          .map(Mapping.class::cast)
          .orElseGet(() -> empty(new Location(cause.at().where(), at.child(name).key())));
    }

    private static List<String> rest(List<String> path) {
      return path.subList(1, path.size());
    }

    @Override
    public String found() {
      return members.isEmpty() ? "an empty mapping" : "a mapping";
    }

    @Override
    public Value replaceScalars(Function<Scalar, Value> replacement) {
      Map<String, Value> replaced = new LinkedHashMap<>();
      members.forEach((name, value) -> replaced.put(name, value.replaceScalars(replacement)));
      return new Mapping(at, replaced);
    }
  }

  /** Value whose problem is reported already. */
  record Unreadable(Location at) implements Value {
    @Override
    public String found() {
      return "unreadable";
    }

    @Override
    public Value replaceScalars(Function<Scalar, Value> replacement) {
      return this;
    }
  }
}
