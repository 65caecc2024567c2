package io.karat.segments;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import io.karat.testing.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clusters of standard data whose least cost is published. */
@ExtendWith(LocalSpark.class)
class PublishedClustersTest {
  private static final int STARTS = 50;
  private static final int ITERATIONS = 300;

  @Test
  void irisAsItIs() throws IOException {
    double[][] iris = iris();

    assertCost(152.3479517604, iris, 2);
    assertCost(78.8514414261, iris, 3);
    assertCost(57.2284732143, iris, 4);
  }

  @Test
  void irisInStandardDeviations() throws IOException {
    double[][] iris = standardised(iris());

    assertCost(220.8792935986, iris, 2);
    assertCost(138.8883597174, iris, 3);
    assertCost(113.3316235128, iris, 4);
  }

  @Test
  void arrestsInStandardDeviations() throws IOException {
    double[][] arrests = standardised(numbers("us_arrests.csv", 1, 5));

    assertCost(102.8624004944, arrests, 2);
    assertCost(78.3232689710, arrests, 3);
    assertCost(56.4031734583, arrests, 4);
  }

  /** Days since the last purchase, days with a purchase, and the total, at 1998-06-30. */
  @Test
  void recencyFrequencyAndMonetaryValue(SparkSession spark) {
    List<Row> customers =
        spark
            .read()
            .parquet(RealData.folder("cdnow").resolve("transactions.parquet").toString())
            .groupBy("master_id")
            .agg(
                expr("cast(datediff(DATE '1998-06-30', max(purchase_date)) AS double)"),
                expr("cast(count(DISTINCT purchase_date) AS double)"),
                expr("cast(sum(amount) AS double)"))
            .orderBy("master_id")
            .collectAsList();
    double[][] points =
        standardised(
            customers.stream()
                .map(
                    row ->
                        new double[] {
                          Math.log1p(row.getDouble(1)),
                          Math.log1p(row.getDouble(2)),
                          Math.log1p(row.getDouble(3))
                        })
                .toArray(double[][]::new));

    assertCost(1998.87674892, points, 3);
    assertCost(1604.05899923, points, 4);
    assertCost(1319.38454363, points, 5);
  }

  /**
   * The published figure is of another copy of iris, which differs from this one in two flowers.
   */
  @Test
  void theSilhouetteOfTheThreeSpecies() throws IOException {
    List<String> species = column("iris.csv", 4);
    List<String> kinds = species.stream().distinct().toList();
    int[] labels = species.stream().mapToInt(kinds::indexOf).toArray();
    double[][] iris = iris();
    iris[34] = new double[] {4.9, 3.1, 1.5, 0.1};
    iris[37] = new double[] {4.9, 3.1, 1.5, 0.1};

    assertEquals(0.6564679231, ClusterQuality.silhouette(Points.of(iris), labels, 3), 5e-11);
  }

  @Test
  void anyNumberOfCoresFindsTheSame() throws Exception {
    Points points = Points.of(standardised(iris()));
    Clusters many = new KMeans(3, 42, STARTS, ITERATIONS).fit(points);
    ForkJoinPool one = new ForkJoinPool(1);
    try {
      Clusters alone = one.submit(() -> new KMeans(3, 42, STARTS, ITERATIONS).fit(points)).get();

      assertArrayEquals(many.ofPoints(), alone.ofPoints());
      assertEquals(many.cost(), alone.cost(), 0);
    } finally {
      one.shutdown();
    }
  }

  private static void assertCost(double published, double[][] rows, int k) {
    Clusters clusters = new KMeans(k, 42, STARTS, ITERATIONS).fit(Points.of(rows));

    assertEquals(1, clusters.cost() / published, 1e-6, () -> k + " clusters: " + clusters.cost());
  }

  private static double[][] iris() throws IOException {
    return numbers("iris.csv", 0, 4);
  }

  private static double[][] numbers(String file, int from, int to) throws IOException {
    return lines(file).stream()
        .map(
            line ->
                Arrays.stream(line.split(",", -1), from, to)
                    .mapToDouble(Double::parseDouble)
                    .toArray())
        .toArray(double[][]::new);
  }

  private static List<String> column(String file, int column) throws IOException {
    return lines(file).stream().map(line -> line.split(",", -1)[column]).toList();
  }

  private static List<String> lines(String file) throws IOException {
    List<String> lines = Files.readAllLines(RealData.folder("standard").resolve(file));
    return lines.subList(1, lines.size());
  }

  /** The values less their mean, in standard deviations (n - 1). */
  private static double[][] standardised(double[][] rows) {
    int dimensions = rows[0].length;
    double[][] standardised = new double[rows.length][dimensions];
    for (int d = 0; d < dimensions; d++) {
      int dimension = d;
      double[] column = Arrays.stream(rows).mapToDouble(row -> row[dimension]).toArray();
      double mean = Arrays.stream(column).sum() / column.length;
      double squares = Arrays.stream(column).map(it -> (it - mean) * (it - mean)).sum();
      double deviation = Math.sqrt(squares / (column.length - 1));
      for (int i = 0; i < rows.length; i++) {
        standardised[i][d] = (column[i] - mean) / deviation;
      }
    }
    return standardised;
  }
}
