package io.karat.cli;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression on one line, and the same with numbers in the place of its words. */
record FilledExpression(String text) {
  /** A text in quotes, which is kept, or a word. A word before a bracket is a function. */
  private static final Pattern WORD =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|`(?<quoted>[^`]*)`|(?<plain>\\b[A-Za-z_]\\w*\\b)(?!\\s*\\()");

  FilledExpression {
    text = text.strip().replaceAll("\\s+", " ");
  }

  /** Whether it is a name alone. */
  boolean isWord() {
    return text.matches("\\w+");
  }

  /** The formula with values: thousands have no comma where a comma stands between arguments. */
  String with(Map<String, Optional<Object>> operands, CustomerFigures figures) {
    boolean hasArguments = text.contains(",");
    Matcher words = WORD.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (words.find()) {
      String word = Optional.ofNullable(words.group("plain")).orElse(words.group("quoted"));
      String shown =
          word != null && operands.containsKey(word)
              ? operand(operands.get(word), hasArguments, figures)
              : words.group();
      words.appendReplacement(filled, Matcher.quoteReplacement(shown));
    }
    return words.appendTail(filled).toString();
  }

  private static String operand(
      Optional<Object> value, boolean hasArguments, CustomerFigures figures) {
    String shown = figures.plain(value);
    if (value.orElse("") instanceof Number) {
      String number = hasArguments ? shown.replace(",", "") : shown;
      return number.startsWith("-") ? "(" + number + ")" : number;
    }
    return value.isPresent() && value.get() instanceof String ? "'" + shown + "'" : shown;
  }
}
