package io.karat.matching;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.karat.publishing.FoundMatches;
import io.karat.publishing.MatchDecision;
import io.karat.publishing.MatchDecision.Verdict;
import io.karat.publishing.MatchStore;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import io.karat.publishing.RunTables;
import io.karat.run.CodeFingerprint;
import io.karat.run.Fingerprint;
import io.karat.run.RefusedException;
import io.karat.run.Run;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Job that looks for duplicate customers: blocks, counts of pairs, model, scores, clusters. It
 * changes no table of a night and merges nobody.
 */
public record MatchSearch(SparkSession spark, MatchPlan plan, OutputFolder output) {
  private static final String MODEL = "model.json";
  private static final String REVIEW_LIST = "review.csv";
  private static final int MOST_TO_REVIEW = 10_000;

  /**
   * Looks for duplicates among the customers of a day.
   *
   * @return empty if the newest search has the same day, inputs, settings and decisions
   * @throws io.karat.run.InputException if an input is missing or has the wrong columns
   * @throws RefusedException if there are fewer than two customers, or far too many pairs
   */
  public Optional<MatchResult> find(LocalDate asOf, RunLock lock) throws IOException {
    describe("read customers of " + asOf);
    MatchRecords records = MatchRecords.open(plan, asOf, spark);
    List<MatchDecision> decisions = output.matches().decisions();
    Run run =
        Run.of(
            asOf,
            records.lines(),
            plan.settings().canonicalMatching(),
            CodeFingerprint.ofRunningCode(),
            List.of(Fingerprint.of(decisions.stream().map(MatchDecision::toString).toList())));
    if (isUnchanged(run)) {
      return Optional.empty();
    }

    Dataset<Row> values = records.values(spark).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long customers = values.count();
      requireSeveral(customers);
      Dataset<Row> described =
          MatchRecords.described(values, plan, customers)
              .coalesce(values.rdd().getNumPartitions())
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return Optional.of(found(run, described, customers, decisions, lock));
      } finally {
        described.unpersist();
      }
    } finally {
      values.unpersist();
    }
  }

  private boolean isUnchanged(Run run) throws IOException {
    Optional<FoundMatches> latest = output.matches().latest();
    return latest.isPresent()
        && latest.get().runId().equals(run.id())
        && output.matches().tables(latest.get()).has(MatchStore.CLUSTERS);
  }

  private static void requireSeveral(long customers) {
    if (customers < 2) {
      throw new RefusedException(
          "Cannot look for duplicates: 'inputs.customers' has %d usable %s, expected at least 2. Check its path and mapping."
              .formatted(customers, customers == 1 ? "row" : "rows"));
    }
  }

  private MatchResult found(
      Run run, Dataset<Row> described, long customers, List<MatchDecision> decisions, RunLock lock)
      throws IOException {
    describe("count blocks");
    List<BlockSizes> sizes = BlockSizes.of(described, plan);
    CandidatePairs pairs = new CandidatePairs(MatchRecords.without(sizes, described), plan);
    Dataset<Row> ofRules = pairs.ofRules().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      describe("compare pairs");
      ComparedPairs compared = ComparedPairs.of(ofRules, pairs.random(), plan.rules().size());
      return found(run, customers, decisions, sizes, ofRules, compared, lock);
    } finally {
      ofRules.unpersist();
    }
  }

  private MatchResult found(
      Run run,
      long customers,
      List<MatchDecision> decisions,
      List<BlockSizes> sizes,
      Dataset<Row> ofRules,
      ComparedPairs compared,
      RunLock lock)
      throws IOException {
    double possible = customers * (customers - 1.0) / 2;
    double prior = plan.matching().prior().map(BigDecimal::doubleValue).orElse(0.0);
    MatchModel model = new MatchFit(plan.fields(), plan.rules(), compared, possible).model(prior);

    describe("write pairs");
    MatchScores scores = new MatchScores(plan, model);
    RunTables tables = output.matches().stage(run.id(), lock);
    scores
        .contract()
        .publish(scores.scored(ofRules, decisions), run, plan.settings().language())
        .repartition(spark.sparkContext().defaultParallelism(), col(Columns.CUSTOMER_ID))
        .sortWithinPartitions(col(Columns.CUSTOMER_ID), col(MatchScores.OTHER))
        .write()
        .parquet(tables.location(MatchStore.CANDIDATES));
    Dataset<Row> candidates = spark.read().parquet(tables.location(MatchStore.CANDIDATES));

    describe("cluster customers");
    MatchClusters clusters =
        MatchClusters.of(
            MatchedPairs.of(candidates, MatchClusters.connects()),
            decisions.stream().filter(it -> it.verdict() == Verdict.REJECTED).toList());
    MatchClusters.CONTRACT
        .publish(clusters.rows(spark), run, plan.settings().language())
        .coalesce(1)
        .write()
        .parquet(tables.location(MatchStore.CLUSTERS));
    output.matches().write(run.id(), lock, MODEL, model.json());
    output
        .matches()
        .write(run.id(), lock, REVIEW_LIST, ReviewList.text(candidates, MOST_TO_REVIEW));
    Map<String, Long> byStatus = byStatus(candidates);
    output
        .matches()
        .publish(
            run.id(),
            run.asOf(),
            byStatus.values().stream().mapToLong(Long::longValue).sum(),
            lock);
    output.matches().requireAliases();
    return new MatchResult(
        run, customers, possible, sizes, compared, model, byStatus, clusters, tables.location(""));
  }

  private static Map<String, Long> byStatus(Dataset<Row> candidates) {
    Map<String, Long> counts = new TreeMap<>();
    candidates
        .groupBy(MatchScores.STATUS)
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private void describe(String step) {
    spark.sparkContext().setJobDescription("karat match: " + step);
  }
}
