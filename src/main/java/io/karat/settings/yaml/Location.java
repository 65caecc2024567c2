package io.karat.settings.yaml;

/**
 * Location of a value in the configuration, for messages.
 *
 * @param where {@code conf/karat.yaml:41}, {@code --set indicators.windows=[90d]} or {@code
 *     default}
 * @param key the dotted path, {@code indicators.windows}; empty for the file as a whole
 */
public record Location(String where, String key) {
  public static final String DEFAULT = "default";

  /** The location of {@code name} in the mapping at this location. */
  public Location child(String name) {
    return new Location(where, key.isEmpty() ? name : key + "." + name);
  }

  /** Whether the value is a built-in default. */
  public boolean isDefault() {
    return where.equals(DEFAULT);
  }

  /** The last element of the key: {@code windows} of {@code indicators.windows}. */
  public String name() {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
