package io.karat.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.run.LowerCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translations of the sentences that Karat prints, publishes and draws: {@code
 * messages_en.properties} and {@code messages_zh.properties}, which have the same keys, with
 * arguments in the places {@code {0}} to {@code {9}}.
 *
 * <p>Labels and definitions of tables, indicators and default models stand beside what they name,
 * in both languages, in YAML.
 */
public final class Translations {
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");
  private static final Map<Language, SortedMap<String, String>> MESSAGES = read();

  private Translations() {}

  /** Every key with its text, places unfilled. */
  public static SortedMap<String, String> in(Language language) {
    return Objects.requireNonNull(MESSAGES.get(language));
  }

  /**
   * The sentence of a key in both languages.
   *
   * @param arguments what stands in its places; of a {@link BilingualText} the same language, of a
   *     whole number its digits in groups of three
   * @throws IllegalStateException if there is no such key or an argument is missing
   */
  public static BilingualText text(String key, Object... arguments) {
    return new BilingualText(text(Language.EN, key, arguments), text(Language.ZH, key, arguments));
  }

  /** The sentence of a key in one language; see {@link #text(String, Object...)}. */
  public static String text(Language language, String key, Object... arguments) {
    String message = in(language).get(key);
    if (message == null) {
      throw new IllegalStateException("There is no message '%s'".formatted(key));
    }
    return PLACE
        .matcher(message)
        .replaceAll(place -> argument(language, key, place.group(1), arguments));
  }

  /** The singular or plural sentence of a key, with the number in its first place. */
  public static BilingualText counted(String key, long count) {
    return text(key + (count == 1 ? ".one" : ".many"), count);
  }

  /** The sentence of a name, such as that of a column; its own words if there is none. */
  public static BilingualText named(String prefix, String name) {
    String key = prefix + "." + name;
    return in(Language.EN).containsKey(key) ? text(key) : BilingualText.inWords(name);
  }

  /** Items separated by commas. */
  public static BilingualText listed(Collection<String> items) {
    return new BilingualText(
        String.join(text(Language.EN, "comma"), items),
        String.join(text(Language.ZH, "comma"), items));
  }

  /** The key of a constant, such as {@code unit.money}. */
  public static String key(String prefix, Enum<?> constant) {
    return prefix + "." + LowerCase.of(constant);
  }

  private static String argument(Language language, String key, String place, Object[] arguments) {
    int i = Integer.parseInt(place);
    if (i >= arguments.length) {
      throw new IllegalStateException("Message '%s' lacks its argument %d".formatted(key, i));
    }
    return Matcher.quoteReplacement(inWords(arguments[i], language));
  }

  private static String inWords(Object argument, Language language) {
    if (argument instanceof BilingualText text) {
      return text.in(language);
    }
    return argument instanceof Long || argument instanceof Integer
        ? "%,d".formatted(((Number) argument).longValue())
        : String.valueOf(argument);
  }

  private static Map<Language, SortedMap<String, String>> read() {
    Map<Language, SortedMap<String, String>> messages = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      messages.put(language, read(language));
    }
    return messages;
  }

  private static SortedMap<String, String> read(Language language) {
    String file = "messages_%s.properties".formatted(LowerCase.of(language));
    try (InputStream in = Translations.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The resource %s is missing".formatted(file));
      }
      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, UTF_8));
      SortedMap<String, String> messages = new TreeMap<>();
      properties
          .stringPropertyNames()
          .forEach(key -> messages.put(key, properties.getProperty(key)));
      return Collections.unmodifiableSortedMap(messages);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
