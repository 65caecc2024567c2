package io.karat.run;

import java.time.LocalDate;
import java.util.List;

/**
 * One execution of the job: its as-of day and its identity. The same day, inputs, settings, code
 * and past give the same identity, and the same tables.
 *
 * @param id the name of its release
 * @param asOf the last day whose events count, inclusive
 */
public record Run(String id, LocalDate asOf) {
  private static final int ID_LENGTH = 16;

  /**
   * A run whose id is a digest of everything that can change its tables.
   *
   * @param inputs a line for each input file
   * @param settings the settings that can change a table
   * @param code the digest of the job's code
   * @param past the earlier releases and the models that it uses
   */
  public static Run of(
      LocalDate asOf, List<String> inputs, String settings, String code, List<String> past) {
    String identity =
        Fingerprint.of(
            List.of(asOf.toString(), Fingerprint.of(inputs), settings, code, Fingerprint.of(past)));
    return new Run(identity.substring(0, ID_LENGTH), asOf);
  }
}
