package io.karat.cli;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expression on one line, which can be filled with the values of its operands. */
record FilledExpression(String text) {
  /** Matches a quoted text, which is kept, or a name; a name before a bracket is a function. */
  private static final Pattern WORD =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|`(?<quoted>[^`]*)`|(?<plain>\\b[A-Za-z_]\\w*\\b)(?!\\s*\\()");

  FilledExpression {
    text = text.strip().replaceAll("\\s+", " ");
  }

  /** Whether the expression is a single name. */
  boolean isWord() {
    return text.matches("\\w+");
  }

  /** Fills in the values; without commas between thousands if arguments are separated by commas. */
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
