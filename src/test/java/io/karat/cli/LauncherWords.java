package io.karat.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Words that {@code scripts/karat} lists in its arrays. */
final class LauncherWords {
  private static final String OTHER = "\"${";

  private LauncherWords() {}

  /** The words of an array of the launcher, with those of arrays in it. */
  static List<String> of(String array) throws IOException {
    String launcher = Files.readString(Path.of("scripts/karat"));
    String start = "readonly %s=(".formatted(array);
    int from = launcher.indexOf(start) + start.length();
    List<String> words = new ArrayList<>();
    for (String word : TypedCommands.words(launcher.substring(from, launcher.indexOf(')', from)))) {
      if (word.startsWith(OTHER)) {
        words.addAll(of(word.substring(OTHER.length(), word.indexOf('['))));
      } else {
        words.add(word);
      }
    }
    return words;
  }
}
