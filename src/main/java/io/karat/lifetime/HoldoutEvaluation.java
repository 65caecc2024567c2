package io.karat.lifetime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The evaluation of a prediction of the sales in a holdout.
 *
 * @param name of the model or baseline
 * @param errors empty for a ranking without amounts
 * @param gini the normalised Gini coefficient: 1 for the actual ranking, 0 for a random one
 * @param topCapture the share of sales of the 20 % of customers that it ranks best
 */
public record HoldoutEvaluation(
    String name, Optional<Errors> errors, double gini, double topCapture) {
  private static final double TOP = 0.2;

  /**
   * The errors of predicted amounts.
   *
   * @param bias the sum of predicted amounts over that of actual ones, less 1
   * @param absolute the mean absolute error
   * @param squared the root of the mean squared error
   */
  public record Errors(double bias, double absolute, double squared) {
    private static Errors of(double[] predictions, double[] actuals) {
      double bias = 0;
      double absolute = 0;
      double squared = 0;
      for (int i = 0; i < actuals.length; i++) {
        double error = predictions[i] - actuals[i];
        bias += error;
        absolute += Math.abs(error);
        squared += error * error;
      }
      return new Errors(
          bias / Arrays.stream(actuals).sum(),
          absolute / actuals.length,
          Math.sqrt(squared / actuals.length));
    }
  }

  /** Evaluates predicted amounts. */
  public static HoldoutEvaluation ofAmounts(String name, double[] predictions, double[] actuals) {
    return new HoldoutEvaluation(
        name,
        Optional.of(Errors.of(predictions, actuals)),
        normalisedGini(predictions, actuals),
        captured(predictions, actuals));
  }

  /** Evaluates a ranking, the largest first. */
  public static HoldoutEvaluation ofRanks(String name, double[] ranks, double[] actuals) {
    return new HoldoutEvaluation(
        name, Optional.empty(), normalisedGini(ranks, actuals), captured(ranks, actuals));
  }

  private static double normalisedGini(double[] predictions, double[] actuals) {
    return gini(predictions, actuals) / gini(actuals, actuals);
  }

  /** 2 x mean of the cumulative share of actual sales, best prediction first, - 1. */
  private static double gini(double[] predictions, double[] actuals) {
    double cumulated = 0;
    double sum = 0;
    for (Group group : groups(predictions, actuals)) {
      sum += cumulated * group.customers() + group.total() * (group.customers() + 1) / 2;
      cumulated += group.total();
    }
    return 2 * sum / (cumulated * actuals.length) - 1;
  }

  /** The share of sales of the best customers; ties at the border count with their mean. */
  private static double captured(double[] predictions, double[] actuals) {
    double places = Math.ceil(TOP * actuals.length);
    double captured = 0;
    double all = 0;
    for (Group group : groups(predictions, actuals)) {
      double inside = Math.min(group.customers(), Math.max(places, 0));
      captured += group.total() * inside / group.customers();
      places -= group.customers();
      all += group.total();
    }
    return captured / all;
  }

  /** Groups of equal prediction, the best first; the customers of one count with their mean. */
  private static List<Group> groups(double[] predictions, double[] actuals) {
    List<Integer> order =
        IntStream.range(0, predictions.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -predictions[i]))
            .toList();
    List<Group> groups = new ArrayList<>();
    int start = 0;
    while (start < order.size()) {
      double total = 0;
      int end = start;
      while (end < order.size()
          && Double.compare(predictions[order.get(end)], predictions[order.get(start)]) == 0) {
        total += actuals[order.get(end)];
        end++;
      }
      groups.add(new Group(end - start, total));
      start = end;
    }
    return groups;
  }

  private record Group(int customers, double total) {}
}
