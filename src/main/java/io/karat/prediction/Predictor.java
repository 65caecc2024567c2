package io.karat.prediction;

import java.util.Arrays;
import java.util.Optional;

/** A predictor of purchases in a back-test: scores of customers, and amounts if it has any. */
final class Predictor {
  static final String REGRESSION = "regression";
  static final String TREES = "gbt";
  static final String PURCHASES = "bgnbd";

  private final String name;
  private final double[] scores;
  private final boolean isChance;
  private final Optional<double[]> amounts;

  private Predictor(String name, double[] scores, boolean isChance, Optional<double[]> amounts) {
    this.name = name;
    this.scores = scores;
    this.isChance = isChance;
    this.amounts = amounts;
  }

  /** The name in tables and model files. */
  String name() {
    return name;
  }

  /** The scores of customers: the larger, the likelier to buy. */
  double[] scores() {
    return scores.clone();
  }

  /** Whether scores are probabilities. */
  boolean isChance() {
    return isChance;
  }

  /** The expected net sales; empty if it says nothing of them. */
  Optional<double[]> amounts() {
    return amounts.map(double[]::clone);
  }

  static Predictor ofChances(String name, double[] chances, Optional<double[]> amounts) {
    return new Predictor(name, chances, true, amounts);
  }

  static Predictor ofAmounts(String name, double[] amounts) {
    return new Predictor(name, amounts, false, Optional.of(amounts));
  }

  static Predictor ofRanks(String name, double[] scores) {
    return new Predictor(name, scores, false, Optional.empty());
  }

  /** Whether it is a rule that anybody can apply without a model. */
  static boolean isNaive(String name) {
    return !Arrays.asList(REGRESSION, TREES, PURCHASES).contains(name);
  }
}
