package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.karat.tables.ContentHash;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Release of one night: its published tables, which never change.
 *
 * @param runId the run that made them
 * @param asOf the night
 * @param path the folder of its tables, within the output folder
 * @param withdrawn whether a rollback withdrew it; it then goes live again only by {@code publish}
 * @param retained whether its files are kept
 * @param writtenAt the time of the commit, for people only
 * @param tables the published tables, by name; none once its files are deleted
 * @param models the models with which they were made, by kind
 */
public record Release(
    String runId,
    @JsonProperty("as_of_date") LocalDate asOf,
    String path,
    boolean withdrawn,
    boolean retained,
    Instant writtenAt,
    SortedMap<String, Table> tables,
    SortedMap<String, UsedModel> models) {
  /** The table with one row per customer. */
  static final String CUSTOMERS = "customer_indicators";

  public Release {
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  Release withdrawnIf(boolean nowWithdrawn) {
    return new Release(runId, asOf, path, nowWithdrawn, retained, writtenAt, tables, models);
  }

  Release retainedIf(boolean stillThere) {
    return new Release(runId, asOf, path, withdrawn, stillThere, writtenAt, tables, models);
  }

  /** The release as it is remembered once its files are given up: with its number of customers. */
  Release forgotten() {
    SortedMap<String, Table> remembered = new TreeMap<>(tables);
    remembered.keySet().retainAll(Set.of(CUSTOMERS));
    return new Release(runId, asOf, path, withdrawn, false, writtenAt, remembered, models);
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

    /** The content of a table that is written. */
    public static Table of(ContentHash content) {
      return new Table(content.rows(), Optional.of(content.hex()));
    }

    /**
     * What is wrong with rows that should be those of the table, as a clause; empty if nothing is.
     */
    public Optional<String> damage(ContentHash found) {
      if (found.rows() != rows) {
        return Optional.of("has %d rows instead of %d".formatted(found.rows(), rows));
      }
      return contentHash.filter(hash -> !hash.equals(found.hex())).isPresent()
          ? Optional.of("has its %d rows, but with other content".formatted(rows))
          : Optional.empty();
    }

    ContentHash hash() {
      return new ContentHash(rows, contentHash.orElse(ContentHash.NONE.hex()));
    }
  }
}
