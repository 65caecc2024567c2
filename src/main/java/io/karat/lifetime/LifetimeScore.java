package io.karat.lifetime;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.api.java.UDF5;

/**
 * What a model says of one customer: the probability of being alive, then for each horizon the
 * expected transactions, sales and discounted sales. Its series have as many terms as a customer
 * needs, which no expression of Spark has.
 *
 * @param horizons in days; none of them is of interest where only sales are asked for
 * @param discount the continuous rate per day
 * @param isBrief whether it is the sales of the first horizon alone that are asked for
 */
record LifetimeScore(
    PurchaseModel purchase,
    SpendModel spend,
    List<Integer> horizons,
    double discount,
    boolean isBrief)
    implements UDF5<Long, Integer, Integer, Long, Double, List<Double>> {
  @Override
  public List<Double> call(Long repeats, Integer last, Integer age, Long days, Double total) {
    PurchaseHistory history = new PurchaseHistory(repeats, last, age);
    double mean = spend.expectedMean((double) days, total);
    List<Double> values = new ArrayList<>();
    if (isBrief) {
      values.add(purchase.expected(history, horizons.get(0)) * mean);
      return values;
    }

    values.add(purchase.aliveProbability(history));
    for (int horizon : horizons) {
      double expected = purchase.expected(history, horizon);
      values.add(expected);
      values.add(expected * mean);
      values.add(purchase.discounted(history, horizon, discount) * mean);
    }
    return values;
  }
}
