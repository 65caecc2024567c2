package io.karat.publishing;

import io.karat.run.LockedException;
import io.karat.run.UsageException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lock of an output folder, which excludes other commands until it is closed. A thread renews its
 * lease, so that the lock of a dead process expires.
 */
public final class RunLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  private final Leases leases;
  private final Lease lease;
  private long beats;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread stop = new Thread(this::close, "karat-lock-stop");

  private RunLock(Leases leases, Lease lease) {
    this.leases = leases;
    this.lease = lease;
  }

  /**
   * Takes the lock.
   *
   * @param run the command, in words
   * @param between the time from one renewal to the next
   * @throws LockedException if another command holds the lock and is alive
   * @throws UsageException if the folder cannot be written to
   */
  static RunLock take(Leases leases, String run, Duration between) {
    RunLock lock = new RunLock(leases, taken(leases, run));
    Thread heartbeat = new Thread(() -> lock.beatEvery(between), "karat-lock");
    heartbeat.setDaemon(true);
    heartbeat.start();
    Runtime.getRuntime().addShutdownHook(lock.stop);
    return lock;
  }

  private static Lease taken(Leases leases, String run) {
    try {
      return leases.take(run);
    } catch (IOException unwritable) {
      throw UnwritableOutput.because(leases.storage().location(""), unwritable);
    }
  }

  /** The id that distinguishes attempts at one run. */
  String attempt() {
    return lease.attempt();
  }

  /** Whether the lock is still held, according to the file system now. */
  public boolean stillHeld() throws IOException {
    return leases.isHighest(lease);
  }

  /** Ends the command if it no longer holds the lock. */
  void requireHeld(String refusal) throws IOException {
    if (!leases.isHighest(lease)) {
      throw new LockedException("%s: %s".formatted(refusal, loss(leases.highest())));
    }
  }

  private String loss(Optional<Lease> last) {
    return last.filter(it -> !it.released() && !it.holder().equals(lease.holder()))
        .map(Lease::words)
        .map(
            "its lock expired and was taken by %s. Run again after that command has ended."
                ::formatted)
        .orElse("its lock was removed, as 'karat unlock' does. Run again.");
  }

  /**
   * Frees the lock, also when the process is told to stop; one that cannot be freed is dead when
   * its process ends.
   */
  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      closed.countDown();
      forgetStop();
      try {
        leases.release(lease);
      } catch (IOException refused) {
        LOG.warn("The lock of {} could not be freed", lease.words(), refused);
      }
    }
  }

  private void forgetStop() {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException stopping) {
      // The process is stopping, and this is what it does.
      LOG.debug("The process is told to stop", stopping);
    }
  }

  private void beatEvery(Duration between) {
    try {
      while (!closed.await(between.toMillis(), TimeUnit.MILLISECONDS) && beat()) {
        // The process is alive and still holds the lock.
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean beat() {
    try {
      return closed.getCount() > 0 && leases.renew(lease, ++beats);
    } catch (IOException unreachable) {
      // The next heartbeat tries again; a commit asks the file system itself.
      return true;
    }
  }
}
