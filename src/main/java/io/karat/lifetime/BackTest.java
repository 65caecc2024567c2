package io.karat.lifetime;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import io.karat.lifetime.PurchaseHistories.Counted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A back-test: predictions of models fitted without the last days, beside the purchases in them.
 *
 * @param days the length of the holdout
 * @param customers the number of evaluated customers
 * @param bornLater the number of customers who came first in the holdout; no model can predict them
 * @param bought the days of the holdout on which customers came, and {@code sales} their spend
 * @param judgements evaluations of models first, then of baselines, the best of each first
 * @param forms the full or nested models that were fitted, by family of purchase models
 * @param calibrations by family
 */
record BackTest(
    int days,
    long customers,
    long bornLater,
    long bought,
    double sales,
    List<HoldoutEvaluation> judgements,
    Map<PurchaseFamily, PurchaseForm> forms,
    Map<PurchaseFamily, List<Calibration>> calibrations) {
  /** The number of repeats from which on customers are counted together. */
  private static final int MANY = 7;

  /** Rankings that differ by no more are equally good. */
  private static final double EQUALLY_GOOD = 0.01;

  BackTest {
    judgements = List.copyOf(judgements);
    forms = Map.copyOf(forms);
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

  /** A measure by which predictions are compared. */
  enum Measure {
    /** The normalised Gini coefficient, the largest first. */
    RANKING {
      @Override
      Comparator<HoldoutEvaluation> bestFirst() {
        return comparingDouble((HoldoutEvaluation it) -> -it.gini())
            .thenComparing(HoldoutEvaluation::name);
      }
    },
    /** The mean absolute error, the smallest first; rankings without amounts are last. */
    ERROR {
      @Override
      Comparator<HoldoutEvaluation> bestFirst() {
        return by(HoldoutEvaluation.Errors::absolute);
      }
    },
    /** The total bias, the nearest to 0 first; rankings without amounts are last. */
    BIAS {
      @Override
      Comparator<HoldoutEvaluation> bestFirst() {
        return by(errors -> Math.abs(errors.bias()));
      }
    };

    abstract Comparator<HoldoutEvaluation> bestFirst();

    private static Comparator<HoldoutEvaluation> by(
        ToDoubleFunction<HoldoutEvaluation.Errors> error) {
      return comparingDouble(
              (HoldoutEvaluation it) ->
                  it.errors().map(error::applyAsDouble).orElse(Double.POSITIVE_INFINITY))
          .thenComparing(HoldoutEvaluation::name);
    }
  }

  /**
   * Fits every model of purchases at random and evaluates those that converge; empty if the holdout
   * has no sales.
   */
  static Optional<BackTest> of(Collection<HoldoutCustomer> unordered, long bornLater, int days) {
    return of(unordered, bornLater, days, PurchaseForm.atRandom());
  }

  /** The same of some full forms. */
  static Optional<BackTest> of(
      Collection<HoldoutCustomer> unordered,
      long bornLater,
      int days,
      Collection<PurchaseForm> fitted) {
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
    Map<PurchaseFamily, PurchaseForm> forms = new EnumMap<>(PurchaseFamily.class);
    for (PurchaseForm full : fitted) {
      PurchaseFamily family = full.family();
      PurchaseFit fit = PurchaseFit.best(full, histories);
      if (fit.isFound()) {
        double[] expected = expected(fit.model(), customers, days);
        forms.put(family, fit.form());
        calibrations.put(family, calibrated(customers, expected));
        models.addAll(judged(family, expected, customers, spends, actuals));
      }
    }
    models.sort(Measure.RANKING.bestFirst());
    List<HoldoutEvaluation> judgements = new ArrayList<>(models);
    new Baselines(customers, days)
        .judgements(actuals).stream().sorted(Measure.RANKING.bestFirst()).forEach(judgements::add);
    return Optional.of(
        new BackTest(
            days,
            customers.size(),
            bornLater,
            customers.stream().mapToLong(HoldoutCustomer::bought).sum(),
            sales,
            judgements,
            forms,
            calibrations));
  }

  /** Judges the amounts of each model of spend, or the ranking by purchases if there is none. */
  private static List<HoldoutEvaluation> judged(
      PurchaseFamily family,
      double[] expected,
      List<HoldoutCustomer> customers,
      Map<SpendBasis, SpendModel> spends,
      double[] actuals) {
    List<HoldoutEvaluation> judged = new ArrayList<>();
    spends.forEach(
        (spending, spend) ->
            judged.add(
                HoldoutEvaluation.ofAmounts(
                    new Candidate(family, spending).name(),
                    amounts(expected, customers, spending, spend),
                    actuals)));
    return spends.isEmpty()
        ? List.of(HoldoutEvaluation.ofRanks(family.word(), expected, actuals))
        : judged;
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
      SpendFit.of(customers.stream().flatMap(it -> spending.spend(it.buyer()).stream()).toList())
          .ifPresent(fit -> spends.put(spending, fit.model()));
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

  /**
   * The best of some models; empty if none of them converged. Of those whose ranking is at most
   * 0.01 behind the best it is the one with the smallest total bias.
   */
  Optional<Candidate> best(Collection<PurchaseFamily> families, Collection<SpendBasis> spendings) {
    Map<String, Candidate> candidates = new HashMap<>();
    for (PurchaseFamily family : families) {
      // The first basis of spend stands for all where there is no model of spend.
      spendings.stream()
          .findFirst()
          .ifPresent(it -> candidates.put(family.word(), new Candidate(family, it)));
      spendings.forEach(
          it -> candidates.put(new Candidate(family, it).name(), new Candidate(family, it)));
    }
    double bar =
        best(Measure.RANKING, candidates.keySet())
            .map(it -> it.gini() - EQUALLY_GOOD)
            .orElse(Double.POSITIVE_INFINITY);
    return judgements.stream()
        .filter(it -> candidates.containsKey(it.name()) && it.gini() >= bar)
        .min(Measure.BIAS.bestFirst())
        .flatMap(it -> Optional.ofNullable(candidates.get(it.name())));
  }

  /** The best by a measure of those with these names. */
  Optional<HoldoutEvaluation> best(Measure measure, Set<String> names) {
    return judgements.stream().filter(it -> names.contains(it.name())).min(measure.bestFirst());
  }

  Optional<HoldoutEvaluation> named(String name) {
    return judgements.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /** The name of the model or baseline that is the best by a measure. */
  String winner(Measure measure) {
    return judgements.stream().min(measure.bestFirst()).orElseThrow().name();
  }
}
