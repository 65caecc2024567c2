package io.karat.run;

import java.time.LocalDate;
import java.util.List;

/**
 * One execution of the job: the day it describes, and its identity. The same day, inputs, settings,
 * code and past give the same identity, and the same tables.
 *
 * @param id name of its release
 * @param asOf the last day whose events count, inclusive
 */
public record Run(String id, LocalDate asOf) {
  private static final int ID_LENGTH = 16;

  /**
   * A run identified by everything that can change its tables.
   *
   * @param inputs a line for each input file
   * @param settings those that can change a table
   * @param code of the job
   * @param past the releases and models that it looks back to
   */
  public static Run of(
      LocalDate asOf, List<String> inputs, String settings, String code, List<String> past) {
    String identity =
        Fingerprint.of(
            List.of(asOf.toString(), Fingerprint.of(inputs), settings, code, Fingerprint.of(past)));
    return new Run(identity.substring(0, ID_LENGTH), asOf);
  }
}
