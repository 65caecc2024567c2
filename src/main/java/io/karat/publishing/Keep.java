package io.karat.publishing;

import java.time.Duration;

/**
 * Rules of what an output folder keeps of earlier nights.
 *
 * @param releases the number of newest releases that stay, whatever else needs them
 * @param quarantineDays the number of days up to the live night whose quarantined rows stay, even
 *     if the rest of their release is deleted
 * @param historyDays the number of days up to the newest night whose history stays
 * @param readers the time for which the files of a release stay after it was live
 */
public record Keep(int releases, int quarantineDays, int historyDays, Duration readers) {
  /** The number of nights that a commit still names by their run, as a multiple of the history. */
  static final int NAMED = 2;
}
