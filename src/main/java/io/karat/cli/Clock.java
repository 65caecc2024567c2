package io.karat.cli;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;

/** System clock, the only one: it gives the default day and the times of records for people. */
final class Clock {
  static final InstantSource SYSTEM = InstantSource.system();

  private Clock() {}

  static LocalDate yesterday(ZoneId zone) {
    return LocalDate.ofInstant(SYSTEM.instant(), zone).minusDays(1);
  }
}
