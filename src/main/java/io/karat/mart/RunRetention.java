package io.karat.mart;

import io.karat.run.Failpoint;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Removes what no release that is kept needs. A run goes when every transaction is over that was
 * open when readers saw it last; what a reader still holds is left to the next night.
 */
record RunRetention(Database database, Schemas schemas, Duration lock) {
  /** The partitions of a schema: the run of each. */
  static final String PARTITIONS =
      """
      SELECT substring(pg_get_expr(part.relpartbound, part.oid) FROM $$IN \\('([^']+)'\\)$$)
      FROM pg_inherits
      JOIN pg_class part ON part.oid = inhrelid
      JOIN pg_class parent ON parent.oid = inhparent
      JOIN pg_namespace space ON space.oid = parent.relnamespace
      WHERE parent.relkind = 'p' AND NOT inhdetachpending AND space.nspname = ?
      """;

  private static final String OPEN =
      "FROM pg_locks WHERE locktype = 'virtualxid' AND pid <> pg_backend_pid()";

  private record Partition(String table, String name, boolean isPending) {}

  /** Notes which transactions may still see a release that is no longer the current one. */
  void noteReaders() throws SQLException {
    database.update(
        """
        UPDATE %s SET open_transactions = CASE
          WHEN run_id IN (SELECT run_id FROM %s) THEN NULL
          ELSE coalesce(
            open_transactions, (SELECT coalesce(array_agg(virtualtransaction), '{}') %s)) END
        """
            .formatted(schemas.loadedRelease(), schemas.currentRelease(), OPEN));
  }

  /** Gives up the runs that are not kept and that nobody sees, and drops what is left of them. */
  void remove(Collection<String> kept) throws SQLException {
    noteReaders();
    database.update(
        """
        DELETE FROM %s run
        WHERE run_id <> ALL (string_to_array(?, ','))
          AND NOT EXISTS (SELECT %s AND virtualtransaction = ANY (run.open_transactions))
          AND open_transactions IS NOT NULL
        """
            .formatted(schemas.loadedRelease(), OPEN),
        String.join(",", kept));
    Failpoint.reach(MartStep.BEFORE_MART_DROP);
    drop();
  }

  /** Drops the tables that no loaded release claims: of old runs, and of attempts that died. */
  void drop() throws SQLException {
    database.run("SET lock_timeout = " + lock.toMillis());
    try {
      for (Partition partition : unclaimed()) {
        if (!isDetached(partition)) {
          // A reader of one table is often one of many; the next night finds all of them.
          return;
        }
      }
      for (String name : loose()) {
        if (!isDone("DROP TABLE " + schemas.table(name))) {
          return;
        }
      }
    } finally {
      database.run("SET lock_timeout = 0");
    }
  }

  private boolean isDetached(Partition partition) throws SQLException {
    return isDone(
        "ALTER TABLE %s DETACH PARTITION %s %s"
            .formatted(
                schemas.table(partition.table()),
                schemas.table(partition.name()),
                partition.isPending() ? "FINALIZE" : "CONCURRENTLY"));
  }

  /** False where somebody holds a lock that is in the way. */
  private boolean isDone(String statement) throws SQLException {
    try {
      database.run(statement);
      return true;
    } catch (SQLException refused) {
      if (Database.LOCK_NOT_AVAILABLE.equals(refused.getSQLState())) {
        return false;
      }
      throw refused;
    }
  }

  /** Those that are half detached first, as a table can have only one such. */
  private List<Partition> unclaimed() throws SQLException {
    return database.rows(
        row -> new Partition(row.getString(1), row.getString(2), row.getBoolean(3)),
        """
        SELECT parent.relname, part.relname, inhdetachpending
        FROM pg_inherits
        JOIN pg_class part ON part.oid = inhrelid
        JOIN pg_class parent ON parent.oid = inhparent
        JOIN pg_namespace space ON space.oid = parent.relnamespace,
        LATERAL (SELECT substring(
          pg_get_expr(part.relpartbound, part.oid) FROM $$IN \\('([^']+)'\\)$$)) AS bound (run)
        WHERE parent.relkind = 'p' AND space.nspname = ?
          AND (inhdetachpending OR CASE parent.relname
            WHEN ? THEN NOT EXISTS (SELECT FROM %s WHERE night_run_id = bound.run)
            ELSE NOT EXISTS (SELECT FROM %s WHERE run_id = bound.run) END)
        ORDER BY inhdetachpending DESC, 1, 2
        """
            .formatted(schemas.releaseNight(), schemas.loadedRelease()),
        schemas.runs(),
        MartTable.HISTORY);
  }

  /** Tables of runs that are no partitions. */
  private List<String> loose() throws SQLException {
    return database.texts(
        """
        SELECT relname FROM pg_class JOIN pg_namespace space ON space.oid = relnamespace
        WHERE relkind = 'r' AND NOT relispartition AND relname ~ '_[0-9]+$' AND space.nspname = ?
        ORDER BY relname
        """,
        schemas.runs());
  }
}
