package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;

/**
 * One time that somebody had a model learned anew.
 *
 * @param number one above the fit before, of the same kind
 * @param model the id of what was learned
 * @param runId the release whose customers it was learned from
 * @param asOf the night of that release
 * @param writtenAt when, for people only
 */
public record ModelFit(
    int format,
    @JsonProperty("n") long number,
    String model,
    String runId,
    @JsonProperty("as_of_date") LocalDate asOf,
    Instant writtenAt) {}
