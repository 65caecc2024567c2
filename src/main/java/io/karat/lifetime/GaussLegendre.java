package io.karat.lifetime;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** Integrals of smooth functions by Gauss-Legendre rules over panels. */
final class GaussLegendre {
  /** For functions that are nearly polynomials over a length of 1. */
  static final GaussLegendre SHORT = of(5);

  /** Exact to 1e-15 for exponentials over up to 16 e-folds. */
  static final GaussLegendre LONG = of(16);

  private final double[] nodes;
  private final double[] weights;

  private GaussLegendre(GaussIntegrator rule) {
    nodes = new double[rule.getNumberOfPoints()];
    weights = new double[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = rule.getPoint(i);
      weights[i] = rule.getWeight(i);
    }
  }

  private static GaussLegendre of(int points) {
    return new GaussLegendre(new GaussIntegratorFactory().legendre(points, 0, 1));
  }

  int points() {
    return nodes.length;
  }

  /** The place of a point in a panel, between 0 and 1. */
  double node(int i) {
    return nodes[i];
  }

  /** The weight of a point; all weights add up to 1. */
  double weight(int i) {
    return weights[i];
  }

  /** The integral from 0 to {@code end}, in panels no longer than 1. */
  double integral(DoubleUnaryOperator function, double end) {
    int panels = (int) Math.max(1, Math.ceil(end));
    double width = end / panels;
    double sum = 0;
    for (int panel = 0; panel < panels; panel++) {
      for (int i = 0; i < nodes.length; i++) {
        sum += weights[i] * function.applyAsDouble((panel + nodes[i]) * width);
      }
    }
    return sum * width;
  }
}
