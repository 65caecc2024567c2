package io.karat.publishing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * A model of an output folder.
 *
 * @param learned when it was learned first; unknown where a crash left nothing but its file
 */
public record ModelStatus(String kind, String id, State state, Optional<Learned> learned) {
  /** What became of a model; the first that holds. */
  public enum State {
    /** Nights go by it because somebody said so. */
    ACCEPTED,
    /** The live release was made with it. */
    IN_USE,
    /** Only releases that are not live were made with it. */
    RETIRED,
    /** No release was made with it. */
    CANDIDATE;

    /** What people call it, such as {@code in use}. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * Where a model comes from.
   *
   * @param runId the run whose customers it was learned from
   * @param asOf the night of that run
   * @param at when, for people only
   */
  public record Learned(String runId, LocalDate asOf, Instant at) {}
}
