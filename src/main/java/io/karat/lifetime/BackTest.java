package io.karat.lifetime;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import io.karat.lifetime.MaximumLikelihood.Maximum;
import io.karat.lifetime.PurchaseHistories.Counted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A back-test: predictions of models fitted without the last days, beside the purchases in them.
 *
 * @param days the length of the holdout
 * @param customers the number of evaluated customers
 * @param bornLater the number of customers who came first in the holdout; no model can predict them
 * @param bought the days of the holdout on which customers came, and {@code sales} their spend
 * @param judgements evaluations of models first, then of baselines, the best of each first
 * @param calibrations by family of purchase models
 */
record BackTest(
    int days,
    long customers,
    long bornLater,
    long bought,
    double sales,
    List<HoldoutEvaluation> judgements,
    Map<PurchaseFamily, List<Calibration>> calibrations) {
  /** The number of repeats from which on customers are counted together. */
  private static final int MANY = 7;

  private static final Comparator<HoldoutEvaluation> BEST_FIRST =
      comparingDouble((HoldoutEvaluation it) -> -it.gini()).thenComparing(HoldoutEvaluation::name);

  BackTest {
    judgements = List.copyOf(judgements);
    calibrations = Map.copyOf(calibrations);
  }

  /**
   * Actual and expected purchases of customers with equal frequency.
   *
   * @param repeats from 0 to 7; the last is 7 or more
   * @param actual mean days of the holdout on which they came, beside the {@code expected} ones
   */
  record Calibration(int repeats, long customers, double actual, double expected) {}

  /** A model of purchases with a model of spend. */
  record Candidate(PurchaseFamily family, SpendBasis spending) {
    String name() {
      return "%s_%s".formatted(family.word(), spending.word());
    }
  }

  /** Fits every model and evaluates those that converge; empty if the holdout has no sales. */
  static Optional<BackTest> of(Collection<HoldoutCustomer> unordered, long bornLater, int days) {
    List<HoldoutCustomer> customers = sorted(unordered);
    double[] actuals = customers.stream().mapToDouble(HoldoutCustomer::sales).toArray();
    double sales = customers.stream().mapToDouble(HoldoutCustomer::sales).sum();
    if (!(sales > 0)) {
      return Optional.empty();
    }

    Map<SpendBasis, SpendModel> spends = spends(customers);
    List<HoldoutEvaluation> models = new ArrayList<>();
    Map<PurchaseFamily, List<Calibration>> calibrations = new EnumMap<>(PurchaseFamily.class);
    PurchaseHistories histories =
        PurchaseHistories.of(
            customers.stream().map(it -> new Counted(it.buyer().history(), 1)).toList());
    for (PurchaseFamily family : PurchaseFamily.values()) {
      Maximum fit = MaximumLikelihood.of(family.likelihood(histories));
      if (fit.isFound()) {
        double[] expected = expected(family.model(fit.parameters()), customers, days);
        calibrations.put(family, calibrated(customers, expected));
        spends.forEach(
            (spending, spend) ->
                models.add(
                    HoldoutEvaluation.ofAmounts(
                        new Candidate(family, spending).name(),
                        amounts(expected, customers, spending, spend),
                        actuals)));
      }
    }
    models.sort(BEST_FIRST);
    List<HoldoutEvaluation> judgements = new ArrayList<>(models);
    new Baselines(customers, days)
        .judgements(actuals).stream().sorted(BEST_FIRST).forEach(judgements::add);
    return Optional.of(
        new BackTest(
            days,
            customers.size(),
            bornLater,
            customers.stream().mapToLong(HoldoutCustomer::bought).sum(),
            sales,
            judgements,
            calibrations));
  }

  /** The customers in a fixed order, as sums of doubles depend on it. */
  private static List<HoldoutCustomer> sorted(Collection<HoldoutCustomer> customers) {
    return customers.stream()
        .sorted(
            comparing((HoldoutCustomer it) -> it.buyer().history().repeats())
                .thenComparing(it -> it.buyer().history().last())
                .thenComparing(it -> it.buyer().history().age())
                .thenComparing(it -> it.buyer().total())
                .thenComparing(it -> it.buyer().repeatTotal())
                .thenComparing(it -> it.buyer().days())
                .thenComparing(HoldoutCustomer::sales)
                .thenComparing(HoldoutCustomer::bought))
        .toList();
  }

  private static Map<SpendBasis, SpendModel> spends(List<HoldoutCustomer> customers) {
    Map<SpendBasis, SpendModel> spends = new EnumMap<>(SpendBasis.class);
    for (SpendBasis spending : SpendBasis.values()) {
      Maximum fit =
          MaximumLikelihood.of(
              new SpendLikelihood(
                  customers.stream().flatMap(it -> spending.spend(it.buyer()).stream()).toList()));
      if (fit.isFound() && SpendModel.of(fit.parameters()).hasMean()) {
        spends.put(spending, SpendModel.of(fit.parameters()));
      }
    }
    return spends;
  }

  private static double[] expected(PurchaseModel model, List<HoldoutCustomer> customers, int days) {
    return customers.stream()
        .mapToDouble(it -> model.expected(it.buyer().history(), days))
        .toArray();
  }

  private static double[] amounts(
      double[] expected, List<HoldoutCustomer> customers, SpendBasis spending, SpendModel spend) {
    double[] amounts = new double[expected.length];
    for (int i = 0; i < amounts.length; i++) {
      CustomerPurchases buyer = customers.get(i).buyer();
      amounts[i] =
          expected[i] * spend.expectedMean((double) spending.days(buyer), spending.total(buyer));
    }
    return amounts;
  }

  private static List<Calibration> calibrated(List<HoldoutCustomer> customers, double[] expected) {
    long[] counts = new long[MANY + 1];
    double[] actuals = new double[MANY + 1];
    double[] predictions = new double[MANY + 1];
    for (int i = 0; i < expected.length; i++) {
      int repeats = (int) Math.min(MANY, customers.get(i).buyer().history().repeats());
      counts[repeats]++;
      actuals[repeats] += customers.get(i).bought();
      predictions[repeats] += expected[i];
    }
    List<Calibration> calibrations = new ArrayList<>();
    for (int repeats = 0; repeats <= MANY; repeats++) {
      if (counts[repeats] > 0) {
        calibrations.add(
            new Calibration(
                repeats,
                counts[repeats],
                actuals[repeats] / counts[repeats],
                predictions[repeats] / counts[repeats]));
      }
    }
    return calibrations;
  }

  /** The best of some models; empty if none of them converged. */
  Optional<Candidate> best(Collection<PurchaseFamily> families, Collection<SpendBasis> spendings) {
    return judgements.stream()
        .flatMap(
            judgement ->
                families.stream()
                    .flatMap(family -> spendings.stream().map(it -> new Candidate(family, it)))
                    .filter(it -> it.name().equals(judgement.name())))
        .findFirst();
  }

  /** The name of the model or baseline that ranks customers best. */
  String winner() {
    return judgements.stream().min(BEST_FIRST).orElseThrow().name();
  }
}
