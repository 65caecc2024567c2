package io.karat.lifetime;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.api.java.UDF5;

/**
 * The function from one customer to lifetime values: the probability of being alive, then for each
 * horizon the probability of a purchase, the expected transactions, sales and discounted sales; of
 * contracts also the renewals still to come and their value. Its series have as many terms as a
 * customer needs, so it cannot be an expression of Spark.
 *
 * @param horizons in days
 * @param discount the continuous rate per day
 * @param residual the renewals still to come, of contracts
 * @param isBrief whether it returns the sales of the first horizon alone
 */
record LifetimeScore(
    PurchaseModel purchase,
    SpendModel spend,
    List<Integer> horizons,
    double discount,
    ResidualRenewals residual,
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
      values.add(purchase.purchaseProbability(history, horizon));
      double expected = purchase.expected(history, horizon);
      values.add(expected);
      values.add(expected * mean);
      values.add(purchase.discounted(history, horizon, discount) * mean);
    }
    if (purchase instanceof ShiftedBetaGeometric contracts) {
      double renewals = contracts.residual(history, residual, discount);
      values.add(renewals);
      values.add(renewals * mean);
    }
    return values;
  }
}
