package io.karat.mart;

import java.time.LocalDate;

/**
 * The release that readers of a mart see.
 *
 * @param commit the number of the commit that has it live
 */
public record ShownRelease(String runId, LocalDate asOf, long commit) {
  /** The release in words, such as {@code night 2026-03-01, run 3f9c}. */
  public String words() {
    return "night %s, run %s".formatted(asOf, runId);
  }
}
