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
 * The tables of one night as they were published; they never change afterwards.
 *
 * @param runId the run that made them, and the name of their folder
 * @param asOf the night
 * @param withdrawn a rollback took it back; it goes live again only by {@code publish}
 * @param retained its files were still there at the latest commit
 * @param writtenAt when it was committed, for people only
 * @param tables what was published, by table name
 * @param models what they were made with, by kind of model
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
   * What a table holds.
   *
   * @param rows their number
   * @param contentHash equal for equal rows in any order; empty where a table has none
   */
  public record Table(
      long rows,
      @JsonSerialize(using = ControlFileJson.OptionalText.class)
          @JsonDeserialize(using = ControlFileJson.TextOptional.class)
          Optional<String> contentHash) {

    /** What was read back of a table. */
    public static Table of(ContentHash content) {
      return new Table(content.rows(), Optional.of(content.hex()));
    }

    ContentHash hash() {
      return new ContentHash(rows, contentHash.orElse(ContentHash.NONE.hex()));
    }
  }
}
