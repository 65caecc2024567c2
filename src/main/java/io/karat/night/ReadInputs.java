package io.karat.night;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Inputs of a night with the indicators computed from them.
 *
 * @param lifetime the lifetime value of the night; empty if it is switched off
 * @param prediction the prediction of the night; empty if nothing is predicted
 * @param indicators the published rows of customer_indicators, one per customer
 */
record ReadInputs(
    NightInput input,
    Optional<NightLifetime> lifetime,
    Optional<NightPrediction> prediction,
    Dataset<Row> indicators) {}
