package io.karat.ledger;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Span of days, both ends inclusive, in days since 1970.
 *
 * @param from the first day; {@link #BEGINNING} if it has no beginning
 */
public record Span(int from, int to) implements Serializable {
  /** A day before all others. */
  public static final int BEGINNING = Integer.MIN_VALUE;

  public static Span of(Optional<LocalDate> from, LocalDate to) {
    return new Span(
        from.map(day -> Math.toIntExact(day.toEpochDay())).orElse(BEGINNING),
        Math.toIntExact(to.toEpochDay()));
  }

  /** Whether it has a day. */
  public boolean contains(int day) {
    return from <= day && day <= to;
  }
}
