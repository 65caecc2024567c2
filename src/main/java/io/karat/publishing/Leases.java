package io.karat.publishing;

import io.karat.run.LockedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Leases of an output folder, numbered like its commits: the highest one is the lock. Taking over
 * means creating the next number, which exactly one contender can do. A lease is renamed or
 * overwritten by its holder only, so no holder loses a lock that has not expired.
 *
 * @param length the time for which a lease is valid without a heartbeat; the clocks of all machines
 *     must agree to within this time
 */
record Leases(Storage storage, InstantSource clock, Duration length) {
  /**
   * Takes the lock.
   *
   * @throws LockedException if another command holds it and is alive
   */
  Lease take(String run) throws IOException {
    while (true) {
      Optional<Lease> last = highest();
      if (last.isPresent() && isLive(last.get())) {
        throw locked(last.get());
      }

      Lease mine = next(last.map(Lease::number).orElse(0L) + 1, run);
      if (storage.create(Layout.lease(mine.number()), ControlFileJson.write(mine))
          && isHighest(mine)) {
        sweep(mine);
        return mine;
      }
    }
  }

  /** The newest lease, even if it is released or expired. */
  Optional<Lease> highest() throws IOException {
    NumberedFiles files = new NumberedFiles(storage, Layout.LOCKS);
    for (OptionalLong number = files.highest(); number.isPresent(); number = files.highest()) {
      String file = Layout.lease(number.getAsLong());
      Optional<String> text = storage.read(file);
      if (text.isPresent()) {
        return Optional.of(ControlFileJson.read(file, text.get(), Lease.class));
      }
    }

    return Optional.empty();
  }

  boolean isHighest(Lease lease) throws IOException {
    return highest().filter(lease::isSame).isPresent();
  }

  boolean isLive(Lease lease) {
    return !lease.released() && !isExpired(lease) && !isDeadHere(lease);
  }

  private boolean isExpired(Lease lease) {
    return lease.heartbeat().plus(length).isBefore(clock.instant());
  }

  private static boolean isDeadHere(Lease lease) {
    return lease.host().equals(host())
        && ProcessHandle.of(lease.pid()).filter(ProcessHandle::isAlive).isEmpty();
  }

  /** Renews a lease; false if another command has taken over. */
  boolean renew(Lease lease) throws IOException {
    if (!isHighest(lease)) {
      return false;
    }

    storage.replace(
        Layout.lease(lease.number()), ControlFileJson.write(lease.renewed(clock.instant())));
    return true;
  }

  void release(Lease lease) throws IOException {
    if (isHighest(lease)) {
      storage.replace(
          Layout.lease(lease.number()), ControlFileJson.write(lease.freed(lease.number())));
    }
  }

  /**
   * Removes the stale lock of a command that no longer runs; empty if the lock is free.
   *
   * @return the lease that was removed
   * @throws LockedException if its holder is alive
   */
  Optional<Lease> free() throws IOException {
    Optional<Lease> last = highest().filter(lease -> !lease.released());
    if (last.isEmpty()) {
      return last;
    }
    if (isLive(last.get())) {
      throw locked(last.get());
    }

    Lease freed = last.get().freed(last.get().number() + 1);
    storage.create(Layout.lease(freed.number()), ControlFileJson.write(freed));
    return last;
  }

  private Lease next(long number, String run) {
    Instant now = clock.instant();
    String holder = UUID.randomUUID().toString();
    long pid = ProcessHandle.current().pid();
    return new Lease(ControlFileJson.FORMAT, number, holder, host(), pid, run, now, now, false);
  }

  private void sweep(Lease mine) throws IOException {
    for (long number : new NumberedFiles(storage, Layout.LOCKS).numbers()) {
      if (number < mine.number()) {
        storage.delete(Layout.lease(number));
      }
    }
  }

  private LockedException locked(Lease lease) {
    return new LockedException(
        ("Output '%s' is locked by %s, heartbeat %s. Wait until that command has ended;"
                + " 'karat unlock' removes the lock of one that no longer runs.")
            .formatted(storage.location(""), lease.words(), lease.heartbeat()));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
