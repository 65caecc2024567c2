package io.karat.matching;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.FoundMatches;
import io.karat.publishing.MatchStore;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import io.karat.testing.LocalSpark;
import io.karat.testing.OutputFolders;
import io.karat.testing.RealData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches on the data sets of the FEBRL generator, beside the published notebook of Splink 4,
 * which finds 4,960 of the 5,000 pairs of data set 4 at a threshold of 0.99. The truth is in the
 * ids: rec-N-org and rec-N-dup-0 are one.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class FebrlTest {
  private static final String CONFIGURATION =
      """
      inputs:
        customers:
          path: %s
          format: csv
          options: {ignoreLeadingWhiteSpace: true, ignoreTrailingWhiteSpace: true}
          columns: {customer_id: rec_id}
      matching:
        fields:
          given_name: {compare: name}
          surname: {compare: name}
          date_of_birth: {compare: date}
          soc_sec_id: {compare: digits}
          street_number: {compare: exact}
          postcode: {compare: digits}
        block:
          - [given_name, surname]
          - [date_of_birth]
          - [soc_sec_id]
          - [state, address_1]
          - [street_number, address_1]
          - [postcode]
      """;

  @TempDir Path folder;

  @Test
  void dataSetFourIsLinkedAsWellAsBySplink(SparkSession spark) throws IOException {
    Path data = RealData.folder("febrl");
    Figures found =
        search(
            spark,
            "[%s, %s]".formatted(data.resolve("dataset4a.csv"), data.resolve("dataset4b.csv")));

    assertTrue(found.right() >= 4_960, found::toString);
    assertTrue(found.wrong() <= 1, found::toString);
    assertTrue(found.oneIn() > 9_900 && found.oneIn() < 10_100, found::toString);
  }

  @Test
  void dataSetThreeFallsIntoItsClusters(SparkSession spark) throws IOException {
    Figures found = search(spark, RealData.folder("febrl").resolve("dataset3.csv").toString());

    assertTrue(found.right() >= 6_480, found::toString);
    assertTrue(found.wrong() <= 1, found::toString);
    assertTrue(found.wholeClusters() >= 1_100, found::toString);
  }

  /**
   * Figures of one search at a threshold of 0.99.
   *
   * @param right pairs within clusters that are one person
   * @param wrong pairs within clusters that are two
   * @param wholeClusters the persons with several records who are one cluster, all of them in it
   */
  private record Figures(
      long right, long wrong, long wholeClusters, long persons, long oneIn, long comparisons) {}

  private Figures search(SparkSession spark, String path) throws IOException {
    OutputFolder output = OutputFolders.open(folder, new Configuration(), () -> Instant.EPOCH);
    MatchPlan plan = MatchPlanTest.plan(CONFIGURATION.formatted(path));
    MatchResult result;
    try (RunLock lock = output.lock("match")) {
      result =
          new MatchSearch(spark, plan, output).find(LocalDate.of(2026, 3, 1), lock).orElseThrow();
    }
    FoundMatches found = output.matches().latest().orElseThrow();
    Map<String, List<String>> clusters =
        spark
            .read()
            .parquet(output.matches().tables(found).location(MatchStore.CLUSTERS))
            .collectAsList()
            .stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.<String>getAs("cluster_id"),
                    Collectors.mapping(
                        row -> person(row.getAs("customer_id")), Collectors.toList())));
    List<Row> all =
        spark
            .read()
            .option("header", true)
            .csv(path.replaceAll("[\\[\\]]", "").split(", "))
            .collectAsList();
    Map<String, Long> records =
        all.stream()
            .collect(Collectors.groupingBy(row -> person(row.getString(0)), Collectors.counting()));
    records.values().removeIf(count -> count == 1);
    long right = 0;
    long wrong = 0;
    long whole = 0;
    for (List<String> cluster : clusters.values()) {
      Map<String, Long> persons = new HashMap<>();
      cluster.forEach(person -> persons.merge(person, 1L, Long::sum));
      long pairs = cluster.size() * (cluster.size() - 1L) / 2;
      long same = persons.values().stream().mapToLong(it -> it * (it - 1) / 2).sum();
      right += same;
      wrong += pairs - same;
      if (persons.size() == 1 && records.getOrDefault(cluster.get(0), 0L) == cluster.size()) {
        whole++;
      }
    }
    return new Figures(right, wrong, whole, records.size(), result.oneIn(), result.comparisons());
  }

  private static String person(String record) {
    return record.replaceFirst("^(rec-\\d+)-.*$", "$1");
  }
}
