package io.karat.run;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** Parser of as-of days, in the two formats that users and schedulers write. */
public final class AsOf {
  private static final DateTimeFormatter DASHED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

  private AsOf() {}

  /**
   * Reads {@code 2026-03-01} or {@code 20260301}.
   *
   * @param option the option that the text was given to, for the message
   * @throws UsageException if the text has neither format, or names a day that does not exist
   */
  public static LocalDate parse(String option, String text) {
    try {
      return LocalDate.parse(text, text.contains("-") ? DASHED : COMPACT);
    } catch (DateTimeException notADay) {
      throw new UsageException(
          "%s '%s' is not a day: expected 2026-03-01 or 20260301.".formatted(option, text),
          notADay);
    }
  }
}
