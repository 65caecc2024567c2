package io.karat.lifetime;

import static io.karat.settings.Translations.text;

import io.karat.settings.BilingualText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The model of spend of a fit, if there is one, with what readers should know of it.
 *
 * @param spending the days that it is based on
 * @param customers the number of customers of the fit
 * @param correlation of a customer's number of days with the mean spend on a day
 */
record FittedSpend(SpendBasis spending, SpendFit fit, long customers, double correlation) {
  /** The correlation of frequency and spend above which the model file has a note. */
  private static final double NOTED_CORRELATION = 0.15;

  /** Fits the spend of a sample of customers, and adds to {@code notes}. */
  static Optional<FittedSpend> of(
      List<CustomerPurchases> sample, SpendBasis spending, List<BilingualText> notes) {
    List<SpendLikelihood.Spend> spends =
        sample.stream().flatMap(it -> spending.spend(it).stream()).toList();
    if (spends.size() < LifetimeFit.FEWEST_REPEATERS) {
      BilingualText few = text("fit.few_spenders", spends.size(), LifetimeFit.FEWEST_REPEATERS);
      notes.add(text("fit.no_spend", few));
      return Optional.empty();
    }

    Optional<SpendFit> fit = SpendFit.of(spends);
    if (fit.isEmpty()) {
      notes.add(text("fit.no_spend", text("fit.no_finite_mean")));
      return Optional.empty();
    }

    FittedSpend fitted = new FittedSpend(spending, fit.get(), spends.size(), correlation(spends));
    fitted.note().ifPresent(notes::add);
    if (Math.abs(fitted.correlation()) > NOTED_CORRELATION) {
      notes.add(text("fit.correlated", String.format(Locale.ROOT, "%.2f", fitted.correlation())));
    }
    return Optional.of(fitted);
  }

  private Optional<BilingualText> note() {
    return fit.family() == SpendFamily.GAMMAGAMMA
        ? Optional.empty()
        : Optional.of(text("fit." + fit.family().word()));
  }

  private static double correlation(List<SpendLikelihood.Spend> unordered) {
    List<SpendLikelihood.Spend> spends = unordered.stream().sorted(SpendLikelihood.ORDER).toList();
    double[] days = spends.stream().mapToDouble(it -> (double) it.days()).toArray();
    double[] means = spends.stream().mapToDouble(it -> it.total() / it.days()).toArray();
    double meanOfDays = Arrays.stream(days).average().orElse(0);
    double meanOfMeans = Arrays.stream(means).average().orElse(0);
    double both = 0;
    double ofDays = 0;
    double ofMeans = 0;
    for (int i = 0; i < days.length; i++) {
      both += (days[i] - meanOfDays) * (means[i] - meanOfMeans);
      ofDays += (days[i] - meanOfDays) * (days[i] - meanOfDays);
      ofMeans += (means[i] - meanOfMeans) * (means[i] - meanOfMeans);
    }
    return ofDays > 0 && ofMeans > 0 ? both / Math.sqrt(ofDays * ofMeans) : 0;
  }
}
