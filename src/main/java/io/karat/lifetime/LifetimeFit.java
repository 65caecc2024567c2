package io.karat.lifetime;

import static io.karat.settings.Translations.text;

import io.karat.indicators.ExtraMeasure;
import io.karat.lifetime.BackTest.Candidate;
import io.karat.lifetime.LifetimeFile.Purchase;
import io.karat.lifetime.LifetimeFile.Spend;
import io.karat.lifetime.MaximumLikelihood.Maximum;
import io.karat.settings.BilingualText;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.LifetimeSettings.Family;
import io.karat.settings.LifetimeSettings.SpendOn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The fit of a model of lifetime value, or the reason why there is none. */
public final class LifetimeFit {
  /** The fewest customers with a repeat; with fewer, four parameters say nothing. */
  static final int FEWEST_REPEATERS = 100;

  /** If more one-time buyers than this are expected, it is not by chance that there are none. */
  private static final double MANY_MISSING = 20;

  /** The correlation of frequency and spend above which the model file has a note. */
  private static final double NOTED_CORRELATION = 0.15;

  private final LifetimeSettings settings;
  private final LocalDate asOf;
  private final FitData buyers;
  private final List<String> notes = new ArrayList<>();

  private LifetimeFit(LifetimeSettings settings, LocalDate asOf, FitData buyers) {
    this.settings = settings;
    this.asOf = asOf;
    this.buyers = buyers;
  }

  /** A source of back-tests. */
  @FunctionalInterface
  interface Holdout {
    /**
     * The back-test with a holdout of so many days; empty if there are too few customers or no
     * sales.
     */
    Optional<BackTest> of(int days);
  }

  /**
   * The outcome of a fit.
   *
   * @param reason why there is no model; empty if there is one
   */
  public record Outcome(Optional<LifetimeModel> model, Optional<BilingualText> reason) {
    private static Outcome none(BilingualText reason) {
      return new Outcome(Optional.empty(), Optional.of(reason));
    }
  }

  /**
   * Fits a model to the customers of a night. Starts a few jobs: one over the measures, which is
   * the last if there are too few customers, and one over the inputs for the back-test.
   *
   * @param measures one row per customer, with those of {@link LifetimeScores#measures}
   * @param customers the number of rows
   * @param inputs the source of the same customers' measures up to other days
   */
  public static Outcome of(
      LifetimeSettings settings,
      LocalDate asOf,
      Dataset<Row> measures,
      long customers,
      Remeasured inputs) {
    if (customers < FEWEST_REPEATERS) {
      return Outcome.none(text("fit.few_customers", customers, FEWEST_REPEATERS));
    }

    PurchaseColumns columns = new PurchaseColumns(settings.occasion(), 0);
    return of(
        settings,
        asOf,
        FitData.of(measures, columns, asOf, customers),
        days -> new HoldoutRows(settings.occasion(), asOf, days).backTest(inputs, customers));
  }

  /** A source of measures of every customer of a night, computed from the inputs anew. */
  @FunctionalInterface
  public interface Remeasured {
    /** One row per customer with a column for each of the measures. */
    Dataset<Row> measures(List<ExtraMeasure> measures);
  }

  static Outcome of(LifetimeSettings settings, LocalDate asOf, FitData buyers, Holdout holdout) {
    return new LifetimeFit(settings, asOf, buyers).outcome(holdout);
  }

  private Outcome outcome(Holdout holdout) {
    long repeaters = Math.round(buyers.histories().repeaters());
    if (repeaters < FEWEST_REPEATERS) {
      return Outcome.none(tooFew(repeaters));
    }

    if (settings.model() == Family.BEST) {
      return judged(holdout, Optional.empty());
    }

    // The back-test reads the inputs once more, so a model is fitted before to see that it can be
    // used.
    PurchaseFamily family = PurchaseFamily.valueOf(settings.model().name());
    Purchase purchase = purchase(family);
    Optional<BilingualText> reason = refusal(purchase);
    return reason.isPresent()
        ? new Outcome(Optional.empty(), reason)
        : judged(holdout, Optional.of(purchase));
  }

