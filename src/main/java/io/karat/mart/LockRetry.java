package io.karat.mart;

import java.sql.SQLException;
import java.time.Duration;

/**
 * A policy of lock retries. A statement that waits for a lock blocks those queued behind it, so it
 * gives up soon and is retried after a pause, in which the others go on.
 *
 * @param lock the lock timeout, longer than the second after which PostgreSQL ends an autovacuum
 *     that is in the way
 * @param pause the wait between attempts
 * @param attempts the most attempts
 * @param plans the longest wait for statements that may be in planning
 */
record LockRetry(Duration lock, Duration pause, int attempts, Duration plans) {
  private static final Duration LOCK = Duration.ofMillis(1500);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** The policy that gives up after about so long. */
  static LockRetry within(Duration most) {
    long attempts = most.toMillis() / LOCK.plus(PAUSE).toMillis();
    return new LockRetry(LOCK, PAUSE, (int) Math.max(1, attempts), Duration.ofSeconds(5));
  }

  /**
   * Does the work in one transaction, and retries until it gets its locks.
   *
   * @throws SQLException of the last attempt, or of any that fails for another reason
   */
  void with(Database database, Database.Task work) throws SQLException {
    for (int attempt = 1; !done(database, work, attempt); attempt++) {
      rest();
    }
  }

  private boolean done(Database database, Database.Task work, int attempt) throws SQLException {
    try {
      database.together(
          () -> {
            database.run("SET LOCAL lock_timeout = " + lock.toMillis());
            work.apply();
            return true;
          });
      return true;
    } catch (SQLException refused) {
      if (attempt == attempts || !Database.LOCK_NOT_AVAILABLE.equals(refused.getSQLState())) {
        throw refused;
      }
      return false;
    }
  }

  void rest() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
