package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run whose tables are all written, so that nothing but its commit is missing. It is kept as
 * {@code run.json} beside its tables, also after they became a release.
 *
 * @param attempt tells apart the folders of two attempts at the same run
 * @param startedFrom the number of the commit that it builds on
 * @param makeLive it goes live even where a later night is live
 * @param tables what it publishes, by table name
 * @param models what they were made with, by kind of model
 * @param night its part of the history
 * @param files the bytes of each of its files, by path within its folder
 * @param inputs what it was made from, in the words of the job
 */
public record StagedRun(
    int format,
    String runId,
    @JsonProperty("as_of_date") LocalDate asOf,
    String attempt,
    long startedFrom,
    boolean makeLive,
    SortedMap<String, Release.Table> tables,
    SortedMap<String, UsedModel> models,
    Commit.Night night,
    SortedMap<String, Long> files,
    JsonNode inputs) {
  public StagedRun {
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  String folder() {
    return Layout.staging(runId, attempt);
  }

  String historyFolder() {
    return Layout.history(asOf, runId, attempt);
  }
}
