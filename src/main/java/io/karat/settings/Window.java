package io.karat.settings;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time window of an indicator: {@code 365d} at as-of day T is T-364 to T, {@code lifetime} all days
 * up to T.
 *
 * @param days 1 to 36500; empty for lifetime
 */
public record Window(OptionalInt days) {
  public static final Window LIFETIME = new Window(OptionalInt.empty());

  private static final int MOST_DAYS = 36_500;
  private static final Pattern DAYS = Pattern.compile("([1-9]\\d{0,4})d");

  public Window {
    if (days.isPresent() && (days.getAsInt() < 1 || days.getAsInt() > MOST_DAYS)) {
      throw new IllegalArgumentException(
          "Invalid window of %d days: expected 1 to %d".formatted(days.getAsInt(), MOST_DAYS));
    }
  }

  public static Window ofDays(int days) {
    return new Window(OptionalInt.of(days));
  }

  /** Parses a suffix; empty if it is not a window. */
  public static Optional<Window> parse(String text) {
    if (text.equals(LIFETIME.suffix())) {
      return Optional.of(LIFETIME);
    }

    Matcher days = DAYS.matcher(text);
    return days.matches() && Integer.parseInt(days.group(1)) <= MOST_DAYS
        ? Optional.of(ofDays(Integer.parseInt(days.group(1))))
        : Optional.empty();
  }

  public boolean isLifetime() {
    return days.isEmpty();
  }

  /** The suffix of a column over this window: {@code 365d} or {@code lifetime}. */
  public String suffix() {
    return isLifetime() ? "lifetime" : days.getAsInt() + "d";
  }
}
