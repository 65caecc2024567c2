package io.karat.draft;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Form in which systems write days and times.
 *
 * @param pattern of {@code to_timestamp}; empty for ISO 8601, or the name of a function that reads
 *     a number of seconds or milliseconds since 1970
 */
record TimeForm(String pattern) {
  static final TimeForm ISO = new TimeForm("");

  private static final int ISO_DAY = "yyyy-MM-dd".length();
  private static final String SINCE_1970 = "timestamp_";

  /** The forms that are looked for, those of two digits before those of one or two. */
  static final List<TimeForm> ALL =
      Stream.of(
              "",
              "yyyyMMdd",
              "yyyyMMddHHmmss",
              "yyyy/MM/dd",
              "yyyy/M/d",
              "yyyy/M/d H:mm",
              "yyyy/M/d H:mm:ss",
              "yyyy.MM.dd",
              "yyyy年M月d日",
              "dd.MM.yyyy",
              "dd.MM.yyyy HH:mm",
              "dd.MM.yyyy HH:mm:ss",
              "d.M.yyyy",
              "d.M.yyyy H:mm",
              "dd.MM.yy",
              "dd/MM/yyyy",
              "MM/dd/yyyy",
              "d/M/yyyy",
              "M/d/yyyy",
              "d/M/yyyy H:mm",
              "M/d/yyyy H:mm",
              "d/M/yyyy H:mm:ss",
              "M/d/yyyy H:mm:ss",
              "M/d/yyyy h:mm:ss a",
              "d/M/yy",
              "M/d/yy",
              "d/M/yy H:mm",
              "M/d/yy H:mm",
              "dd-MM-yyyy",
              "MM-dd-yyyy",
              "d-MMM-yyyy",
              "d MMM yyyy",
              SINCE_1970 + "seconds",
              SINCE_1970 + "millis")
          .map(TimeForm::new)
          .toList();

  private static final Pattern LETTERS = Pattern.compile("([a-zA-Z])\\1*");

  /** Whether a number counts seconds or milliseconds, as many other numbers might. */
  boolean isCount() {
    return pattern.startsWith(SINCE_1970);
  }

  /** Whether another form puts day, month and year in the same order. */
  boolean isLike(TimeForm other) {
    return order().equals(other.order());
  }

  private String order() {
    return pattern.replace("dd", "d").replace("MM", "M").replace("HH", "H");
  }

  /** The time in Spark SQL. */
  String reading(String text) {
    if (isCount()) {
      return "%s(bigint(%s))".formatted(pattern, text);
    }
    return pattern.isEmpty() ? text : "to_timestamp(%s, '%s')".formatted(text, pattern);
  }

  /** The time in Spark SQL, null where a text is none. */
  String trial(String text) {
    if (isCount()) {
      return "%s(try_cast(%s AS BIGINT))".formatted(pattern, text);
    }
    return pattern.isEmpty()
        ? "try_cast(%s AS TIMESTAMP)".formatted(text)
        : "try_to_timestamp(%s, '%s')".formatted(text, pattern);
  }

  /** The test whether texts are of this form, which most are told from by their shape. */
  Predicate<String> test() {
    Predicate<String> shape = shape().asMatchPredicate();
    if (isCount()) {
      return shape;
    }

    DateTimeFormatter format =
        pattern.isEmpty()
            ? DateTimeFormatter.ISO_LOCAL_DATE
            : DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.US)
                .withResolverStyle(ResolverStyle.STRICT);
    return shape.and(text -> isRead(pattern.isEmpty() ? text.substring(0, ISO_DAY) : text, format));
  }

  private static boolean isRead(String text, DateTimeFormatter format) {
    try {
      format.parse(text);
      return true;
    } catch (DateTimeParseException none) {
      return false;
    }
  }

  private Pattern shape() {
    if (isCount()) {
      return Pattern.compile(pattern.endsWith("millis") ? "1[0-9]{12}" : "1[0-9]{9}");
    }
    if (pattern.isEmpty()) {
      return Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}($|[ T].*)");
    }
    return Pattern.compile(
        LETTERS.matcher(pattern.replace(".", "[.]")).replaceAll(letters -> shape(letters.group())));
  }

  private static String shape(String letters) {
    return switch (letters) {
      case "a" -> "[AP]M";
      case "MMM" -> "[A-Z][a-z]{2}";
      default -> letters.length() == 1 ? "[0-9]{1,2}" : "[0-9]{%d}".formatted(letters.length());
    };
  }
}
