package io.karat.prediction;

import static io.karat.settings.Translations.text;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.karat.indicators.ExtraMeasure;
import io.karat.indicators.IndicatorColumn;
import io.karat.settings.BilingualText;
import io.karat.settings.PredictionSettings.Season;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The fit of a prediction, or the reason why there is none.
 *
 * <p>Customers are taken as they were known one horizon ago, with what they bought since. A model
 * of those known two horizons ago is judged on them first, and chooses the penalty; then they make
 * the model themselves.
 */
public final class PredictionFit {
  /** The fewest customers who bought, and who did not. */
  static final int FEWEST = 100;

  /** The numbers of past customers: whether they bought afterwards, for how much, and last year. */
  static final String BOUGHT = "bought";

  static final String NET_SALES = "net sales";
  static final String LAST_YEAR = "last year";

  private static final double[] PENALTIES = {0.1, 0.03, 0.01, 0.001, 0};
  private static final double LEAST_SLOPE = 0.8;
  private static final double MOST_SLOPE = 1.25;

  private final PredictionPlan plan;
  private final Money money;
  private final LocalDate asOf;
  private final PastInputs inputs;
  private final SparkSession spark;
  private final LaterSales later;

  private PredictionFit(
      PredictionPlan plan, Money money, LocalDate asOf, PastInputs inputs, SparkSession spark) {
    this.plan = plan;
    this.money = money;
    this.asOf = asOf;
    this.inputs = inputs;
    this.spark = spark;
    this.later = new LaterSales(plan.days());
  }

  /** A source of what was known of customers on earlier days. */
  public interface PastInputs {
    /** One row per customer with some indicators as of a day. */
    Dataset<Row> indicators(LocalDate day, List<String> names);

    /** One row per customer with some measures. */
    Dataset<Row> measures(List<ExtraMeasure> measures);
  }

  /**
   * The outcome of a fit.
   *
   * @param reason why there is no model; empty if there is one
   */
  public record Outcome(Optional<PredictionModel> model, Optional<BilingualText> reason) {
    private static Outcome none(BilingualText reason) {
      return new Outcome(Optional.empty(), Optional.of(reason));
    }
  }

  /**
   * Fits a model; reads the inputs three times if there are enough customers.
   *
   * @param money of every amount
   * @param customers the number of customers on the as-of day
   */
  public static Outcome of(
      PredictionPlan plan,
      Money money,
      LocalDate asOf,
      long customers,
      PastInputs inputs,
      SparkSession spark) {
    return customers < 2 * FEWEST
        ? Outcome.none(text("prediction.few_customers", customers, 2 * FEWEST))
        : new PredictionFit(plan, money, asOf, inputs, spark).outcome(customers);
  }

