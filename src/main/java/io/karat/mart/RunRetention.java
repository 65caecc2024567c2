package io.karat.mart;

import io.karat.run.Failpoint;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Retention of runs: those that no kept release needs are removed. A run is removed when every
 * transaction has ended that was open when readers saw it last; one that a reader still holds is
 * left to the next night.
 */
record RunRetention(Database database, Schemas schemas, Duration lock) {
  /** The query for the partitions of a schema: the run of each. */
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

  /** Notes the transactions that may still see a release that is no longer the current one. */
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

  /** Removes the runs that are not kept and that no transaction can see, and drops their tables. */
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

  /** Drops the tables that no loaded release claims: of old runs, and of failed attempts. */
  void drop() throws SQLException {
    database.waitForLocks(lock);
    try {
      for (Partition partition : unclaimed()) {
        if (!isDetached(partition)) {
          // A reader that holds one partition often holds others too; the next night drops all.
          return;
        }
      }
      for (String name : loose()) {
        if (!isDone("DROP TABLE " + schemas.table(name))) {
          return;
        }
      }
    } finally {
      database.waitForLocksAsSet();
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

  /** Whether the statement ran; false if another session holds a conflicting lock. */
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

  /**
   * The partitions that no loaded release claims. Half-detached ones come first, as a table can
   * have only one.
   */
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

  /** Tables of runs that are not partitions. */
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
