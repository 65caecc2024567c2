package io.karat.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Arguments that name the files of options which the launcher gives this version of Java. */
public final class JavaOptions {
  private static final int NEWER_JAVA = 23;

  private JavaOptions() {}

  public static List<String> files() {
    String versions = Runtime.version().feature() < NEWER_JAVA ? "17" : "23";
    return List.of(file("java"), file("java-" + versions));
  }

  /** The command that starts a test class as the launcher starts Karat. */
  public static List<String> command(Class<?> main, String option, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(files());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", option, "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static String file(String name) {
    return "@" + Path.of("conf", name + ".options").toAbsolutePath();
  }
}
