package io.karat.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Number format for people, independent of the locale: thousands are separated by commas. */
final class ConsoleNumbers {
  private static final long NANOSECONDS_PER_SECOND = 1_000_000_000L;

  private ConsoleNumbers() {}

  /** Formats {@code 1234567} as {@code 1,234,567}; a decimal keeps its scale. */
  static String text(Number number) {
    BigDecimal exact = new BigDecimal(number.toString());
    return String.format(Locale.ROOT, "%,." + Math.max(0, exact.scale()) + "f", exact);
  }

  /** Formats {@code 1 file} and {@code 1,200 files}. */
  static String text(Number number, String one) {
    return text(number) + " " + one + (number.longValue() == 1 ? "" : "s");
  }

  /** Formats an instant without fractions of seconds, as {@code 2026-03-02T01:00:00Z}. */
  static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Formats {@code 1,200 rows/s}; empty without rows or without elapsed time. */
  static String rate(long rows, long nanoseconds) {
    return rows > 0 && nanoseconds > 0
        ? text(Math.round((double) rows * NANOSECONDS_PER_SECOND / nanoseconds)) + " rows/s"
        : "";
  }

  /** Formats a duration as {@code 0.4 s}, {@code 59.9 s} or {@code 2 min 05 s}. */
  static String time(long nanoseconds) {
    long tenths = Math.round(10.0 * nanoseconds / NANOSECONDS_PER_SECOND);
    if (tenths < 600) {
      return String.format(Locale.ROOT, "%d.%d s", tenths / 10, tenths % 10);
    }
    long seconds = Math.round((double) nanoseconds / NANOSECONDS_PER_SECOND);
    return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
  }
}
