package io.karat.settings.yaml;

import io.karat.settings.yaml.Value.Mapping;
import java.util.List;
import java.util.Optional;

/** Fields of one mapping, read by key. Unreadable values are reported and replaced. */
public record ObjectFields(Mapping mapping, Problems problems) {
  /** The value of {@code key}, or its default. */
  public <T> T of(Key<T> key) {
    return mapping
        .member(key.name())
        .map(value -> key.shape().read(value, problems).orElseGet(() -> key.unreadableIn(mapping)))
        .orElseGet(() -> key.absentFrom(mapping, problems));
  }

  /** The value of {@code key}, if it is present and readable. */
  public <T> Optional<T> find(Key<T> key) {
    return mapping.member(key.name()).flatMap(value -> key.shape().read(value, problems));
  }

  public boolean has(Key<?> key) {
    return mapping.member(key.name()).isPresent();
  }

  /**
   * Whether the configuration itself has a value at a path of keys; built-in defaults do not count.
   */
  public boolean isSaid(String... path) {
    return find(path).filter(value -> !value.at().isDefault()).isPresent();
  }

  private Optional<Value> find(String... path) {
    Optional<Value> value = Optional.of(mapping);
    for (String name : path) {
      value =
          value.filter(Mapping.class::isInstance).flatMap(block -> ((Mapping) block).member(name));
    }
    return value;
  }

  /** Reports a problem if more than one of {@code keys} is present. */
  public void requireAtMostOne(List<Key<?>> keys) {
    List<String> given = keys.stream().filter(this::has).<String>map(Key::name).toList();
    if (given.size() > 1) {
      problems.add(
          at(),
          "'%s' has %s, expected only one of them. Keep one."
              .formatted(at().key(), String.join(" and ", given)));
    }
  }

  /** The location of {@code key}, also if it is absent. */
  public Location at(Key<?> key) {
    return mapping.member(key.name()).map(Value::at).orElseGet(() -> at().child(key.name()));
  }

  /** The location of the value at a path of keys, or of the mapping if there is none. */
  public Location at(String... path) {
    return find(path).map(Value::at).orElseGet(this::at);
  }

  /** The location of the mapping. */
  public Location at() {
    return mapping.at();
  }
}
