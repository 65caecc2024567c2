package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.testing.LocalSpark;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** K-means of Karat and of Spark over the same points. */
@ExtendWith(LocalSpark.class)
class KMeansBesideMllibTest {
  private static final int STARTS = 3;

  /** Four overlapping groups of 60 points each. */
  private static double[][] points() {
    Random chance = new Random(11);
    return IntStream.range(0, 240)
        .mapToObj(
            i ->
                new double[] {
                  i % 4 + chance.nextGaussian() / 2,
                  i % 2 * 2 + chance.nextGaussian() / 2,
                  chance.nextGaussian()
                })
        .toArray(double[][]::new);
  }

  @Test
  void theCostIsNotAboveTheirsAndTheyAgreeWhatItIs(SparkSession spark) {
    double[][] rows = points();
    Points points = Points.of(rows);
    Clusters ours = KMeans.of(4, 42).fit(points);
    List<Row> vectors =
        Arrays.stream(rows).map(row -> RowFactory.create(Vectors.dense(row))).toList();
    Dataset<Row> frame =
        spark
            .createDataFrame(vectors, new StructType().add("features", SQLDataTypes.VectorType()))
            .coalesce(1)
            .cache();

    for (int start = 0; start < STARTS; start++) {
      KMeansModel theirs =
          new org.apache.spark.ml.clustering.KMeans()
              .setK(4)
              .setSeed(start)
              .setMaxIter(50)
              .fit(frame);
      double cost = theirs.summary().trainingCost();
      assertTrue(ours.cost() <= cost * (1 + 1e-9), () -> ours.cost() + " above " + cost);
      double[][] centres =
          Arrays.stream(theirs.clusterCenters()).map(Vector::toArray).toArray(double[][]::new);
      int[] nearest = IntStream.range(0, rows.length).map(i -> nearest(rows[i], centres)).toArray();
      assertEquals(cost, points.cost(nearest, centres), 1e-6);
    }
  }

  private static int nearest(double[] point, double[][] centres) {
    int nearest = 0;
    for (int j = 1; j < centres.length; j++) {
      if (distance(point, centres[j]) < distance(point, centres[nearest])) {
        nearest = j;
      }
    }
    return nearest;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int f = 0; f < one.length; f++) {
      sum += (one[f] - other[f]) * (one[f] - other[f]);
    }
    return sum;
  }
}
