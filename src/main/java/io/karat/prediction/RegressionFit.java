package io.karat.prediction;

import java.util.Arrays;
import java.util.List;

/**
 * A fitted regression.
 *
 * @param intercept the score of a customer whose predictors are all 0
 * @param coefficients one per predictor
 * @param standardErrors of the intercept first, then one per coefficient; NaN of a coefficient that
 *     the penalty keeps at 0, empty if the curvature has no inverse
 */
record RegressionFit(double intercept, List<Double> coefficients, List<Double> standardErrors) {
  RegressionFit {
    coefficients = List.copyOf(coefficients);
    standardErrors = List.copyOf(standardErrors);
  }

  /** Coefficients whose standard errors are not known. */
  static RegressionFit of(double intercept, double[] coefficients) {
    return new RegressionFit(intercept, Arrays.stream(coefficients).boxed().toList(), List.of());
  }

  double[] weights() {
    return coefficients.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The same regression with all numbers rounded to ten digits. */
  RegressionFit rounded() {
    return new RegressionFit(
        PredictionFeature.rounded(intercept),
        coefficients.stream().map(PredictionFeature::rounded).toList(),
        standardErrors.stream()
            .map(it -> it.isNaN() ? it : PredictionFeature.rounded(it))
            .toList());
  }

  /** The regression of a response that was given in deviations from a mean. */
  RegressionFit scaled(double mean, double deviation) {
    return new RegressionFit(
        mean + deviation * intercept,
        coefficients.stream().map(it -> deviation * it).toList(),
        standardErrors.stream().map(it -> deviation * it).toList());
  }

  /** The scores of all customers of a sample. */
  double[] scores(RegressionSample sample) {
    double[] weights = weights();
    double[] scores = new double[sample.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = intercept;
      for (int j = 0; j < weights.length; j++) {
        scores[i] += weights[j] * sample.value(i, j);
      }
    }
    return scores;
  }
}
