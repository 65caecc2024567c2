package io.karat.lifetime;

import static io.karat.settings.Translations.text;

import io.karat.indicators.ExtraMeasure;
import io.karat.lifetime.BackTest.Candidate;
import io.karat.lifetime.LifetimeFile.Purchase;
import io.karat.settings.BilingualText;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.LifetimeSettings.Family;
import io.karat.settings.LifetimeSettings.SpendOn;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.ArrayList;
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

  private final LifetimeSettings settings;
  private final Money money;
  private final LocalDate asOf;
  private final FitData buyers;
  private final List<BilingualText> notes = new ArrayList<>();

  private LifetimeFit(LifetimeSettings settings, Money money, LocalDate asOf, FitData buyers) {
    this.settings = settings;
    this.money = money;
    this.asOf = asOf;
    this.buyers = buyers;
  }

  /** A source of back-tests. */
  @FunctionalInterface
  interface Holdout {
    /**
     * The back-tests with holdouts of so many days.
     *
     * @param choice the forms to choose from on an earlier holdout; empty if none
     */
    BackTests of(int days, List<PurchaseForm> choice);
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
   * @param money of every amount
   * @param measures one row per customer, with those of {@link LifetimeScores#measures}
   * @param customers the number of rows
   * @param inputs the source of the same customers' measures up to other days
   */
  public static Outcome of(
      LifetimeSettings settings,
      Money money,
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
        money,
        asOf,
        FitData.of(measures, columns, asOf, customers),
        (days, choice) ->
            new HoldoutRows(settings.occasion(), asOf, days, judged(settings))
                .backTests(inputs, customers, choice));
  }

  /** A source of measures of every customer of a night, computed from the inputs anew. */
  @FunctionalInterface
  public interface Remeasured {
    /** One row per customer with a column for each of the measures. */
    Dataset<Row> measures(List<ExtraMeasure> measures);
  }

  static Outcome of(
      LifetimeSettings settings, Money money, LocalDate asOf, FitData buyers, Holdout holdout) {
    return new LifetimeFit(settings, money, asOf, buyers).outcome(holdout);
  }

  private Outcome outcome(Holdout holdout) {
    long repeaters = Math.round(buyers.histories().repeaters());
    if (repeaters < FEWEST_REPEATERS) {
      return Outcome.none(tooFew(repeaters));
    }

    Optional<BilingualText> unfit =
        settings.isContractual()
            ? new ContractCharges(buyers.histories(), settings.contractPeriod()).refusal()
            : Optional.empty();
    if (unfit.isPresent()) {
      return new Outcome(Optional.empty(), unfit);
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
    BackTests tests =
        days > 0 ? holdout.of(days, isChosen() ? forms(settings) : List.of()) : BackTests.NONE;
    Candidate chosen = chosen(tests);
    Purchase purchase = known.orElseGet(() -> purchase(chosen.family()));
    Optional<BilingualText> reason = refusal(purchase);
    if (reason.isPresent()) {
      return new Outcome(Optional.empty(), reason);
    }

    purchase.form().note().ifPresent(notes::add);
    Optional<FittedSpend> spend = FittedSpend.of(buyers.sample(), chosen.spending(), notes);
    String published = spend.isPresent() ? chosen.name() : chosen.family().word();
    tests.judging().ifPresent(test -> notes.addAll(new NaiveRules(test, published, money).notes()));
    LifetimeFile file = new LifetimeFile(asOf, settings);
    return new Outcome(
        Optional.of(LifetimeModel.parse(file.of(purchase, spend, notes, tests, published))),
        Optional.empty());
  }

  private Purchase purchase(PurchaseFamily family) {
    PurchaseHistories histories = histories(family);
    PurchaseFit fit = PurchaseFit.best(form(family, settings), histories);
    return new Purchase(fit.form(), fit.fit(), Math.round(histories.total()), histories.size());
  }

  private PurchaseHistories histories(PurchaseFamily family) {
    return family == PurchaseFamily.PARETONBD ? buyers.some() : buyers.histories();
  }

  private Optional<BilingualText> refusal(Purchase purchase) {
    PurchaseForm form = purchase.form();
    if (!purchase.fit().isFound()) {
      return Optional.of(text("fit.not_converging", form.family().word()));
    }

    PurchaseModel model = form.model(purchase.fit().parameters());
    double missing = oneTimeBuyersMissing(model, histories(form.family()));
    return missing > MANY_MISSING
        ? Optional.of(text("fit.no_one_time_buyers", Math.round(missing)))
        : Optional.empty();
  }

  static BilingualText tooFew(long repeaters) {
    return text("fit.few_repeaters", repeaters, FEWEST_REPEATERS);
  }

  /**
   * The length of the holdout: as configured if the data are longer, else at most half of their
   * length, or a third where an earlier holdout is for choosing.
   */
  private int holdoutDays() {
    int seen = (int) buyers.histories().oldest();
    return settings
        .holdoutDays()
        .filter(days -> days < seen)
        .orElse(Math.min(settings.horizonDays().get(0), seen / (isChosen() ? 3 : 2)));
  }

  private boolean isChosen() {
    return families().size() * spendings().size() > 1;
  }

  private List<PurchaseFamily> families() {
    return forms(settings).stream().map(PurchaseForm::family).toList();
  }

  /** The full forms of the configured models. */
  private static List<PurchaseForm> forms(LifetimeSettings settings) {
    return settings.model() == Family.BEST
        ? PurchaseForm.atRandom()
        : List.of(form(PurchaseFamily.valueOf(settings.model().name()), settings));
  }

  private static PurchaseForm form(PurchaseFamily family, LifetimeSettings settings) {
    return family == PurchaseFamily.CONTRACTUAL
        ? PurchaseForm.contractual(settings.contractPeriod())
        : PurchaseForm.full(family);
  }

  /** All models of purchases at random; beside contracts the first of them. */
  private static List<PurchaseForm> judged(LifetimeSettings settings) {
    return settings.isContractual()
        ? List.of(
            form(PurchaseFamily.CONTRACTUAL, settings), PurchaseForm.full(PurchaseFamily.BGNBD))
        : PurchaseForm.atRandom();
  }

  private List<SpendBasis> spendings() {
    return settings.spendOn() == SpendOn.BEST
        ? List.of(SpendBasis.values())
        : List.of(SpendBasis.valueOf(settings.spendOn().name()));
  }

  private Candidate chosen(BackTests tests) {
    Optional<Candidate> best = tests.best(families(), spendings());
    if (best.isEmpty() && isChosen()) {
      notes.add(text("fit.not_chosen"));
    }
    return best.orElse(new Candidate(families().get(0), spendings().get(0)));
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
}
