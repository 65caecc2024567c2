package io.karat.run;

import java.util.Locale;

/** Lower-case names of enum constants, as configuration, tables and files have them. */
public final class LowerCase {
  private LowerCase() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
