package io.karat.lifetime;

import io.karat.lifetime.Likelihood.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The search for the maximum of a likelihood, by Newton's method on the logarithms of the
 * parameters.
 *
 * <p>The gradient is exact, the curvature the central difference of gradients. Where the likelihood
 * is not concave the step goes up all the same, no step is longer than 1.5 in any logarithm, and
 * none is taken that does not gain. A parameter that becomes 10,000 times as large or as small as
 * at the start ends the search: the likelihood has no maximum then.
 */
final class MaximumLikelihood {
  private static final int STEPS = 60;
  private static final double LONGEST = 1.5;
  private static final double DIFFERENCE = 1e-4;
  private static final double FLAT = 1e-9;
  private static final double LEAST_CURVATURE = 1e-9;
  private static final double SHORTEST = 1e-6;
  private static final double FARTHEST = Math.log(1e4);

  private final Likelihood likelihood;

  private MaximumLikelihood(Likelihood likelihood) {
    this.likelihood = likelihood;
  }

  /** Searches from the best start, and from two others only if that finds no maximum. */
  static Maximum of(Likelihood likelihood) {
    MaximumLikelihood search = new MaximumLikelihood(likelihood);
    List<double[]> starts =
        new ArrayList<>(
            likelihood.starts().stream()
                .filter(start -> Double.isFinite(likelihood.at(start).value()))
                .toList());
    if (starts.isEmpty()) {
      return Maximum.NONE;
    }

    starts.sort(Comparator.comparingDouble(start -> -likelihood.at(start).value()));
    Maximum first = search.from(starts.get(0));
    return first.isFound()
        ? first
        : starts.stream()
            .skip(1)
            .limit(2)
            .map(search::from)
            .filter(Maximum::isFound)
            .findFirst()
            .orElse(first);
  }

  private Maximum from(double[] start) {
    RealVector at = new ArrayRealVector(start);
    Point here = likelihood.at(start);
    for (int step = 0; step < STEPS && !isFlat(here); step++) {
      RealMatrix curvature = curvature(at);
      if (!Double.isFinite(curvature.getNorm())) {
        break;
      }

      RealVector direction = direction(curvature, here.slope());
      double length = Math.min(1, LONGEST / direction.getLInfNorm());
      RealVector next = at.add(direction.mapMultiply(length));
      Point there = likelihood.at(next.toArray());
      while (!(there.value() > here.value()) && length > SHORTEST) {
        length /= 2;
        next = at.add(direction.mapMultiply(length));
        there = likelihood.at(next.toArray());
      }
      if (!(there.value() > here.value())) {
        break;
      }
      at = next;
      here = there;
      if (isFar(at, start)) {
        break;
      }
    }
    return result(at, here, isFar(at, start) || !Double.isFinite(curvature(at).getNorm()));
  }

  private Maximum result(RealVector at, Point here, boolean isAway) {
    double[] parameters = at.map(Math::exp).toArray();
    if (isAway) {
      return new Maximum(
          Arrays.stream(parameters).boxed().toList(),
          List.of(),
          here.value() * likelihood.customers(),
          steepest(here),
          false);
    }

    EigenDecomposition information = new EigenDecomposition(curvature(at).scalarMultiply(-1));
    boolean isPeak =
        Arrays.stream(information.getRealEigenvalues()).allMatch(it -> it > LEAST_CURVATURE);
    List<Double> errors = new ArrayList<>();
    if (isPeak) {
      RealMatrix spread = information.getSolver().getInverse();
      for (int i = 0; i < parameters.length; i++) {
        errors.add(parameters[i] * Math.sqrt(spread.getEntry(i, i) / likelihood.customers()));
      }
    }
    return new Maximum(
        Arrays.stream(parameters).boxed().toList(),
        errors,
        here.value() * likelihood.customers(),
        steepest(here),
        isPeak && steepest(here) < 1e-6);
  }

  private static boolean isFar(RealVector at, double[] start) {
    return at.getLInfDistance(new ArrayRealVector(start)) > FARTHEST;
  }

  private static boolean isFlat(Point point) {
    return steepest(point) < FLAT;
  }

  private static double steepest(Point point) {
    return point.slope().getLInfNorm();
  }

  private RealMatrix curvature(RealVector at) {
    int size = at.getDimension();
    RealMatrix curvature = new Array2DRowRealMatrix(size, size);
    for (int i = 0; i < size; i++) {
      RealVector above = at.copy();
      above.addToEntry(i, DIFFERENCE);
      RealVector below = at.copy();
      below.addToEntry(i, -DIFFERENCE);
      RealVector change =
          likelihood.at(above.toArray()).slope().subtract(likelihood.at(below.toArray()).slope());
      curvature.setColumnVector(i, change.mapDivide(2 * DIFFERENCE));
    }
    return curvature.add(curvature.transpose()).scalarMultiply(0.5);
  }

  /**
   * Newton's step along axes where the likelihood is concave; along others as far in the direction
   * up.
   */
  private static RealVector direction(RealMatrix curvature, RealVector slope) {
    EigenDecomposition parts = new EigenDecomposition(curvature);
    RealVector direction = new ArrayRealVector(slope.getDimension());
    for (int i = 0; i < slope.getDimension(); i++) {
      RealVector axis = parts.getEigenvector(i);
      double bend = Math.max(Math.abs(parts.getRealEigenvalue(i)), LEAST_CURVATURE);
      direction = direction.add(axis.mapMultiply(axis.dotProduct(slope) / bend));
    }
    return direction;
  }

  /**
   * The result of a search.
   *
   * @param standardErrors empty if the likelihood has no peak there
   * @param logLikelihood of all customers
   * @param steepest the largest derivative left by any logarithm, per customer
   * @param isFound whether the likelihood has its maximum there
   */
  record Maximum(
      List<Double> parameters,
      List<Double> standardErrors,
      double logLikelihood,
      double steepest,
      boolean isFound) {
    /** The result without a start. */
    static final Maximum NONE = new Maximum(List.of(), List.of(), Double.NaN, Double.NaN, false);

    Maximum {
      parameters = List.copyOf(parameters);
      standardErrors = List.copyOf(standardErrors);
    }
  }
}
