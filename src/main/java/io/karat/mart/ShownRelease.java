package io.karat.mart;

import java.time.LocalDate;

/**
 * What readers of a mart see.
 *
 * @param commit the number of the commit that it shows
 */
public record ShownRelease(String runId, LocalDate asOf, long commit) {
  /** {@code night 2026-03-01, run 3f9c}. */
  public String words() {
    return "night %s, run %s".formatted(asOf, runId);
  }
}
