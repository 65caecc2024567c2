package io.karat.prediction;

/** A family of regressions: the loss of a linear score beside a response, and its derivatives. */
enum RegressionFamily {
  /** Logistic regression: the response is 0 or 1, the score the logarithm of the odds. */
  LOGISTIC {
    @Override
    double mean(double score) {
      return 1 / (1 + StrictMath.exp(-score));
    }

    @Override
    double curvature(double mean) {
      return mean * (1 - mean);
    }

    @Override
    double loss(double score, double response) {
      double magnitude = StrictMath.log1p(StrictMath.exp(-Math.abs(score)));
      return Math.max(score, 0) + magnitude - response * score;
    }
  },
  /** Linear regression by least squares. */
  LINEAR {
    @Override
    double mean(double score) {
      return score;
    }

    @Override
    double curvature(double mean) {
      return 1;
    }

    @Override
    double loss(double score, double response) {
      return (response - score) * (response - score) / 2;
    }
  };

  /** The expected response. */
  abstract double mean(double score);

  /** The second derivative of the loss by the score, where this is the expected response. */
  abstract double curvature(double mean);

  /** The loss, whose derivative by the score is the expected less the actual response. */
  abstract double loss(double score, double response);
}
