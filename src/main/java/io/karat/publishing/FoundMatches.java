package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Result of a search for duplicates, as its file names it.
 *
 * @param number the searches are numbered; the highest counts
 * @param path the folder of its tables, within the output folder
 * @param pairs the rows of its list of pairs
 */
public record FoundMatches(
    int format,
    long number,
    String runId,
    @JsonProperty("as_of_date") LocalDate asOf,
    String path,
    long pairs,
    Instant writtenAt) {}
