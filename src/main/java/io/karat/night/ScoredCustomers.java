package io.karat.night;

import io.karat.ranks.RankResults;
import io.karat.scores.ScoreTables;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Customers of a night with their scores and segments.
 *
 * @param indicators the columns of customer_indicators with their types
 * @param scores the tables of scores, over one row per customer with every score and state
 * @param ranks the ranks that several tables are made of
 * @param tiers the rows of {@code tiers}
 */
record ScoredCustomers(
    NightInput input,
    StructType indicators,
    ScoreTables scores,
    NightSegments segments,
    Optional<RankResults> ranks,
    List<Row> tiers) {
  ScoredCustomers {
    tiers = List.copyOf(tiers);
  }
}
