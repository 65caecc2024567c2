package io.karat.mart;

import io.karat.settings.PostgreSql;
import java.io.Serializable;

/**
 * Where everything lies in the database.
 *
 * @param readers the schema of the views
 * @param runs the schema of the tables behind them
 */
record Schemas(String readers, String runs) implements Serializable {
  static Schemas of(PostgreSql mart) {
    return new Schemas(mart.schema(), mart.runsSchema());
  }

  /** A view that readers see. */
  String view(String table) {
    return Sql.name(readers) + "." + Sql.name(table);
  }

  /** A table with the rows of all runs, one of its partitions, or one of the tables below. */
  String table(String name) {
    return Sql.name(runs) + "." + Sql.name(name);
  }

  /** One row: the release that readers see. */
  String currentRelease() {
    return view("current_release");
  }

  /** A row per release that is loaded whole. */
  String loadedRelease() {
    return table("loaded_release");
  }

  /** Which runs speak for the nights of a release's history. */
  String releaseNight() {
    return table("release_night");
  }

  /** A row per part of a table that is loaded, so that none is loaded twice. */
  String loadedPart() {
    return table("loaded_part");
  }

  String attempt() {
    return table("attempt");
  }
}
