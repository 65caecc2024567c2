package io.karat.explain;

import static org.apache.spark.sql.functions.col;

import io.karat.engine.InterpretedSession;
import io.karat.explain.IndicatorExplanation.Published;
import io.karat.explain.PublishedCustomer.State;
import io.karat.indicators.IndicatorFormula;
import io.karat.input.InputBalance;
import io.karat.lifetime.LifetimeModel;
import io.karat.measures.Measure;
import io.karat.night.CustomerIds;
import io.karat.night.InputAccount;
import io.karat.night.InputReading;
import io.karat.night.NightInput;
import io.karat.night.NightPlan;
import io.karat.night.NightSource;
import io.karat.publishing.OutputFolder;
import io.karat.run.UsageException;
import io.karat.segments.SegmentExplanation;
import io.karat.tables.Columns;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Explanation of one customer's numbers on a night: rows, measures, indicators, scores, lifetime
 * value and segment. It is computed by the code of the nightly run over the rows of this customer
 * alone, and nothing is written.
 *
 * @param inputs the balance of the customer's rows, one element per input that has any
 * @param indicators in publishing order; empty if no used row names the customer, who then has no
 *     row in customer_indicators
 * @param measures the measures from which the indicators are computed, each once
 * @param published the published row of this night; empty if the night is not published
 * @param scores the scores of the indicators with the cuts of the night; empty without indicators,
 *     or without cuts that fit the settings
 * @param lifetime the expected lifetime value; empty without a model, or without a known purchase
 * @param prediction what is predicted; empty without a model, or if the customer is not asked
 * @param figures the published markets and group of the customer, the churn observed at its
 *     satisfaction, and the effort for it
 * @param segment the reasons for the customer's segment; empty without segments
 */
