package io.karat.settings.yaml;

import io.karat.settings.yaml.Value.Mapping;
import java.util.List;
import java.util.Optional;

/** The keys of one block, as written. Whatever cannot be read is noted and replaced. */
public record ObjectFields(Mapping mapping, Problems problems) {
  /** The value of {@code key}, or its default. */
  public <T> T of(Key<T> key) {
    return mapping
        .member(key.name())
        .map(value -> key.shape().read(value, problems).orElseGet(() -> key.unreadableIn(mapping)))
        .orElseGet(() -> key.absentFrom(mapping, problems));
  }

  /** The value of {@code key} where it is said and can be read. */
  public <T> Optional<T> find(Key<T> key) {
    return mapping.member(key.name()).flatMap(value -> key.shape().read(value, problems));
  }

  public boolean has(Key<?> key) {
    return mapping.member(key.name()).isPresent();
  }

  /** Whether somebody has said what stands at a path of keys; a default has been said by nobody. */
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

  /** Notes where more than one of {@code keys} is there. */
  public void requireAtMostOne(List<Key<?>> keys) {
    List<String> given = keys.stream().filter(this::has).<String>map(Key::name).toList();
    if (given.size() > 1) {
      problems.add(
          at(),
          "'%s' has %s, expected only one of them. Keep one."
              .formatted(at().key(), String.join(" and ", given)));
    }
  }

  /** Where {@code key} stands, or its block where it is not there. */
  public Location at(Key<?> key) {
    return mapping.member(key.name()).map(Value::at).orElseGet(() -> at().child(key.name()));
  }

  /** Where something stands at a path of keys, or the block where it is not there. */
  public Location at(String... path) {
    return find(path).map(Value::at).orElseGet(this::at);
  }

  /** Where the block stands. */
  public Location at() {
    return mapping.at();
  }
}
