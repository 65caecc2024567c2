package io.karat.models;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The customers of a night, as published in a release.
 *
 * @param runId the release
 * @param asOf its as-of day
 * @param indicators the rows of customer_indicators, one per customer
 */
public record ReleasedCustomers(String runId, LocalDate asOf, Dataset<Row> indicators) {}
