package io.karat.publishing;

import io.karat.run.LowerCase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Status of a model in an output folder.
 *
 * @param firstFit empty if a crash left only the model's file
 */
public record ModelStatus(String kind, String id, State state, Optional<FirstFit> firstFit) {
  /** State of a model; the first that applies. */
  public enum State {
    /** It was accepted by command, so nights use it. */
    ACCEPTED,
    /** The live release was made with it. */
    IN_USE,
    /** Only releases that are not live were made with it. */
    RETIRED,
    /** No release was made with it. */
    CANDIDATE;

    /** The state in words, such as {@code in use}. */
    public String words() {
      return LowerCase.of(this).replace('_', ' ');
    }
  }

  /**
   * First fit of a model.
   *
   * @param runId the run on whose customers it was fitted
   * @param asOf the night of that run
   * @param at the time of the fit, for people only
   */
  public record FirstFit(String runId, LocalDate asOf, Instant at) {}
}
