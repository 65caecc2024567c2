package io.karat.matching;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts of the pairs that were compared, by the levels at which they agree.
 *
 * @param random those of random pairs
 * @param byRule those of each rule
 * @param once those of all rules, each pair once
 * @param added the pairs of each rule that no rule before it brought together
 */
record ComparedPairs(
    AgreementCounts random, List<AgreementCounts> byRule, AgreementCounts once, List<Long> added) {
  /** The largest number of patterns that are looked at; rarer ones do not count. */
  private static final int MOST_PATTERNS = 1_000_000;

  ComparedPairs {
    byRule = List.copyOf(byRule);
    added = List.copyOf(added);
  }

  /**
   * Counts pairs; starts jobs.
   *
   * @param ofRules {@link CandidatePairs#ofRules}
   * @param random {@link CandidatePairs#random}
   */
  static ComparedPairs of(Dataset<Row> ofRules, Dataset<Row> random, int rules) {
    List<Map<Long, Long>> byRule = new ArrayList<>();
    List<Long> added = new ArrayList<>();
    for (int rule = 0; rule < rules; rule++) {
      byRule.add(new HashMap<>());
      added.add(0L);
    }
    Map<Long, Long> once = new HashMap<>();
    for (Row row : counted(ofRules)) {
      int rule = row.getInt(0);
      long pairsOfPattern = row.getLong(3);
      byRule.get(rule).merge(row.getLong(2), pairsOfPattern, Long::sum);
      if (row.getBoolean(1)) {
        once.merge(row.getLong(2), pairsOfPattern, Long::sum);
        added.set(rule, added.get(rule) + pairsOfPattern);
      }
    }
    Map<Long, Long> byChance = new HashMap<>();
    counted(random).forEach(row -> byChance.put(row.getLong(2), row.getLong(3)));
    return new ComparedPairs(
        AgreementCounts.of(byChance),
        byRule.stream().map(AgreementCounts::of).toList(),
        AgreementCounts.of(once),
        added);
  }

  private static List<Row> counted(Dataset<Row> pairs) {
    return pairs
        .groupBy(CandidatePairs.RULE, CandidatePairs.IS_NEW, CandidatePairs.PATTERN)
        .count()
        .orderBy(
            col("count").desc(),
            col(CandidatePairs.RULE),
            col(CandidatePairs.IS_NEW),
            col(CandidatePairs.PATTERN))
        .limit(MOST_PATTERNS)
        .collectAsList();
  }
}
