package io.karat.models;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The customers of a night, on whom models are fitted and compared.
 *
 * @param asOf the as-of day of the night
 * @param indicators the rows of customer_indicators, one per customer
 */
public record ModelCustomers(LocalDate asOf, Dataset<Row> indicators) {}
