package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

/** Tests of the translations: both languages have the same keys, places and no idle key. */
class TranslationsTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  /** Keys that are composed of a prefix and a name. */
  private static final Pattern PUT_TOGETHER =
      Pattern.compile(
          "(model|metric|kind|origin|column|judged|predictor|rows|status|category|unit|published|segment_name"
              + "|measure_name|quarantine|topic|key_reason|family|sales|churn_verdict|card\\.foreseen)\\..*"
              + "|(fit|form)\\.(nbd|poisson|own_means|equal_.*)|rfm\\.(word_|by_)?(recency|monetary)"
              + "|script\\..*|.*\\.(one|many|equal)");

  @Test
  void everythingIsSaidInBothLanguages() {
    assertEquals(Translations.in(Language.EN).keySet(), Translations.in(Language.ZH).keySet());
  }

  /** On a dark page what is dark on a light one is light. */
  @Test
  void noPictureIsExplainedByWhatIsLightOrDark() {
    Pattern shade = Pattern.compile("\\b(pale|dark|light)\\b|浅色|深色");
    List<String> shaded =
        Stream.of(Language.values())
            .flatMap(language -> Translations.in(language).entrySet().stream())
            .filter(it -> shade.matcher(it.getValue()).find())
            .map(it -> it.getValue())
            .toList();

    assertEquals(List.of(), shaded);
  }

  @Test
  void bothLanguagesSayTheSameNumbers() {
    SortedMap<String, String> chinese = Translations.in(Language.ZH);
    List<String> different =
        Translations.in(Language.EN).entrySet().stream()
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
        Translations.in(Language.EN).keySet().stream()
            .filter(key -> !PUT_TOGETHER.matcher(key).matches())
            .filter(key -> !sources.contains('"' + key + '"') && !sources.contains("}" + key + "{"))
            .toList();

    assertEquals(List.of(), unused);
  }

  @Test
  void argumentsStandInTheirPlacesInBothLanguages() {
    BilingualText days = Translations.text("days", 3);

    assertEquals("3 days", days.en());
    assertEquals("3 days", Translations.text(Language.EN, "days", 3));
    assertEquals(
        "3 days (3 days)", Translations.text("label.windowed", days, days).in(Language.EN));
  }

  @Test
  void missingKeysAndArgumentsAreOurBugs() {
    assertEquals(
        "There is no message 'no.such'",
        assertThrows(IllegalStateException.class, () -> Translations.text("no.such")).getMessage());
    assertEquals(
        "Message 'days' lacks its argument 0",
        assertThrows(IllegalStateException.class, () -> Translations.text("days")).getMessage());
  }

  private static Set<String> places(String words) {
    return PLACE
        .matcher(words)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String sources() throws IOException {
    return texts(Path.of("src/main/java/io/karat")) + texts(Path.of("src/main/resources/io/karat"));
  }

  private static String texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(it -> it.toString().matches(".*\\.(java|html)"))
          .map(TranslationsTest::text)
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
