package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Run whose tables are all written, so that only its commit is missing. It is kept as {@code
 * run.json} beside its tables, also after its commit.
 *
 * @param attempt distinguishes the folders of two attempts at the same run
 * @param path its folder, within the output folder
 * @param startedFrom the number of the commit that it builds on
 * @param makeLive whether it goes live even if a later night is live
 * @param tables the tables to publish, by name
 * @param models the models with which they were made, by kind
 * @param night the history of this night
 * @param files the size of each of its files in bytes, by path within its folder
 * @param inputs facts of the inputs, as the job wrote them
 */
public record StagedRun(
    int format,
    String runId,
    @JsonProperty("as_of_date") LocalDate asOf,
    String attempt,
    String path,
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

  String historyFolder() {
    return Layout.history(asOf, runId, attempt);
  }
}
