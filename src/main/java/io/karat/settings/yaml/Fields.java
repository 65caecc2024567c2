package io.karat.settings.yaml;

import io.karat.settings.yaml.Value.Mapping;
import java.util.Optional;

/** The keys of one block, as written. Whatever cannot be read is noted and replaced. */
public record Fields(Mapping mapping, Problems problems) {
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

  /** Where the block stands. */
  public Location at() {
    return mapping.at();
  }
}
