package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests of the messages of the report in both languages. */
class MessagesTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  /** Keys that are composed of a prefix and a name. */
  private static final Pattern PUT_TOGETHER =
      Pattern.compile(
          "(model|kind|origin|column|judged|rows|status)\\..*|rfm\\.(word_|by_)?(recency|monetary)"
              + "|script\\..*|.*\\.(one|many)");

  @Test
  void everythingIsSaidInBothLanguages() {
    assertEquals(Messages.words(Language.EN).keySet(), Messages.words(Language.ZH).keySet());
  }

  @Test
  void bothLanguagesSayTheSameNumbers() {
    SortedMap<String, String> chinese = Messages.words(Language.ZH);
    List<String> different =
        Messages.words(Language.EN).entrySet().stream()
            .filter(
                it -> !places(it.getValue()).equals(places(chinese.getOrDefault(it.getKey(), ""))))
            .map(it -> it.getKey())
            .toList();

    assertEquals(List.of(), different);
  }

  @Test
  void nothingIsTranslatedThatNobodySays() throws IOException {
    String sources = sources();
    List<String> unused =
        Messages.words(Language.EN).keySet().stream()
            .filter(key -> !PUT_TOGETHER.matcher(key).matches())
            .filter(key -> !sources.contains('"' + key + '"') && !sources.contains("}" + key + "{"))
            .toList();

    assertEquals(List.of(), unused);
  }

  private static Set<String> places(String words) {
    return PLACE
        .matcher(words)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String sources() throws IOException {
    return texts(Path.of("src/main/java/io/karat/report"))
        + texts(Path.of("src/main/resources/io/karat/report"));
  }

  private static String texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(it -> it.toString().matches(".*\\.(java|html)"))
          .map(MessagesTest::text)
          .collect(Collectors.joining());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
