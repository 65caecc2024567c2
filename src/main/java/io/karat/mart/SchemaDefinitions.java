package io.karat.mart;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The schemas, tables and views of a mart: what is missing is created, what exists is left alone.
 * So a night with the columns of the night before needs no lock that a reader could notice.
 */
record SchemaDefinitions(
    Database database, Schemas schemas, Optional<String> readerRole, LockRetry retry) {
  /** Creates the schemas, and the tables about releases. */
  void requireFrame() throws SQLException {
    List<String> statements = new ArrayList<>();
    for (String schema : List.of(schemas.readers(), schemas.runs())) {
      if (!database.holds("SELECT to_regnamespace(?) IS NOT NULL", Sql.name(schema))) {
        statements.add("CREATE SCHEMA " + Sql.name(schema));
      }
    }
    if (!isThere(schemas.currentRelease())) {
      statements.addAll(frame());
    }
    run(statements);
    run(grant(schemas.currentRelease()));
  }

  private boolean isThere(String table) throws SQLException {
    return database.holds("SELECT to_regclass(?) IS NOT NULL", table);
  }

  private List<String> frame() {
    return List.of(
        "CREATE SEQUENCE " + schemas.attempt(),
        """
        CREATE TABLE %s (
          run_id text PRIMARY KEY,
          as_of_date date NOT NULL,
          loaded_at timestamp with time zone NOT NULL DEFAULT now(),
          open_transactions text[])
        """
            .formatted(schemas.loadedRelease()),
        """
        CREATE TABLE %s (
          run_id text REFERENCES %s ON DELETE CASCADE,
          night_run_id text,
          PRIMARY KEY (run_id, night_run_id))
        """
            .formatted(schemas.releaseNight(), schemas.loadedRelease()),
        """
        CREATE TABLE %s (
          table_name text, part integer, rows bigint, sums text, PRIMARY KEY (table_name, part))
        """
            .formatted(schemas.loadedPart()),
        """
        CREATE TABLE %s (
          run_id text NOT NULL,
          as_of_date date NOT NULL,
          published_at timestamp with time zone NOT NULL,
          commit_number bigint NOT NULL,
          output_id text NOT NULL,
          is_current boolean PRIMARY KEY DEFAULT true CHECK (is_current))
        """
            .formatted(schemas.currentRelease()),
        comment("TABLE " + schemas.currentRelease(), "One row: the release that all views show."));
  }

  /**
   * Creates a table with its view, or adds what they lack.
   *
   * @throws UnloadableReleaseException if a column has another type than this release gives it
   */
  void require(MartTable table) throws SQLException, UnloadableReleaseException {
    String parent = schemas.table(table.name());
    String view = schemas.view(table.name());
    Map<String, MartColumn> found = columns(parent);
    requireSameTypes(table, found);
    List<MartColumn> missing =
        table.stored().stream().filter(column -> !found.containsKey(column.name())).toList();
    List<String> statements = new ArrayList<>();
    if (found.isEmpty()) {
      statements.add(created(table));
    } else if (!missing.isEmpty()) {
      statements.add(
          missing.stream()
              .map(column -> "ADD COLUMN " + column.definition())
              .collect(joining(", ", "ALTER TABLE " + parent + " ", "")));
    }
    Set<String> indexed = indexed(parent);
    table.indexed().stream()
        .filter(column -> !indexed.contains(column))
        .map(column -> "CREATE INDEX ON %s (%s)".formatted(parent, Sql.name(column)))
        .forEach(statements::add);
    Set<String> shown = new LinkedHashSet<>(found.keySet());
    table.stored().forEach(column -> shown.add(column.name()));
    shown.remove(MartTable.OF_RELEASE);
    Map<String, MartColumn> seen = columns(view);
    boolean isNew = !List.copyOf(seen.keySet()).equals(List.copyOf(shown));
    if (isNew) {
      statements.add(view(table, shown));
    }
    ContributionView contributions = new ContributionView(schemas, table);
    if (contributions.isNeeded() && (isNew || !isThere(contributions.view()))) {
      statements.add(contributions.definition());
      statements.add(
          comment("VIEW " + contributions.view(), "One row per customer, model and indicator."));
    }
    statements.addAll(comments(table, parent, found));
    statements.addAll(comments(table, view, seen));
    run(statements);
    run(grant(view));
    if (contributions.isNeeded()) {
      run(grant(contributions.view()));
    }
  }

  /** Creates the views over several tables, or adds the columns that they lack. */
  void requireWideViews() throws SQLException {
    WideViews views = new WideViews(schemas);
    String customers = schemas.view(WideViews.CUSTOMERS);
    run(
        views.customers(
            columns(customers),
            columns(schemas.view("customer_indicators")),
            columns(schemas.view("customer_value"))));
    String dates = schemas.view(WideViews.DATES);
    if (!isThere(dates)) {
      run(
          List.of(
              views.dates(), comment("VIEW " + dates, "One row per day around the as-of day.")));
    }
    run(grant(dates));
    if (isThere(customers)) {
      run(grant(customers));
    }
  }

  private void run(List<String> statements) throws SQLException {
    if (!statements.isEmpty()) {
      retry.with(database, () -> database.run(statements));
    }
  }

  private String created(MartTable table) {
    String columns = table.stored().stream().map(MartColumn::definition).collect(joining(", "));
    String key =
        table.key().isEmpty() ? "" : ", PRIMARY KEY (%s)".formatted(Sql.names(table.key()));
    return "CREATE TABLE %s (%s%s) PARTITION BY LIST (%s)"
        .formatted(schemas.table(table.name()), columns, key, Sql.name(table.partitionColumn()));
  }

  /**
   * The statement for a view. It looks up the release in the snapshot of its rows, so all of them
   * are of one release.
   */
  private String view(MartTable table, Set<String> columns) {
    String current = "(SELECT run_id FROM %s)".formatted(schemas.currentRelease());
    String condition =
        table.isOfNights()
            ? "IN (SELECT night_run_id FROM %s WHERE run_id = %s)"
                .formatted(schemas.releaseNight(), current)
            : "= " + current;
    return "CREATE OR REPLACE VIEW %s AS SELECT %s FROM %s WHERE %s %s"
        .formatted(
            schemas.view(table.name()),
            Sql.names(columns),
            schemas.table(table.name()),
            Sql.name(table.partitionColumn()),
            condition);
  }

  private List<String> comments(MartTable table, String relation, Map<String, MartColumn> found)
      throws SQLException {
    boolean isView = relation.equals(schemas.view(table.name()));
    List<String> comments = new ArrayList<>();
    if (!database.holds(
        "SELECT coalesce(obj_description(to_regclass(?)::oid, 'pg_class'), '') = ?",
        relation,
        table.comment())) {
      comments.add(comment((isView ? "VIEW " : "TABLE ") + relation, table.comment()));
    }
    for (MartColumn column : isView ? table.columns() : table.stored()) {
      MartColumn known = found.get(column.name());
      if (known == null || !known.comment().equals(column.comment())) {
        comments.add(
            comment("COLUMN %s.%s".formatted(relation, Sql.name(column.name())), column.comment()));
      }
    }
    return comments;
  }

  private static String comment(String object, String comment) {
    return "COMMENT ON %s IS %s".formatted(object, Sql.text(comment));
  }

  private List<String> grant(String relation) throws SQLException {
    if (readerRole.isEmpty()) {
      return List.of();
    }

    String role = readerRole.get();
    boolean mayRead =
        database.holds("SELECT has_table_privilege(?, ?, 'SELECT')", role, relation)
            && database.holds(
                "SELECT has_schema_privilege(?, ?, 'USAGE')", role, schemas.readers());
    return mayRead
        ? List.of()
        : List.of(
            "GRANT USAGE ON SCHEMA %s TO %s".formatted(Sql.name(schemas.readers()), Sql.name(role)),
            "GRANT SELECT ON %s TO %s".formatted(relation, Sql.name(role)));
  }

  private static void requireSameTypes(MartTable table, Map<String, MartColumn> found)
      throws UnloadableReleaseException {
    for (MartColumn column : table.stored()) {
      MartColumn known = found.get(column.name());
      if (known != null && !known.type().equals(column.type())) {
        throw new UnloadableReleaseException(
            "column '%s' of '%s' is %s there and %s in the release: set output.postgresql.schema to a new schema, or drop both schemas, which are then created again"
                .formatted(column.name(), table.name(), known.type(), column.type()));
      }
    }
  }

  /** The columns of a table or view in their order; empty if it does not exist. */
  Map<String, MartColumn> columns(String relation) throws SQLException {
    Map<String, MartColumn> columns = new LinkedHashMap<>();
    database
        .rows(
            row -> new MartColumn(row.getString(1), row.getString(2), row.getString(3)),
            """
            SELECT attname, format_type(atttypid, atttypmod),
              coalesce(col_description(attrelid, attnum), '')
            FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum
            """,
            relation)
        .forEach(column -> columns.put(column.name(), column));
    return columns;
  }

  /** The columns that come first in an index of a table. */
  private Set<String> indexed(String table) throws SQLException {
    return Set.copyOf(
        database.texts(
            """
            SELECT DISTINCT attname FROM pg_index
            JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
            WHERE indrelid = to_regclass(?) AND NOT indisprimary
            """,
            table));
  }
}
