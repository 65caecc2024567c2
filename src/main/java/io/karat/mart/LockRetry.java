package io.karat.mart;

import java.sql.SQLException;
import java.time.Duration;

/**
 * How long to wait for a lock. A statement that waits for one stops everybody behind it, so it
 * gives up soon, and is tried again after a pause in which the others go on.
 *
 * @param lock longer than the second after which PostgreSQL ends an autovacuum that is in the way
 * @param attempts how often to try, at most
 * @param plans how long to wait for those who may be planning a statement
 */
record LockRetry(Duration lock, Duration pause, int attempts, Duration plans) {
  static final LockRetry USUAL =
      new LockRetry(Duration.ofMillis(1500), Duration.ofSeconds(3), 100, Duration.ofSeconds(5));

  /** Does the work in one transaction, as often as it takes to get its locks. */
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
