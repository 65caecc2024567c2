package io.karat.publishing;

import java.time.Instant;

/**
 * Lease of one running command, which alone may write to an output folder.
 *
 * @param number one above the lease before; the highest counts
 * @param holder a random id, new for every lease
 * @param host the name of its host, for people
 * @param machine where its process id is valid; empty if unknown
 * @param run the running command, in words
 * @param since the time at which it was taken
 * @param heartbeat the time at which it was last renewed, for people
 * @param beats the number of times that it was renewed
 * @param released whether the command has ended
 */
public record Lease(
    int format,
    long number,
    String holder,
    String host,
    String machine,
    long pid,
    String run,
    Instant since,
    Instant heartbeat,
    long beats,
    boolean released) {
  private static final int ATTEMPT_DIGITS = 8;

  Lease renewed(Instant now, long times) {
    return new Lease(format, number, holder, host, machine, pid, run, since, now, times, released);
  }

  Lease freed(long newNumber) {
    return new Lease(
        format, newNumber, holder, host, machine, pid, run, since, heartbeat, beats, true);
  }

  /** The id of what its holder writes. */
  String attempt() {
    return "%d-%s".formatted(number, holder.substring(0, ATTEMPT_DIGITS));
  }

  /** The holder, in words for messages. */
  public String words() {
    return "%s on host %s (pid %d) since %s".formatted(run, host, pid, since);
  }
}
