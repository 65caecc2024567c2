package io.karat.publishing;

import java.time.Instant;

/**
 * The claim of one running command to be the only one that writes to an output folder.
 *
 * @param number one above the lease before; the highest counts
 * @param holder drawn anew for every lease
 * @param run what is running, in words
 * @param since when it was taken
 * @param heartbeat when it was last renewed
 * @param released it has ended
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

  /** Who holds it, for messages. */
  public String words() {
    return "%s on host %s (pid %d) since %s".formatted(run, host, pid, since);
  }
}
