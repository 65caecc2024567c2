package io.karat.matching;

import static org.apache.spark.sql.functions.col;

import io.karat.publishing.MatchDecision;
import io.karat.publishing.MatchDecision.Verdict;
import io.karat.publishing.MatchStore;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Clusters of customers who are probably one: those whom proposed or accepted pairs connect.
 *
 * @param members the customers of each cluster, by its least id
 * @param least the least probability of a pair of the cluster
 * @param contradicted the clusters within which a pair was rejected
 */
record MatchClusters(
    SortedMap<String, SortedSet<String>> members,
    Map<String, BigDecimal> least,
    Set<String> contradicted) {
  static final TableContract CONTRACT = TableDefinitions.ofMatching(MatchStore.CLUSTERS, List.of());

  /** The pairs that connect. */
  static Column connects() {
    return col(MatchScores.STATUS).isin(MatchScores.PROPOSED, Verdict.ACCEPTED.name());
  }

  static MatchClusters of(MatchedPairs matched, List<MatchDecision> rejected) {
    ConnectedCustomers connected = new ConnectedCustomers();
    matched.pairs().forEach(it -> connected.connect(it.customerId(), it.otherCustomerId()));
    Map<String, BigDecimal> least = new HashMap<>();
    matched
        .pairs()
        .forEach(
            it -> least.merge(connected.least(it.customerId()), it.probability(), BigDecimal::min));
    Set<String> contradicted = new HashSet<>();
    for (MatchDecision decision : rejected) {
      if (connected.areConnected(decision.customerId(), decision.otherCustomerId())) {
        contradicted.add(connected.least(decision.customerId()));
      }
    }
    return new MatchClusters(connected.clusters(), least, contradicted);
  }

  long customers() {
    return members.values().stream().mapToLong(Set::size).sum();
  }

  int largest() {
    return members.values().stream().mapToInt(Set::size).max().orElse(0);
  }

  /** One row per customer of a cluster. */
  Dataset<Row> rows(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    members.forEach(
        (cluster, customers) ->
            customers.forEach(
                customer ->
                    rows.add(
                        RowFactory.create(
                            cluster,
                            customer,
                            (long) customers.size(),
                            least.get(cluster),
                            contradicted.contains(cluster)))));
    return spark.createDataFrame(rows, CONTRACT.schema());
  }
}
