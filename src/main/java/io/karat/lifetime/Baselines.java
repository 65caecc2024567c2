package io.karat.lifetime;

import io.karat.ranks.MeanRanks;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Predictions without a model; a model that is no better is of no use. */
record Baselines(List<HoldoutCustomer> customers, int days) {
  /** The names of all of them. */
  static final Set<String> NAMES = Set.of("past_sales", "rate", "rfm_rank_sum");

  List<HoldoutEvaluation> judgements(double[] actuals) {
    return List.of(
        HoldoutEvaluation.ofAmounts("past_sales", pastSales(), actuals),
        HoldoutEvaluation.ofAmounts("rate", rate(), actuals),
        HoldoutEvaluation.ofRanks("rfm_rank_sum", rfmRankSum(), actuals));
  }

  /** The sales so far, times the length of the holdout over that of the time before it. */
  private double[] pastSales() {
    double seen = customers.stream().mapToDouble(it -> it.buyer().history().age()).max().orElse(0);
    return of(it -> it.total() * days / (seen + 1));
  }

  /** The frequency and the mean spend since the first occasion, continued. */
  private double[] rate() {
    return of(
        it -> {
          double mean = it.days() == 0 ? 0 : it.total() / it.days();
          return it.history().repeats() / Math.max(it.history().age(), 1) * days * mean;
        });
  }

  /** The sum of the ranks by recency, by number of days and by sales. */
  private double[] rfmRankSum() {
    double[] recent = ranks(it -> it.history().last() - it.history().age());
    double[] often = ranks(it -> (double) it.history().repeats());
    double[] much = ranks(CustomerPurchases::total);
    return IntStream.range(0, recent.length)
        .mapToDouble(i -> recent[i] + often[i] + much[i])
        .toArray();
  }

  private double[] of(ToDoubleFunction<CustomerPurchases> prediction) {
    return customers.stream().mapToDouble(it -> prediction.applyAsDouble(it.buyer())).toArray();
  }

  private double[] ranks(ToDoubleFunction<CustomerPurchases> value) {
    return MeanRanks.of(of(value)).all();
  }
}
