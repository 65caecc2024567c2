package io.karat.models;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The customers of a night as a release published them.
 *
 * @param runId the release
 * @param asOf its night
 * @param indicators the rows of customer_indicators, a row each
 */
public record ReleasedCustomers(String runId, LocalDate asOf, Dataset<Row> indicators) {}
