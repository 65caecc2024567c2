package io.karat.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Words that {@code scripts/karat} lists in its arrays. */
final class LauncherWords {
  private LauncherWords() {}

  /** The words of an array of the launcher. */
  static List<String> of(String array) throws IOException {
    String launcher = Files.readString(Path.of("scripts/karat"));
    String start = "readonly %s=(".formatted(array);
    int from = launcher.indexOf(start) + start.length();
    return TypedCommands.words(launcher.substring(from, launcher.indexOf(')', from)));
  }
}
