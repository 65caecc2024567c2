package io.karat.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A regression with an elastic net, fitted by Newton's method: in each step the loss is a parabola,
 * whose penalised minimum is found one coefficient at a time (Friedman, Hastie and Tibshirani
 * 2010); a step that does not gain is halved.
 *
 * <p>The minimum is unique, so that its digits do not depend on the start. That of {@link
 * MllibRegression} is near it already; its last digits depend on the linear algebra of the machine,
 * those of this class do not.
 */
record Regression(RegressionFamily family, Penalty penalty) {
  private static final int STEPS = 60;
  private static final int SWEEPS = 10_000;
  private static final double CONVERGED = 1e-10;
  private static final double SHORTEST = 1e-10;

  /** A score beyond which odds are a matter of belief: one in 10^17. */
  private static final double FARTHEST = 40;

  /** The ratio of curvatures below which a direction counts as flat. */
  private static final double FLAT = 1e-10;

  /** Fits from a start of zeros. */
  Optional<RegressionFit> fit(RegressionSample sample) {
    return fit(sample, RegressionFit.of(0, new double[sample.width()]));
  }

  /**
   * Fits from a start.
   *
   * @return empty if there is no finite minimum
   */
  Optional<RegressionFit> fit(RegressionSample sample, RegressionFit start) {
    double[] at = new double[sample.width() + 1];
    at[0] = start.intercept();
    System.arraycopy(start.weights(), 0, at, 1, sample.width());
    double here = objective(sample, at);
    for (int step = 0; step < STEPS; step++) {
      Parabola parabola = Parabola.of(family, sample, at);
      double[] next = minimum(parabola, at);
      double length = distance(at, next);
      if (!Double.isFinite(length) || Arrays.stream(next).anyMatch(it -> Math.abs(it) > FARTHEST)) {
        return Optional.empty();
      }

      double there = objective(sample, next);
      while (!(there <= here) && distance(at, next) > SHORTEST) {
        next = middle(at, next);
        there = objective(sample, next);
      }
      if (length < CONVERGED) {
        return Optional.of(fitted(sample, next));
      }
      at = next;
      here = there;
    }
    return Optional.empty();
  }

  /** The mean loss per customer and the penalty. */
  private double objective(RegressionSample sample, double[] at) {
    RegressionFit fit = of(at);
    double[] scores = fit.scores(sample);
    double loss = 0;
    for (int i = 0; i < scores.length; i++) {
      loss += family.loss(scores[i], sample.response(i));
    }
    return loss / scores.length + penalty.of(fit.weights());
  }

  /** The penalised minimum of a parabola around a point. */
  private double[] minimum(Parabola parabola, double[] at) {
    double[] next = at.clone();
    // The slope of the loss at the next point.
    double[] slope = parabola.slope().clone();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double largest = 0;
      for (int j = 0; j < next.length; j++) {
        double changed = alone(parabola.curvature()[j][j], slope[j], next[j], j == 0);
        double change = changed - next[j];
        if (change != 0) {
          for (int k = 0; k < next.length; k++) {
            slope[k] += parabola.curvature()[k][j] * change;
          }
          next[j] = changed;
          largest = Math.max(largest, Math.abs(change));
        }
      }
      if (!(largest > CONVERGED / 100)) {
        break;
      }
    }
    return next;
  }

  /** The minimum along one coefficient. */
  private double alone(double curvature, double slope, double value, boolean isIntercept) {
    if (isIntercept) {
      return value - slope / curvature;
    }

    double toward = curvature * value - slope;
    double beyond = Math.max(Math.abs(toward) - penalty.absolute(), 0);
    double bend = curvature + penalty.squared();
    return bend > 0 ? Math.signum(toward) * beyond / bend : 0;
  }

  private RegressionFit fitted(RegressionSample sample, double[] at) {
    RegressionFit fit = of(at);
    return new RegressionFit(fit.intercept(), fit.coefficients(), standardErrors(sample, at));
  }

  /**
   * The roots of the diagonal of the inverse of the penalised curvature, which is the observed
   * information where there is no penalty; over the coefficients that are not 0.
   */
  private List<Double> standardErrors(RegressionSample sample, double[] at) {
    double[][] curvature = Parabola.of(family, sample, at).curvature();
    List<Integer> kept = new ArrayList<>(List.of(0));
    for (int j = 1; j < at.length; j++) {
      if (at[j] != 0) {
        kept.add(j);
      }
    }
    RealMatrix information = new Array2DRowRealMatrix(kept.size(), kept.size());
    for (int a = 0; a < kept.size(); a++) {
      for (int b = 0; b < kept.size(); b++) {
        double bend = a == b && a > 0 ? penalty.squared() : 0;
        information.setEntry(a, b, curvature[kept.get(a)][kept.get(b)] + bend);
      }
    }
    EigenDecomposition parts = new EigenDecomposition(information);
    double[] bends = parts.getRealEigenvalues();
    double most = Arrays.stream(bends).max().orElse(0);
    if (!(Arrays.stream(bends).min().orElse(0) > most * FLAT)) {
      return List.of();
    }

    double variance = residualVariance(sample, at, kept.size()) / sample.size();
    RealMatrix inverse = parts.getSolver().getInverse();
    Double[] errors = new Double[at.length];
    Arrays.fill(errors, Double.NaN);
    for (int a = 0; a < kept.size(); a++) {
      errors[kept.get(a)] = Math.sqrt(variance * inverse.getEntry(a, a));
    }
    return List.of(errors);
  }

  /** The variance that the loss leaves open: 1 of a chance, that of the residuals of an amount. */
  private double residualVariance(RegressionSample sample, double[] at, int estimated) {
    if (family == RegressionFamily.LOGISTIC) {
      return 1;
    }

    double[] scores = of(at).scores(sample);
    double squares = 0;
    for (int i = 0; i < scores.length; i++) {
      squares += 2 * family.loss(scores[i], sample.response(i));
    }
    return squares / Math.max(sample.size() - estimated, 1);
  }

  private static RegressionFit of(double[] at) {
    return RegressionFit.of(at[0], Arrays.copyOfRange(at, 1, at.length));
  }

  private static double distance(double[] one, double[] other) {
    double largest = 0;
    for (int j = 0; j < one.length; j++) {
      // Not max, which would hide a NaN.
      double difference = Math.abs(one[j] - other[j]);
      largest = difference <= largest ? largest : difference;
    }
    return largest;
  }

  private static double[] middle(double[] one, double[] other) {
    double[] middle = new double[one.length];
    for (int j = 0; j < one.length; j++) {
      middle[j] = (one[j] + other[j]) / 2;
    }
    return middle;
  }
}
