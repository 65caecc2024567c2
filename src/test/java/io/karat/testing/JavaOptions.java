package io.karat.testing;

import java.nio.file.Path;
import java.util.List;

/** Arguments that name the files of options which the launcher gives this version of Java. */
public final class JavaOptions {
  private static final int NEWER_JAVA = 23;

  private JavaOptions() {}

  public static List<String> files() {
    String versions = Runtime.version().feature() < NEWER_JAVA ? "17" : "23";
    return List.of(file("java"), file("java-" + versions));
  }

  private static String file(String name) {
    return "@" + Path.of("conf", name + ".options").toAbsolutePath();
  }
}
