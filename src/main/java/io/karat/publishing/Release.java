package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.karat.tables.ContentHash;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Release of one night: its published tables, which never change.
 *
 * @param runId the run that made them, and the name of their folder
 * @param asOf the night
 * @param withdrawn whether a rollback withdrew it; it then goes live again only by {@code publish}
 * @param retained whether its files existed at the latest commit
 * @param writtenAt the time of the commit, for people only
 * @param tables the published tables, by name
 * @param models the models with which they were made, by kind
 */
public record Release(
    String runId,
    @JsonProperty("as_of_date") LocalDate asOf,
    boolean withdrawn,
    boolean retained,
    Instant writtenAt,
    SortedMap<String, Table> tables,
    SortedMap<String, UsedModel> models) {
  public Release {
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  Release withdrawnIf(boolean nowWithdrawn) {
    return new Release(runId, asOf, nowWithdrawn, retained, writtenAt, tables, models);
  }

  Release retainedIf(boolean stillThere) {
    return new Release(runId, asOf, withdrawn, stillThere, writtenAt, tables, models);
  }

  /**
   * Content of a table.
   *
   * @param rows the number of rows
   * @param contentHash equal for equal rows in any order; empty for a table without one
   */
  public record Table(
      long rows,
      @JsonSerialize(using = ControlFileJson.OptionalText.class)
          @JsonDeserialize(using = ControlFileJson.TextOptional.class)
          Optional<String> contentHash) {

    /** The content of a table that was read back. */
    public static Table of(ContentHash content) {
      return new Table(content.rows(), Optional.of(content.hex()));
    }

    ContentHash hash() {
      return new ContentHash(rows, contentHash.orElse(ContentHash.NONE.hex()));
    }
  }
}
