package io.karat.publishing;

import java.time.Instant;

/**
 * Lease of one running command, which alone may write to an output folder.
 *
 * @param number one above the lease before; the highest counts
 * @param holder a random id, new for every lease
 * @param run the running command, in words
 * @param since the time at which it was taken
 * @param heartbeat the time at which it was last renewed
 * @param released whether the command has ended
 */
public record Lease(
    int format,
    long number,
    String holder,
    String host,
    long pid,
    String run,
    Instant since,
    Instant heartbeat,
    boolean released) {
  Lease renewed(Instant now) {
    return new Lease(format, number, holder, host, pid, run, since, now, released);
  }

  Lease freed(long newNumber) {
    return new Lease(format, newNumber, holder, host, pid, run, since, heartbeat, true);
  }

  boolean isSame(Lease other) {
    return number == other.number && holder.equals(other.holder);
  }

  /** The holder, in words for messages. */
  public String words() {
    return "%s on host %s (pid %d) since %s".formatted(run, host, pid, since);
  }
}
