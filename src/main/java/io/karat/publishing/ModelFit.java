package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Record of a fit on command.
 *
 * @param number one above the fit before, of the same kind
 * @param model the id of the fitted model
 * @param runId the release on whose customers it was fitted
 * @param asOf the night of that release
 * @param writtenAt the time of the fit, for people only
 */
public record ModelFit(
    int format,
    @JsonProperty("n") long number,
    String model,
    String runId,
    @JsonProperty("as_of_date") LocalDate asOf,
    Instant writtenAt) {}