public record CustomerExplanation(
    CustomerIds ids,
    LocalDate asOf,
    List<CustomerRows> inputs,
    List<ExplainedIndicator> indicators,
    List<ExplainedMeasure> measures,
    Optional<PublishedCustomer> published,
    Optional<ExplainedScores> scores,
    Optional<ExplainedLifetime> lifetime,
    Optional<ExplainedPrediction> prediction,
    List<PublishedFigures> figures,
    Optional<SegmentExplanation> segment) {
  /** Of the inputs of a million customers a core interprets a few megabytes in a second. */
  private static final long MOST_BYTES = 64L << 20;

  public CustomerExplanation {
    inputs = List.copyOf(inputs);
    indicators = List.copyOf(indicators);
    measures = List.copyOf(measures);
    figures = List.copyOf(figures);
  }

  /**
   * Explains a customer.
   *
   * @param asked an id of the customer, which may be an alias
   * @throws UsageException if no row of the night names the customer
   * @throws io.karat.run.InputException if an input is missing or has the wrong shape
   */
  public static CustomerExplanation of(
      NightPlan plan, String asked, LocalDate asOf, OutputFolder output, SparkSession session)
      throws IOException {
    SparkSession spark = InterpretedSession.beside(session);
    spark.sparkContext().setJobDescription("karat " + asOf + ": explain a customer");
    PublishedNight night = new PublishedNight(asOf, output, spark);
    CompletableFuture<Optional<Published>> begun = IndicatorExplanation.begin(plan, asked, night);
    try {
      return of(plan, asked, night, begun);
    } finally {
      begun.join();
    }
  }

  private static CustomerExplanation of(
      NightPlan plan,
      String asked,
      PublishedNight night,
      CompletableFuture<Optional<Published>> begun)
      throws IOException {
    LocalDate asOf = night.asOf();
    OutputFolder output = night.output();
    SparkSession spark = night.spark();
    List<NightSource> sources = plan.sources(asOf, spark);
    InterpretedSession.interpret(spark, isSmall(sources));
    InputReading reading = InputReading.ofCustomer(plan, sources, asOf, asked, spark);
    Dataset<Row> stored = LocalRows.of(reading.stored());
    InterpretedSession.interpret(spark, true);
    NightInput input = reading.input(stored, LocalRows::of);
    List<InputAccount> accounts = input.accounts();
    requireRows(asked, asOf, accounts);

    CustomerIds ids = reading.customer().orElseThrow();
    Dataset<Row> measures =
        LocalRows.of(input.measures().filter(col(Columns.CUSTOMER_ID).equalTo(ids.id())));
    Optional<LifetimeModel> model = ExplainedLifetime.model(plan, asOf, output);
    Dataset<Row> withSales =
        plan.lifetime()
            .map(it -> LocalRows.of(it.withExpectedSales(measures, model, asOf)))
            .orElse(measures);
    Optional<Row> indicators = first(plan.indicators().compute(withSales, asOf));
    List<IndicatorFormula> formulas = plan.indicators().formulas(asOf);
    Optional<PublishedCustomer> published = PublishedCustomer.of(ids, indicators, formulas, night);
    boolean isAsPublished =
        published.map(PublishedCustomer::state).filter(State.EQUAL::equals).isPresent();
    Optional<Published> known =
        begun.join().filter(it -> isAsPublished && it.customer().equals(ids.id()));
    IndicatorExplanation explained =
        known.isPresent()
            ? known.get().explanation()
            : IndicatorExplanation.of(plan, ids.id(), indicators, night);
    return new CustomerExplanation(
        ids,
        asOf,
        accounts.stream()
            .filter(account -> account.balance().read().rows() > 0)
            .map(account -> CustomerRows.of(account, plan, reading, asOf))
            .toList(),
        indicators
            .map(row -> explained(formulas, row, operands(plan, withSales, asOf)))
            .orElse(List.of()),
        indicators.map(row -> measures(formulas, measures.first())).orElse(List.of()),
        published,
        explained.scores(),
        model.flatMap(
            it -> ExplainedLifetime.of(plan.lifetime().orElseThrow(), it, measures, asOf)),
        explained.prediction(),
        explained.figures(),
        explained.segment());
  }

  /** Whether rows are looked through faster than code for that is compiled. */
  private static boolean isSmall(List<NightSource> sources) {
    return sources.stream().allMatch(source -> source.files() > 0)
        && sources.stream().mapToLong(NightSource::bytes).sum() < MOST_BYTES;
  }

  private static void requireRows(String asked, LocalDate asOf, List<InputAccount> accounts) {
    boolean isNamed =
        accounts.stream()
            .map(InputAccount::balance)
            .map(InputBalance::read)
            .anyMatch(read -> read.rows() > 0);
    if (!isNamed) {
      throw new UsageException(
          "Customer '%s' has no row on night %s: looked in %s. Check the id; --as-of explains another night."
              .formatted(
                  asked,
                  asOf,
                  String.join(", ", accounts.stream().map(InputAccount::name).toList())));
    }
  }

  private static List<ExplainedIndicator> explained(
      List<IndicatorFormula> formulas, Row indicators, Row operands) {
    return formulas.stream()
        .map(formula -> ExplainedIndicator.of(formula, indicators, operands))
        .toList();
  }

  private static Row operands(NightPlan plan, Dataset<Row> measures, LocalDate asOf) {
    return plan.indicators().operands(measures, asOf).first();
  }

  private static List<ExplainedMeasure> measures(List<IndicatorFormula> formulas, Row measures) {
    Set<Measure.Use> uses = new LinkedHashSet<>();
    formulas.forEach(formula -> uses.addAll(formula.uses()));
    List<ExplainedMeasure> explained = new ArrayList<>();
    uses.forEach(use -> explained.add(ExplainedMeasure.of(use, measures)));
    return explained;
  }

  private static Optional<Row> first(Dataset<Row> rows) {
    return rows.takeAsList(1).stream().findFirst();
  }
}
