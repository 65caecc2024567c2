package io.karat.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.settings.Language;
import io.karat.settings.Window;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages of a report in one language, by the keys of {@code words_en.properties} and {@code
 * words_zh.properties}, with arguments in the places {@code {0}}, {@code {1}} and so on.
 */
final class Messages {
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

  private final Language language;
  private final SortedMap<String, String> words;
  private final NumberFormats numbers;

  Messages(Language language, NumberFormats numbers) {
    this.language = language;
    this.words = words(language);
    this.numbers = numbers;
  }

  /** Every key with its text. */
  static SortedMap<String, String> words(Language language) {
    String file = "words_%s.properties".formatted(language.name().toLowerCase(Locale.ROOT));
    try (InputStream in = Messages.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The resource %s is missing".formatted(file));
      }

      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, UTF_8));
      SortedMap<String, String> words = new TreeMap<>();
      properties.stringPropertyNames().forEach(key -> words.put(key, properties.getProperty(key)));
      return Collections.unmodifiableSortedMap(words);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  Language language() {
    return language;
  }

  NumberFormats numbers() {
    return numbers;
  }

  /**
   * The text of a key with its arguments.
   *
   * @throws IllegalStateException if there is no such key
   */
  String say(String key, Object... places) {
    String text = words.get(key);
    if (text == null) {
      throw new IllegalStateException("No words for '%s'".formatted(key));
    }

    return PLACE
        .matcher(text)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(String.valueOf(places[Integer.parseInt(place.group(1))])));
  }

  /** The number of customers in words: {@code 1 customer}, {@code 12 customers}. */
  String customers(long count) {
    return counted("customers", count);
  }

  /** The singular or plural text of a key, with the number in it. */
  String counted(String key, long count) {
    return say(key + (count == 1 ? ".one" : ".many"), numbers.count(count));
  }

  /** The text for a built-in name; other names are read as words. */
  String named(String prefix, String name) {
    String words = this.words.get(prefix + "." + name);
    return words == null ? name.replace('_', ' ') : words;
  }

  /** A label within a sentence: {@code net sales}, but {@code RFM group}. */
  String within(String label) {
    boolean isWord =
        language == Language.EN && label.length() > 1 && Character.isLowerCase(label.charAt(1));
    return isWord ? label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1) : label;
  }

  /** The window in words: {@code the last 365 days}. */
  String window(Window window) {
    return window.days().isPresent()
        ? say("window.days", window.days().getAsInt())
        : say("window.lifetime");
  }

  /** The texts that the page's script needs. */
  Map<String, String> ofScript() {
    return words.subMap("script.", "script/");
  }
}
