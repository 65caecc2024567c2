package io.karat.mart;

import io.karat.run.UsageException;
import io.karat.settings.PostgreSql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The preflight check of a mart: what would stop a release is found before a night begins. */
record Preflight(PostgreSql mart, Database database, String address) {
  private static final int OLDEST_VERSION = 140_000;

  /**
   * Checks that the mart could take a release; changes nothing.
   *
   * @param outputId the id of the output; empty if nothing was published to it yet
   * @throws UsageException naming what to correct
   */
  void require(Optional<String> outputId) throws SQLException {
    String version =
        database.first(row -> row.getString(1), "SHOW server_version").orElse("unknown");
    require(
        "SELECT current_setting('server_version_num')::integer >= " + OLDEST_VERSION,
        "is version %s: expected 14 or newer. Publish to a newer server.".formatted(version));
    require(
        "SELECT current_setting('server_encoding') = 'UTF8'",
        "stores text in another encoding: expected UTF8. Publish to a database with encoding UTF8.");
    require(
        "SELECT NOT pg_is_in_recovery()",
        "is a standby, which accepts no writes: expected the primary. Correct"
            + " output.postgresql.url.");
    for (String schema : List.of(mart.schema(), mart.runsSchema())) {
      requireSchema(schema);
    }
    requireReader();
    requireSameOutput(outputId);
  }

  private void requireSchema(String schema) throws SQLException {
    boolean isThere = database.holds("SELECT to_regnamespace(?) IS NOT NULL", Sql.name(schema));
    if (isThere) {
      require(
          "SELECT has_schema_privilege(?, 'CREATE') AND has_schema_privilege(?, 'USAGE')",
          "does not let role '%s' create tables in schema '%s'. Run: GRANT CREATE, USAGE ON SCHEMA %s TO %s"
              .formatted(mart.user(), schema, Sql.name(schema), Sql.name(mart.user())),
          schema,
          schema);
      require(
          "SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace(?)::oid AND"
              + " relkind IN ('p', 'r', 'v') AND NOT pg_has_role(relowner, 'USAGE') AND"
              + " (relnamespace = to_regnamespace(?)::oid OR relname = 'current_release'))",
          "has tables in schema '%s' that belong to another role than '%s'. Change their owner, or set output.postgresql.schema to another schema."
              .formatted(schema, mart.user()),
          Sql.name(schema),
          Sql.name(mart.runsSchema()));
    } else {
      require(
          "SELECT has_database_privilege(current_database(), 'CREATE')",
          "has no schema '%s', and role '%s' may not create it. Run: CREATE SCHEMA %s AUTHORIZATION %s"
              .formatted(schema, mart.user(), Sql.name(schema), Sql.name(mart.user())));
    }
  }

  private void requireReader() throws SQLException {
    if (mart.readerRole().isPresent()) {
      String role = mart.readerRole().get();
      require(
          "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)",
          "has no role '%s', which output.postgresql.reader_role names. Run: CREATE ROLE %s"
              .formatted(role, Sql.name(role)),
          role);
    }
  }

  /** Requires that the mart follows this output, as commits of two outputs cannot be compared. */
  private void requireSameOutput(Optional<String> outputId) throws SQLException {
    Schemas schemas = Schemas.of(mart);
    if (database.holds("SELECT to_regclass(?) IS NULL", schemas.currentRelease())) {
      return;
    }

    require(
        "SELECT NOT EXISTS (SELECT FROM %s WHERE output_id <> ?)"
            .formatted(schemas.currentRelease()),
        "has a mart in schema '%s' that follows another output.path. Set output.postgresql.schema to another schema, or drop '%s' and '%s'."
            .formatted(mart.schema(), mart.schema(), mart.runsSchema()),
        outputId.orElse(""));
  }

  private void require(String condition, String problem, Object... values) throws SQLException {
    if (!database.holds(condition, values)) {
      throw new UsageException("PostgreSQL at '%s' %s".formatted(address, problem));
    }
  }
}
