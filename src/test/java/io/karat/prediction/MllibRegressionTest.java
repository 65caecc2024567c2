package io.karat.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.util.Arrays;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Regressions of MLlib and of Karat over the same customers: each is the oracle of the other. */
@ExtendWith(LocalSpark.class)
class MllibRegressionTest {
  private final SparkSession spark;

  MllibRegressionTest(SparkSession spark) {
    this.spark = spark;
  }

  /** R 4.2.2: glm(case ~ spontaneous + induced, data = infert, family = binomial()). */
  @Test
  void mllibFindsThePublishedCoefficients() {
    RegressionFit fit =
        new MllibRegression(spark, 1e-9)
            .fit(new Regression(RegressionFamily.LOGISTIC, new Penalty(0)), Infertility.sample());

    assertEquals(-1.707860071, fit.intercept(), 1e-6);
    assertEquals(1.197205035, fit.coefficients().get(0), 1e-6);
    assertEquals(0.418129395, fit.coefficients().get(1), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"LOGISTIC, 0", "LOGISTIC, 0.05", "LINEAR, 0", "LINEAR, 0.05"})
  void bothFindTheSameMinimum(RegressionFamily family, double strength) {
    Regression regression = new Regression(family, new Penalty(strength));
    RegressionSample customers = customers(family);

    RegressionFit theirs = new MllibRegression(spark, 1e-9).fit(regression, customers);
    RegressionFit ours = regression.fit(customers).orElseThrow();
    assertEquals(theirs.intercept(), ours.intercept(), 1e-5);
    for (int j = 0; j < customers.width(); j++) {
      assertEquals(theirs.coefficients().get(j), ours.coefficients().get(j), 1e-5);
    }
  }

  /** Customers with three predictors in deviations, of which the third says nothing. */
  private static RegressionSample customers(RegressionFamily family) {
    Random chance = new Random(7);
    double[][] rows = new double[300][];
    double[] responses = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double first = chance.nextGaussian();
      rows[i] = new double[] {first, first / 2 + chance.nextGaussian(), chance.nextGaussian()};
      double score = 0.5 + rows[i][0] - 0.7 * rows[i][1] + chance.nextGaussian();
      responses[i] = family == RegressionFamily.LINEAR ? score : score > 0 ? 1 : 0;
    }
    return new RegressionSample(rows, standard(responses, family));
  }

  /** Amounts in deviations, as MLlib divides the penalty by their deviation. */
  private static double[] standard(double[] responses, RegressionFamily family) {
    if (family == RegressionFamily.LOGISTIC) {
      return responses;
    }

    double mean = Arrays.stream(responses).average().orElseThrow();
    double squares = Arrays.stream(responses).map(it -> (it - mean) * (it - mean)).sum();
    double deviation = Math.sqrt(squares / (responses.length - 1));
    return Arrays.stream(responses).map(it -> (it - mean) / deviation).toArray();
  }
}
