package io.karat.run;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text without characters that steer a terminal, break a line, or turn its direction: they are
 * shown as escapes, such as {@code \n} and {@code \u001b}.
 */
public final class PrintableText {
  private static final String STEERING =
      "\\p{Cc}\\u2028\\u2029\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069\\uFEFF";

  private static final Pattern ALL = Pattern.compile("[%s]".formatted(STEERING));
  private static final Pattern BUT_LINE_ENDS = Pattern.compile("[%s&&[^\n]]".formatted(STEERING));

  private PrintableText() {}

  /** The text on one line. */
  public static String line(String text) {
    return escaped(text, ALL);
  }

  /** The text on the lines that it has. */
  public static String lines(String text) {
    return escaped(text, BUT_LINE_ENDS);
  }

  private static String escaped(String text, Pattern steering) {
    return steering.matcher(text).replaceAll(found -> "\\\\" + escape(found.group().charAt(0)));
  }

  private static String escape(char character) {
    return switch (character) {
      case '\n' -> "n";
      case '\r' -> "r";
      case '\t' -> "t";
      default -> String.format(Locale.ROOT, "u%04x", (int) character);
    };
  }
}
