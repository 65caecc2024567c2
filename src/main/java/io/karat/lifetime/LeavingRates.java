package io.karat.lifetime;

import java.io.Serializable;
import java.util.List;

/** The rates at which customers drop out, at any moment. */
sealed interface LeavingRates extends Serializable permits GammaLeaving, EqualLeaving {
  List<Double> parameters();

  /** The logarithm of the factor that the weights of staying and of leaving share. */
  double logFactor();

  /** The logarithm of the factor that the weight of leaving at a moment has besides. */
  double logLeaving();

  /** The weight of staying until a moment. */
  Decay staying();

  /** The weight of leaving at a moment. */
  Decay leaving();

  /**
   * The expected time until dropout, at most {@code time}, of a customer who has stayed to an age.
   */
  double timeStaying(double age, double time);

  /** A time within which the mean rate changes little. */
  double timeScale(double age);

  /** Adds the derivatives of a customer who has stayed or left with these weights. */
  void addSlopes(double[] sum, int first, double stayed, double age, double left, DropoutTime time);
}
