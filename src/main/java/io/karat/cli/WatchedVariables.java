package io.karat.cli;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;

/** Environment variables, of which those that are looked up become secrets. */
final class WatchedVariables extends AbstractMap<String, String> {
  private final Map<String, String> environment;
  private final Secrets secrets;

  WatchedVariables(Map<String, String> environment, Secrets secrets) {
    this.environment = environment;
    this.secrets = secrets;
  }

  @Override
  public @Nullable String get(Object name) {
    String value = environment.get(name);
    if (value != null) {
      secrets.add(String.valueOf(name), value);
    }
    return value;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return environment.entrySet();
  }
}
