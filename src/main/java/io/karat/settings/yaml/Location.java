package io.karat.settings.yaml;

/**
 * Where something was said, so that a message can point at it.
 *
 * @param where {@code conf/karat.yaml:41}, {@code --set indicators.windows=[90d]} or {@code
 *     default}
 * @param key the dotted path, {@code indicators.windows}; empty for the file as a whole
 */
public record Location(String where, String key) {
  public static final String DEFAULT = "default";

  /** The place of {@code name} inside the block at this place. */
  public Location child(String name) {
    return new Location(where, key.isEmpty() ? name : key + "." + name);
  }

  /** Whether it comes with Karat, and nobody has said it. */
  public boolean isDefault() {
    return where.equals(DEFAULT);
  }

  /** The last part of the key: {@code windows} of {@code indicators.windows}. */
  public String name() {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
