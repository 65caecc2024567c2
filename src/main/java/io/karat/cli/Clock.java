package io.karat.cli;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;

/** The only clock: it names the default day and dates what is written down for people. */
final class Clock {
  static final InstantSource SYSTEM = InstantSource.system();

  private Clock() {}

  static LocalDate yesterday(ZoneId zone) {
    return LocalDate.ofInstant(SYSTEM.instant(), zone).minusDays(1);
  }
}
