package io.karat.lifetime;

import io.karat.lifetime.MaximumLikelihood.Maximum;
import io.karat.lifetime.SpendLikelihood.Spend;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A fitted model of spend. Where customers' means hardly differ, or days of a customer hardly do,
 * {@link GammaGamma} has no maximum, and the mean is known.
 *
 * @param logLikelihood empty where there is no spread to speak of
 */
record SpendFit(
    SpendFamily family,
    List<Double> parameters,
    List<Double> standardErrors,
    OptionalDouble logLikelihood) {
  /** The spread of customers' means, as a share of their mean, below which they are one. */
  private static final double HARDLY = 1e-3;

  private static final double BY_CHANCE = 1.92;

  SpendFit {
    parameters = List.copyOf(parameters);
    standardErrors = List.copyOf(standardErrors);
  }

  SpendModel model() {
    return family.model(parameters);
  }

  /** Fits the spends of some customers, one each; empty if no model has a finite mean. */
  static Optional<SpendFit> of(Collection<Spend> unordered) {
    List<Spend> spends = unordered.stream().sorted(SpendLikelihood.ORDER).toList();
    double days = spends.stream().mapToDouble(Spend::days).sum();
    double mean = spends.stream().mapToDouble(Spend::total).sum() / days;
    double squares =
        spends.stream().mapToDouble(it -> it.days() * square(it.total() / it.days() - mean)).sum();
    double deviation = Math.sqrt(squares / Math.max(1, spends.size()));
    if (spends.isEmpty()) {
      return Optional.empty();
    }

    if (deviation < HARDLY * mean) {
      return Optional.of(known(SpendFamily.EQUAL_MEANS, mean, spends, OptionalDouble.empty()));
    }

    Maximum full = MaximumLikelihood.of(new SpendLikelihood(spends));
    return full.isFound() ? gammaGamma(full) : nested(spends, mean, deviation, full);
  }

  private static double square(double value) {
    return value * value;
  }

  /** The mean of all customers is finite if q is above 1. */
  private static Optional<SpendFit> gammaGamma(Maximum full) {
    return full.parameters().get(1) > 1
        ? Optional.of(
            new SpendFit(
                SpendFamily.GAMMAGAMMA,
                full.parameters(),
                full.standardErrors(),
                OptionalDouble.of(full.logLikelihood())))
        : Optional.empty();
  }

  private static Optional<SpendFit> nested(
      List<Spend> spends, double mean, double deviation, Maximum full) {
    Maximum equal = MaximumLikelihood.of(new EqualMeansLikelihood(spends, mean, deviation));
    Maximum own = MaximumLikelihood.of(new OwnMeansLikelihood(spends));
    double highest =
        Stream.of(full, equal, own)
            .mapToDouble(Maximum::logLikelihood)
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NEGATIVE_INFINITY);
    boolean isEqual = equal.isFound() && equal.logLikelihood() >= highest - BY_CHANCE;
    if (isEqual) {
      double all = equal.parameters().get(1);
      OptionalDouble value = OptionalDouble.of(equal.logLikelihood());
      return Optional.of(known(SpendFamily.EQUAL_MEANS, all, spends, value));
    }

    boolean isOwn =
        own.isFound() && own.parameters().get(0) > 1 && own.logLikelihood() >= highest - BY_CHANCE;
    return isOwn
        ? Optional.of(
            known(
                SpendFamily.OWN_MEANS,
                own.parameters().get(1) / (own.parameters().get(0) - 1),
                spends,
                OptionalDouble.of(own.logLikelihood())))
        : Optional.empty();
  }

  private static SpendFit known(
      SpendFamily family, double mean, List<Spend> spends, OptionalDouble logLikelihood) {
    double squares = spends.stream().mapToDouble(it -> square(it.total() / it.days() - mean)).sum();
    double error = Math.sqrt(squares) / spends.size();
    return new SpendFit(family, List.of(mean), List.of(error), logLikelihood);
  }
}