  private Outcome outcome(long customers) {
    Dataset<Row> sales =
        inputs
            .measures(later.measures())
            .filter(PastCustomers.isSampled(customers))
            .select(later.columns(asOf).toArray(Column[]::new))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      PastCustomers last = past(0, customers, sales);
      Optional<BilingualText> few = tooFew(last, 1);
      if (few.isPresent()) {
        return Outcome.none(few.get());
      }
      PastCustomers earlier = past(1, customers, sales);
      return tooFew(earlier, 2)
          .map(Outcome::none)
          .orElseGet(() -> judged(earlier, last, lastYears(sales)));
    } finally {
      sales.unpersist();
    }
  }

  /** The customers of so many horizons ago, and what they did in the horizon after. */
  private PastCustomers past(int ago, long customers, Dataset<Row> sales) {
    Set<String> names = new LinkedHashSet<>();
    plan.columns().forEach(column -> names.add(column.name()));
    names.addAll(NaivePredictors.INDICATORS);
    Map<String, Column> numbers = new LinkedHashMap<>();
    Set<String> features = new LinkedHashSet<>(NaivePredictors.INDICATORS);
    plan.features().forEach(column -> features.add(column.name()));
    features.forEach(name -> numbers.put(name, Columns.column(name)));
    numbers.putAll(later.numbers(ago, asOf));
    Dataset<Row> known =
        inputs
            .indicators(asOf.minusDays((ago + 1L) * plan.days()), List.copyOf(names))
            .filter(PastCustomers.isSampled(customers))
            .filter(coalesce(plan.among().column(), lit(false)));
    return PastCustomers.of(known.join(sales, Columns.CUSTOMER_ID), numbers);
  }

  private Optional<BilingualText> tooFew(PastCustomers customers, int ago) {
    int buyers = customers.positive(BOUGHT).length;
    int others = customers.size() - buyers;
    return buyers >= FEWEST && others >= FEWEST
        ? Optional.empty()
        : Optional.of(
            text(
                "prediction.few_labels",
                customers.size(),
                asOf.minusDays((long) ago * plan.days()),
                buyers,
                plan.days(),
                others,
                FEWEST));
  }

  /** Net sales of last year in three horizons; empty if the data do not reach back so far. */
  private Optional<double[]> lastYears(Dataset<Row> sales) {
    if (plan.settings().season() == Season.OFF) {
      return Optional.empty();
    }

    Row totals =
        sales
            .agg(
                min(LaterSales.firstDay()),
                sum(LaterSales.ofLastYear(1)),
                sum(LaterSales.ofLastYear(0)),
                sum(LaterSales.ofLastYear(-1)))
            .first();
    boolean isKnown =
        !totals.isNullAt(0) && !totals.getDate(0).toLocalDate().isAfter(later.firstNeeded(asOf));
    return isKnown
        ? Optional.of(
            IntStream.of(1, 2, 3).mapToDouble(i -> totals.getDecimal(i).doubleValue()).toArray())
        : Optional.empty();
  }

  private Outcome judged(PastCustomers earlier, PastCustomers last, Optional<double[]> lastYears) {
    PredictionFeatures features = PredictionFeatures.of(plan.features(), earlier);
    if (features.features().isEmpty()) {
      return Outcome.none(text("prediction.no_features"));
    }
    Optional<Penalty> penalty = penalty(features, earlier, last);
    Optional<FittedPrediction> tested =
        penalty.flatMap(it -> FittedPrediction.of(features, earlier, it, Optional.of(spark)));
    Optional<FittedPrediction> fitted =
        penalty.flatMap(
            it ->
                FittedPrediction.of(
                    PredictionFeatures.of(plan.features(), last), last, it, Optional.of(spark)));
    if (tested.isEmpty() || fitted.isEmpty()) {
      return Outcome.none(text("prediction.no_fit"));
    }
    if (fitted.get().isSeparated(last) || tested.get().isSeparated(earlier)) {
      return Outcome.none(text("prediction.separated"));
    }

    PredictionBackTest test =
        PredictionBackTest.of(plan, tested.get(), fitted.get(), earlier, last, lastYears, spark);
    return isCalibrated(test.slope())
        ? new Outcome(
            Optional.of(
                PredictionModel.parse(
                    new PredictionFile(plan, money, asOf).of(fitted.get(), test))),
            Optional.empty())
        : Outcome.none(text("prediction.slope", String.format(Locale.ROOT, "%.2f", test.slope())));
  }

  private static boolean isCalibrated(double slope) {
    return slope >= LEAST_SLOPE && slope <= MOST_SLOPE;
  }

  /** The configured penalty, or the one whose fit loses least on the later customers. */
  private Optional<Penalty> penalty(
      PredictionFeatures features, PastCustomers earlier, PastCustomers last) {
    if (plan.settings().penalty().isPresent()) {
      return plan.settings().penalty().map(it -> new Penalty(it.doubleValue()));
    }

    Optional<Penalty> best = Optional.empty();
    double least = Double.POSITIVE_INFINITY;
    for (Penalty penalty : Arrays.stream(PENALTIES).mapToObj(Penalty::new).toList()) {
      Optional<FittedPrediction> fitted =
          FittedPrediction.of(features, earlier, penalty, Optional.empty());
      double loss =
          fitted
              .filter(it -> !it.isSeparated(earlier))
              .map(it -> loss(it, last))
              .orElse(Double.POSITIVE_INFINITY);
      if (loss < least) {
        least = loss;
        best = Optional.of(penalty);
      }
    }
    return best.or(
        () ->
            Optional.of(new Penalty(PENALTIES[0]))
                .filter(
                    it ->
                        FittedPrediction.of(features, earlier, it, Optional.empty()).isPresent()));
  }

  private static double loss(FittedPrediction fitted, PastCustomers customers) {
    double[] labels = FittedPrediction.labels(customers);
    double[] chances = fitted.chances(customers);
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      loss -= StrictMath.log(labels[i] > 0 ? chances[i] : 1 - chances[i]);
    }
    return loss / labels.length;
  }

  static List<String> names(List<IndicatorColumn> columns) {
    return columns.stream().map(IndicatorColumn::name).toList();
  }
}
