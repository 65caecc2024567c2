package io.karat.mart;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * The transactions that used the tables of a mart before the new partitions were attached.
 *
 * <p>PostgreSQL chooses the partitions of a statement when it plans it, and takes the snapshot a
 * moment later. A statement planned before the partitions were attached would see the new release
 * without rows. So we wait until the transactions that held a lock then have ended; long readers
 * already have their snapshot.
 *
 * @param most the longest wait
 */
record ConcurrentReaders(Database database, Schemas schemas, Duration most) {
  private static final int PAUSE_MILLISECONDS = 50;

  private static final String HOLDERS =
      """
      SELECT DISTINCT virtualtransaction FROM pg_locks
      JOIN pg_class ON pg_class.oid = relation
      JOIN pg_namespace space ON space.oid = relnamespace
      WHERE relkind = 'p' AND space.nspname = ? AND pid <> pg_backend_pid()
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """;

  /** Waits until the transactions that hold a lock now have ended, or for the longest wait. */
  void letPass() throws SQLException {
    List<String> now = database.texts(HOLDERS, schemas.runs());
    long tries = most.toMillis() / PAUSE_MILLISECONDS;
    for (int i = 0; i < tries && areThere(now); i++) {
      pause();
    }
  }

  private boolean areThere(List<String> some) throws SQLException {
    return !some.isEmpty()
        && database.holds(
            "SELECT EXISTS (%s AND virtualtransaction = ANY (string_to_array(?, ',')))"
                .formatted(HOLDERS),
            schemas.runs(),
            String.join(",", some));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
