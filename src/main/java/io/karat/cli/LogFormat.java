package io.karat.cli;

import io.karat.run.UsageException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Format of the log: text for people, or one JSON object per line for machines. */
enum LogFormat {
  TEXT,
  JSON;

  static final String OPTION = "--log-format";
  static final String VARIABLE = "KARAT_LOG_FORMAT";

  /**
   * The format asked for, found before the command line is parsed, so that its errors are logged in
   * this format too. An unknown format counts as text.
   */
  static LogFormat of(List<String> arguments, Map<String, String> environment) {
    Optional<String> typed = Optional.empty();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(OPTION + "=")) {
        typed = Optional.of(argument.substring(OPTION.length() + 1));
      } else if (argument.equals(OPTION) && i + 1 < arguments.size()) {
        typed = Optional.of(arguments.get(i + 1));
      }
    }
    return typed
        .or(() -> Optional.ofNullable(environment.get(VARIABLE)))
        .flatMap(LogFormat::named)
        .orElse(TEXT);
  }

  /**
   * Ends a command if the environment names an unknown format.
   *
   * @throws UsageException naming it
   */
  static void requireKnown(Map<String, String> environment) {
    String asked = environment.getOrDefault(VARIABLE, "");
    if (!asked.isEmpty() && named(asked).isEmpty()) {
      throw new UsageException(
          "%s is '%s', expected text or json. Correct it, or unset it.".formatted(VARIABLE, asked));
    }
  }

  private static Optional<LogFormat> named(String text) {
    return switch (text) {
      case "text" -> Optional.of(TEXT);
      case "json" -> Optional.of(JSON);
      default -> Optional.empty();
    };
  }

  /** Words for formats. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("text", "json").iterator();
    }
  }

  /** Converter of the option. */
  static final class Converter implements ITypeConverter<LogFormat> {
    @Override
    public LogFormat convert(String text) {
      return named(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is not a format, expected text or json".formatted(text)));
    }
  }
}
