package io.karat.mart;

import java.sql.SQLException;
import java.util.Optional;

/**
 * The session that holds a lock on a table of a mart; one that only reads if there is no other.
 *
 * @param process the id of its process on the server
 * @param table the name of the table or view
 */
record LockHolder(int process, String role, String table) {
  /** Looks for the session; empty if there is none any more, or the server does not tell. */
  static Optional<LockHolder> find(Server server, Schemas schemas) {
    try (Database database = server.openForALook()) {
      return database.first(
          row -> new LockHolder(row.getInt(1), row.getString(2), row.getString(3)),
          """
          SELECT pid, coalesce(usename, 'unknown'), relname FROM pg_locks
          JOIN pg_class ON pg_class.oid = relation
          JOIN pg_namespace space ON space.oid = relnamespace
          JOIN pg_stat_activity USING (pid)
          WHERE granted AND pid <> pg_backend_pid() AND space.nspname IN (?, ?)
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          ORDER BY mode = 'AccessShareLock', mode = 'RowExclusiveLock', xact_start, pid, relname
          LIMIT 1
          """,
          schemas.readers(),
          schemas.runs());
    } catch (SQLException unknown) {
      return Optional.empty();
    }
  }

  /** A clause about the lock and how to end it. */
  String words() {
    return "process %d of role '%s' holds '%s': wait until it ends, or run SELECT pg_terminate_backend(%d)"
        .formatted(process, role, table, process);
  }
}