  private Outcome judged(Holdout holdout, Optional<Purchase> known) {
    int days = holdoutDays();
    Optional<BackTest> backTest = days > 0 ? holdout.of(days) : Optional.empty();
    Candidate chosen = chosen(backTest);
    Purchase purchase = known.orElseGet(() -> purchase(chosen.family()));
    Optional<BilingualText> reason = refusal(purchase);
    if (reason.isPresent()) {
      return new Outcome(Optional.empty(), reason);
    }

    Optional<Spend> spend = spend(chosen.spending());
    LifetimeFile file = new LifetimeFile(asOf, settings);
    return new Outcome(
        Optional.of(LifetimeModel.parse(file.of(purchase, spend, notes, backTest))),
        Optional.empty());
  }

  private Purchase purchase(PurchaseFamily family) {
    PurchaseHistories histories = histories(family);
    return new Purchase(
        family,
        MaximumLikelihood.of(family.likelihood(histories)),
        Math.round(histories.total()),
        histories.size());
  }

  private PurchaseHistories histories(PurchaseFamily family) {
    return family == PurchaseFamily.PARETONBD ? buyers.some() : buyers.histories();
  }

  private Optional<BilingualText> refusal(Purchase purchase) {
    String word = purchase.family().word();
    if (!purchase.fit().isFound()) {
      return Optional.of(text("fit.not_converging", word));
    }

    PurchaseModel model = purchase.family().model(purchase.fit().parameters());
    double missing = oneTimeBuyersMissing(model, histories(purchase.family()));
    return missing > MANY_MISSING
        ? Optional.of(text("fit.no_one_time_buyers", Math.round(missing)))
        : Optional.empty();
  }

  static BilingualText tooFew(long repeaters) {
    return text("fit.few_repeaters", repeaters, FEWEST_REPEATERS);
  }

  /**
   * The length of the holdout: as configured if the data are longer, else at most half of their
   * length.
   */
  private int holdoutDays() {
    int seen = (int) buyers.histories().oldest();
    return settings
        .holdoutDays()
        .filter(days -> days < seen)
        .orElse(Math.min(settings.horizonDays().get(0), seen / 2));
  }

  private Candidate chosen(Optional<BackTest> backTest) {
    List<PurchaseFamily> families =
        settings.model() == Family.BEST
            ? List.of(PurchaseFamily.values())
            : List.of(PurchaseFamily.valueOf(settings.model().name()));
    List<SpendBasis> spendings =
        settings.spendOn() == SpendOn.BEST
            ? List.of(SpendBasis.values())
            : List.of(SpendBasis.valueOf(settings.spendOn().name()));
    Optional<Candidate> best = backTest.flatMap(test -> test.best(families, spendings));
    if (best.isEmpty()) {
      notes.add("No back-test says which model is best: the first was taken.");
    }
    backTest
        .map(BackTest::winner)
        .filter(winner -> !best.map(Candidate::name).equals(Optional.of(winner)))
        .ifPresent(winner -> notes.add("'%s' ranks customers better.".formatted(winner)));
    return best.orElse(new Candidate(families.get(0), spendings.get(0)));
  }

  /** The number of one-time buyers that are expected, if there are none; else 0. */
  private static double oneTimeBuyersMissing(PurchaseModel model, PurchaseHistories histories) {
    if (histories.repeaters() < histories.total()) {
      return 0;
    }

    double expected = 0;
    for (int i = 0; i < histories.size(); i++) {
      PurchaseHistory once = new PurchaseHistory(0, 0, histories.history(i).age());
      expected += Math.exp(model.logLikelihood(once)) * histories.customers(i);
    }
    return expected;
  }

  private Optional<Spend> spend(SpendBasis spending) {
    List<SpendLikelihood.Spend> spends =
        buyers.sample().stream().flatMap(it -> spending.spend(it).stream()).toList();
    if (spends.size() < FEWEST_REPEATERS) {
      notes.add(
          "No model of spend: %d customers spent anything on the days that count, expected at least %d."
              .formatted(spends.size(), FEWEST_REPEATERS));
      return Optional.empty();
    }

    Maximum fit = MaximumLikelihood.of(new SpendLikelihood(spends));
    if (!fit.isFound() || !SpendModel.of(fit.parameters()).hasMean()) {
      notes.add("No model of spend: the fit of gammagamma does not converge to a finite mean.");
      return Optional.empty();
    }

    double correlation = correlation(spends);
    if (Math.abs(correlation) > NOTED_CORRELATION) {
      notes.add(
          "How often customers come and what they spend on a day are correlated (%.2f), which the model takes to be independent."
              .formatted(correlation));
    }
    return Optional.of(new Spend(spending, fit, spends.size(), correlation));
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
