package io.karat.mart;

import io.karat.settings.PostgreSql;
import java.io.Serializable;

/**
 * The schemas of a mart, with the qualified names of its tables and views.
 *
 * @param readers the schema of the views
 * @param runs the schema of the tables behind them
 */
record Schemas(String readers, String runs) implements Serializable {
  static Schemas of(PostgreSql mart) {
    return new Schemas(mart.schema(), mart.runsSchema());
  }

  /** A view for readers. */
  String view(String table) {
    return Sql.name(readers) + "." + Sql.name(table);
  }

  /** A table with the rows of all runs, one of its partitions, or one of the tables below. */
  String table(String name) {
    return Sql.name(runs) + "." + Sql.name(name);
  }

  /** The table of the release that readers see: one row. */
  String currentRelease() {
    return view("current_release");
  }

  /** The table of completely loaded releases: a row each. */
  String loadedRelease() {
    return table("loaded_release");
  }

  /** The table of the runs that have the nights of a release's history. */
  String releaseNight() {
    return table("release_night");
  }

  /** The table of loaded parts of tables, so that none is loaded twice: a row each. */
  String loadedPart() {
    return table("loaded_part");
  }

  String attempt() {
    return table("attempt");
  }
}
