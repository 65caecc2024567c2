package io.karat.night;

import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.LifetimeScores;
import io.karat.models.ModelKind;
import io.karat.prediction.PredictionModel;
import io.karat.prediction.PredictionScores;
import io.karat.report.NightFacts;
import io.karat.run.Failpoint;
import io.karat.run.KaratException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inputs of a night: every one is read once, the days of customers are kept for the next night, and
 * all indicators are computed.
 */
record NightInputs(Night night) {
  private static final Logger LOG = LoggerFactory.getLogger(NightInputs.class);
  private static final String READ = "read inputs";
  private static final String LIFETIME = "lifetime value";

  /** Reads every input once, and computes the indicators of every customer. */
  ReadInputs read(List<NightSource> sources) throws IOException {
    NightInput input = readAsListed(sources);
    input.accounts().forEach(account -> LOG.info("Input {}", account.inWords()));
    night.job().record().update(facts -> facts.withInputs(inputs(input), switchedOff()));
    Optional<NightLifetime> lifetime = lifetime(input);
    Optional<NightPrediction> prediction = prediction(input);
    requireUnchanged(sources);
    return new ReadInputs(input, lifetime, prediction, writeIndicators(input, lifetime));
  }

  /** Reads the inputs; where that fails because one was changed meanwhile, it says so. */
  private NightInput readAsListed(List<NightSource> sources) throws IOException {
    boolean isExplained = false;
    try {
      NightInput input = readInputs(sources);
      isExplained = true;
      return input;
    } catch (KaratException known) {
      isExplained = true;
      throw known;
    } finally {
      if (!isExplained) {
        requireUnchanged(sources);
      }
    }
  }

  private static void requireUnchanged(List<NightSource> sources) {
    sources.forEach(source -> source.content().requireUnchanged());
  }

  private NightInput readInputs(List<NightSource> sources) throws IOException {
    night.begin(READ);
    StateBefore before = before();
    NightReading planned =
        NightReading.of(night.plan(), sources, night.run().asOf(), before, night.job().spark());
    InputReading reading = planned.reading();
    Dataset<Row> stored =
        night.tables().savePartitions(reading.stored(), night.staging().state().customers());
    Failpoint.reach("AFTER_DAYS");
    List<Row> counts = InputAccounts.counts(stored);
    Optional<Row> sums = planned.sums(stored);
    planned.requireSame(counts, sums);
    NightInput input =
        reading
            .input(stored, counts, folded -> saved(folded, Night.MEASURES))
            .withMarkets(sizes -> saved(sizes, Night.MARKETS))
            .withRemarks(planned.copies(counts, night.plan()))
            .withOddRows();
    night
        .staging()
        .state()
        .complete(
            planned.state(counts, night.staging().state().files(), input.cohorts(), sums).json());
    Failpoint.reach("AFTER_MEASURES");
    for (InputAccount account : input.accounts()) {
      account.requireRows(night.run().asOf(), account.equals(input.leading()));
      account.requireDays(night.head().inputs(), night.run().asOf());
    }
    night
        .job()
        .progress()
        .done(READ, inputs(input).stream().mapToLong(it -> it.reading().rowsReadNow()).sum());
    input.accounts().stream()
        .flatMap(account -> account.reused().stream())
        .forEach(night.job().progress()::note);
    return input.with(
        new QuarantineTables(
                night.job().spark(),
                night.plan(),
                night.run(),
                night.staging(),
                night.job().progress(),
                before.release().map(night.output()::tables))
            .write(input, reading));
  }

  private Dataset<Row> saved(Dataset<Row> rows, String name) {
    return night.tables().save(rows, night.staging().table(name), NightTables.WITHOUT_DICTIONARY);
  }

  /** The state of the night before, unless a whole reading is asked for. */
  private StateBefore before() throws IOException {
    StateBefore before =
        night.job().isFull()
            ? StateBefore.none("a full night was asked for")
            : StateBefore.of(night.head(), night.run().asOf(), night.output());
    if (before.isDamaged()) {
      LOG.warn("All inputs are read whole: {}", before.reason());
    }
    return before;
  }

  private static List<NightFacts.Input> inputs(NightInput input) {
    return input.accounts().stream().map(InputAccount::fact).toList();
  }

  private NightFacts.SwitchedOff switchedOff() {
    SortedMap<String, String> indicators = new TreeMap<>();
    night.plan().indicators().switchedOff().forEach((name, it) -> indicators.put(name, it.list()));
    SortedMap<String, String> models = new TreeMap<>();
    night
        .plan()
        .scores()
        .switchedOff()
        .forEach((part, reason) -> models.put(part, reason.reason().en()));
    return new NightFacts.SwitchedOff(indicators, models);
  }

  /** Chooses or fits the lifetime value model; empty if lifetime value is switched off. */
  private Optional<NightLifetime> lifetime(NightInput input) throws IOException {
    Optional<LifetimeScores> scores = night.plan().lifetime();
    if (scores.isEmpty()) {
      return Optional.empty();
    }

    night.begin(LIFETIME);
    ModelKind kind = new LifetimeKind(night.plan(), Optional.of(input));
    Optional<LifetimeModel> model =
        night.models().choose(kind, input.measures()).map(LifetimeModel::parse);
    night.job().progress().done(LIFETIME);
    return Optional.of(new NightLifetime(scores.get(), night.run().asOf(), model));
  }

  /** Chooses or fits the model of the prediction, and writes its tables; empty if it is off. */
  private Optional<NightPrediction> prediction(NightInput input) throws IOException {
    if (night.plan().prediction().isEmpty()) {
      return Optional.empty();
    }

    night.begin(PredictionModel.KIND);
    ModelKind kind = new PredictionKind(night.plan(), Optional.of(input));
    Optional<PredictionModel> model =
        night.models().choose(kind, input.measures()).map(PredictionModel::parse);
    NightPrediction prediction =
        new NightPrediction(
            new PredictionScores(night.plan().prediction().get(), night.plan().money(), model),
            night.run().asOf());
    night.tables().write(prediction.tables());
    night.job().progress().done(PredictionModel.KIND);
    return Optional.of(prediction);
  }

  /** Writes customer_indicators, and reads them back. */
  private Dataset<Row> writeIndicators(NightInput input, Optional<NightLifetime> lifetime) {
    night.begin(PublishedTables.CUSTOMER_INDICATORS);
    Dataset<Row> measures =
        lifetime.map(it -> it.withExpectedSales(input.measures())).orElse(input.measures());
    Dataset<Row> indicators = night.plan().indicators().compute(measures, night.run().asOf());
    Dataset<Row> published =
        night.tables().write(night.tables().customerIndicators(indicators.schema()), indicators);
    night.job().progress().done(PublishedTables.CUSTOMER_INDICATORS, input.customers());
    Failpoint.reach("AFTER_INDICATORS");
    return night.plan().scores().withSales(published);
  }
}
