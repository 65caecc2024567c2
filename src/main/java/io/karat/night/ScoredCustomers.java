package io.karat.night;

import io.karat.scores.ScoreTables;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Customers of a night with their scores and segments.
 *
 * @param scores the tables of scores, over one row per customer with every score and state
 * @param tiers the rows of {@code tiers}
 */
record ScoredCustomers(
    NightInput input, ScoreTables scores, NightSegments segments, List<Row> tiers) {
  ScoredCustomers {
    tiers = List.copyOf(tiers);
  }
}
