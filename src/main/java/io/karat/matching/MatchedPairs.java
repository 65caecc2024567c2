package io.karat.matching;

import static org.apache.spark.sql.functions.col;

import io.karat.run.RefusedException;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Pairs of a search on the driver, as many as it holds. */
record MatchedPairs(List<Pair> pairs) {
  /** The largest number of pairs that are clustered or accepted. */
  static final int MOST = 2_000_000;

  MatchedPairs {
    pairs = List.copyOf(pairs);
  }

  /** Pair of a search. */
  record Pair(String customerId, String otherCustomerId, BigDecimal probability) {}

  /**
   * Reads the pairs for which a condition is true.
   *
   * @param candidates the pairs of a search
   * @throws RefusedException if there are too many
   */
  static MatchedPairs of(Dataset<Row> candidates, Column condition) {
    List<Row> rows =
        candidates
            .filter(condition)
            .select(col(Columns.CUSTOMER_ID), col(MatchScores.OTHER), col(MatchScores.PROBABILITY))
            .limit(MOST + 1)
            .collectAsList();
    requireFew(rows.size(), MOST);
    return new MatchedPairs(
        rows.stream()
            .map(row -> new Pair(row.getString(0), row.getString(1), row.getDecimal(2)))
            .toList());
  }

  static void requireFew(long found, int most) {
    if (found > most) {
      throw new RefusedException(
          "Cannot cluster the pairs that were found: there are more than %,d, which is no list of duplicates. Raise 'matching.accept', or compare by fields that tell customers apart."
              .formatted(most));
    }
  }
}
