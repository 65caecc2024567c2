package io.karat.report;

import io.karat.settings.Language;
import io.karat.settings.Translations;
import io.karat.settings.Window;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Messages of a report in one language, by the keys of {@link Translations}. */
final class Messages {
  private final Language language;
  private final SortedMap<String, String> words;
  private final NumberFormats numbers;

  Messages(Language language, NumberFormats numbers) {
    this.language = language;
    this.words = Translations.in(language);
    this.numbers = numbers;
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
    return Translations.text(language, key, places);
  }

  /** The number of customers in words: {@code 1 customer}, {@code 12 customers}. */
  String customers(long count) {
    return counted("customers", count);
  }

  /** The singular or plural text of a key, with the number in it. */
  String counted(String key, long count) {
    return say(key + (count == 1 ? ".one" : ".many"), numbers.count(count));
  }

  /** Sentences one after another. */
  String sentences(List<String> sentences) {
    return String.join(say("between.sentences"), sentences);
  }

  /** Parts of a sentence one after another, which may have commas of their own. */
  String listed(List<String> parts) {
    return String.join(say("semicolon"), parts);
  }

  /** The text for a built-in name; other names are read as words. */
  String named(String prefix, String name) {
    String words = this.words.get(prefix + "." + name);
    return words == null ? name.replace('_', ' ') : words;
  }

  /** A value of a characteristic as a reader knows it: {@code yes} for that of a flag. */
  String value(String value) {
    return switch (value) {
      case "true" -> say("yes");
      case "false" -> say("no");
      default -> value;
    };
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
