package io.karat.publishing;

import io.karat.run.LockedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases of an output folder, numbered like its commits: the highest one is the lock. Taking over
 * means creating the next number, which exactly one contender can do. A lease is overwritten by its
 * holder only.
 *
 * <p>A lease is dead if it does not move while one looks for {@code length}, whatever the clock
 * says that wrote it, or if its process was on this machine and is gone.
 *
 * @param length the time for which a contender looks at a lease that does not move
 * @param told is told for whom and how long, as soon as a contender begins to look
 */
record Leases(Storage storage, InstantSource clock, Duration length, Consumer<String> told) {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
  private static final int LOOKS = 120;

  /**
   * Takes the lock.
   *
   * @throws LockedException if another command holds it and is alive, or its file is damaged
   */
  Lease take(String run) throws IOException {
    while (true) {
      Optional<Lease> last = readable();
      if (last.isPresent() && !last.get().released() && moves(last.get())) {
        throw locked(last.get());
      }

      Lease mine = next(files().next(last.map(Lease::number).orElse(0L)), run);
      if (storage.create(Layout.lease(mine.number()), ControlFileJson.write(mine))
          && isHighest(mine)) {
        sweep(mine);
        return mine;
      }
    }
  }

  /** The same leases, of which a contender tells another listener. */
  Leases telling(Consumer<String> listener) {
    return new Leases(storage, clock, length, listener);
  }

  private Optional<Lease> readable() throws IOException {
    try {
      return highest();
    } catch (DamagedFileException damaged) {
      throw new LockedException(
          ("Output '%s' is locked, but %s is damaged: %s. If no other command runs,"
                  + " 'karat unlock' frees it.")
              .formatted(storage.location(""), damaged.file(), damaged.damage()));
    }
  }

  /**
   * The newest lease, even if it is released or dead.
   *
   * @throws DamagedFileException if its file is damaged
   */
  Optional<Lease> highest() throws IOException {
    for (OptionalLong number = number(); number.isPresent(); number = number()) {
      Optional<Lease> lease =
          ControlFileJson.read(storage, Layout.lease(number.getAsLong()), Lease.class);
      if (lease.isPresent()) {
        return lease;
      }
    }

    return Optional.empty();
  }

  private OptionalLong number() throws IOException {
    return files().highest();
  }

  private NumberedFiles files() {
    return new NumberedFiles(storage, Layout.LOCKS);
  }

  /** Whether nobody has taken over; only its holder writes the file of a lease. */
  boolean isHighest(Lease lease) throws IOException {
    OptionalLong highest = number();
    return highest.isPresent()
        && highest.getAsLong() == lease.number()
        && holder(lease.number()).orElse(lease.holder()).equals(lease.holder());
  }

  private Optional<String> holder(long number) throws IOException {
    try {
      return ControlFileJson.read(storage, Layout.lease(number), Lease.class).map(Lease::holder);
    } catch (DamagedFileException damaged) {
      return Optional.empty();
    }
  }

  /** Whether the process of a lease was on this machine and has ended. */
  static boolean hasEnded(Lease lease) {
    return Machine.isThis(lease.machine())
        && ProcessHandle.of(lease.pid()).filter(ProcessHandle::isAlive).isEmpty();
  }

  private boolean moves(Lease lease) throws IOException {
    return !hasEnded(lease) && moves(lease.number(), lease.words());
  }

  /** Looks at the file of a lease until it moves, or for the whole length. */
  private boolean moves(long number, String holder) throws IOException {
    tellWait(holder);
    String file = Layout.lease(number);
    Optional<String> first = storage.read(file);
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() - end < 0) {
      rest();
      if (!storage.read(file).equals(first)) {
        return true;
      }
    }
    return false;
  }

  private void tellWait(String holder) {
    Instant end = clock.instant().plus(length).truncatedTo(ChronoUnit.SECONDS);
    String wait =
        "Output '%s' is locked by %s. Looking until %s at the latest whether that command is alive."
            .formatted(storage.location(""), holder, end);
    LOG.info("{}", wait);
    told.accept(wait);
  }

  private void rest() {
    try {
      Thread.sleep(length.dividedBy(LOOKS).toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new LockedException("Interrupted while waiting for the lock.");
    }
  }

  /** Renews a lease; false if another command has taken over. */
  boolean renew(Lease lease, long beats) throws IOException {
    if (!isHighest(lease)) {
      return false;
    }

    storage.replace(
        Layout.lease(lease.number()), ControlFileJson.write(lease.renewed(clock.instant(), beats)));
    return true;
  }

  void release(Lease lease) throws IOException {
    if (isHighest(lease)) {
      storage.replace(
          Layout.lease(lease.number()), ControlFileJson.write(lease.freed(lease.number())));
    }
  }

  /**
   * Removes the lock of a command that no longer runs, also one whose file is damaged.
   *
   * @return the holder, in words; empty if the lock is free
   * @throws LockedException if its holder is alive
   */
  Optional<String> free() throws IOException {
    Optional<Lease> last;
    try {
      last = highest();
    } catch (DamagedFileException damaged) {
      return Optional.of(freeDamaged(damaged.file()));
    }
    if (last.isEmpty() || last.get().released()) {
      return Optional.empty();
    }
    if (moves(last.get())) {
      throw locked(last.get());
    }

    append(last.get().freed(files().next(last.get().number())));
    return last.map(Lease::words);
  }

  private String freeDamaged(String file) throws IOException {
    long number = number().orElseThrow();
    if (moves(number, "an unknown command: %s is damaged".formatted(file))) {
      throw new LockedException(
          "Output '%s' is locked: %s is being written. Wait until that command has ended."
              .formatted(storage.location(""), file));
    }

    append(next(number, "unlock").freed(files().next(number)));
    return "an unknown command: %s is damaged".formatted(file);
  }

  private void append(Lease freed) throws IOException {
    storage.create(Layout.lease(freed.number()), ControlFileJson.write(freed));
  }

  private Lease next(long number, String run) {
    return new Lease(
        ControlFileJson.FORMAT,
        number,
        UUID.randomUUID().toString(),
        Machine.host(),
        Machine.id(),
        ProcessHandle.current().pid(),
        run,
        clock.instant(),
        clock.instant(),
        0,
        false);
  }

  private void sweep(Lease mine) throws IOException {
    for (long number : files().numbers()) {
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
}
