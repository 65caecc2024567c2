package io.karat.night;

import io.karat.allocation.AllocationPlan;
import io.karat.groups.GroupPlan;
import io.karat.groups.GroupTable;
import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.indicators.MissingInputs;
import io.karat.input.InputMapping;
import io.karat.input.Source;
import io.karat.lakehouse.LakePublisher;
import io.karat.lifetime.LifetimeScores;
import io.karat.mart.Mart;
import io.karat.prediction.PredictionPlan;
import io.karat.prediction.PredictionScores;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publisher;
import io.karat.publishing.Publishers;
import io.karat.run.CodeFingerprint;
import io.karat.run.Fingerprint;
import io.karat.run.InputErrors;
import io.karat.scores.ScorePlan;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Output.Destination;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Configuration made ready for any night, without a Spark session.
 *
 * @param mappings the mappings of each input's source rows to Karat's columns
 * @param prediction empty if nothing is predicted
 * @param indicators the configured indicators and those that the models need
 * @param groups empty if no groups are followed
 * @param allocation the resources that are allocated, maybe none
 */
public record NightPlan(
    Settings settings,
    Map<InputTable, InputMapping> mappings,
    IndicatorPlan indicators,
    ScorePlan scores,
    Optional<PredictionPlan> prediction,
    Optional<GroupPlan> groups,
    AllocationPlan allocation,
    Money money) {
  private static final String LIFETIME_VALUE = "lifetime_value";
  private static final String TRANSACTIONS = InputTable.TRANSACTIONS.tableName();

  public NightPlan {
    mappings = Collections.unmodifiableMap(new TreeMap<>(mappings));
  }

  /**
   * Plans a configuration; {@code problems} collects what is wrong with it. Without transactions
   * there is no lifetime value.
   */
  public static NightPlan of(Settings configured, Problems problems) {
    Settings settings =
        configured.inputs().has(InputTable.TRANSACTIONS)
            ? configured
            : configured.withoutLifetimeValue();
    Money money = new Money(settings.moneyScale(), settings.currency());
    Map<InputTable, InputMapping> mappings = new TreeMap<>();
    for (InputSettings input : settings.inputs().all()) {
      mappings.put(input.table(), InputMapping.of(input, money, problems));
    }
    IndicatorPlan listed = IndicatorPlan.of(settings, problems);
    ScorePlan planned = ScorePlan.of(settings, listed, problems);
    ScorePlan scores =
        settings.lifetimeValue().equals(configured.lifetimeValue())
            ? planned
            : planned.without(
                LIFETIME_VALUE, new MissingInputs(new TreeSet<>(Set.of(TRANSACTIONS))).reason());
    PredictionPlan.Planned predicted = PredictionPlan.of(settings, listed, problems);
    for (Map.Entry<String, BilingualText> off : predicted.off().entrySet()) {
      scores = scores.without(off.getKey(), off.getValue());
    }
    Collection<IndicatorColumn> columns = new ArrayList<>(scores.columns());
    predicted.plan().ifPresent(it -> columns.addAll(it.columns()));
    AllocationPlan allocation =
        AllocationPlan.of(
            settings,
            listed,
            scores,
            PublishedTables.customerValue(
                    new PublishedModels(
                        scores,
                        lifetime(settings),
                        predictionColumns(predicted.plan(), money),
                        Optional.empty(),
                        false))
                .own(),
            problems);
    columns.addAll(allocation.columns());
    IndicatorPlan indicators =
        lifetime(settings)
            .map(lifetime -> listed.measuring(lifetime.measures()))
            .orElse(listed)
            .with(columns);
    return new NightPlan(
        settings,
        mappings,
        indicators,
        scores,
        predicted.plan(),
        GroupPlan.of(settings, indicators, scores, problems),
        allocation,
        money);
  }

  /** A digest of everything that says how the files of an input are opened. */
  String opening(InputTable table) {
    return Fingerprint.of(
        List.of(
            CodeFingerprint.ofRunningCode(),
            org.apache.spark.package$.MODULE$.SPARK_VERSION(),
            settings.inputs().find(table).orElseThrow().canonical()));
  }

  /** The lifetime value columns; empty if they are switched off. */
  public Optional<LifetimeScores> lifetime() {
    return lifetime(settings);
  }

  private static Optional<LifetimeScores> lifetime(Settings settings) {
    return settings
        .lifetimeValue()
        .map(
            lifetime ->
                new LifetimeScores(
                    lifetime, new Money(settings.moneyScale(), settings.currency())));
  }

  /** This plan with other indicators, for another reading of the same inputs. */
  public NightPlan with(IndicatorPlan others) {
    return new NightPlan(settings, mappings, others, scores, prediction, groups, allocation, money);
  }

  /** The prediction without a model, for the contracts of its columns; empty if it is off. */
  public Optional<PredictionScores> predictionColumns() {
    return predictionColumns(prediction, money);
  }

  /** The table of groups; empty if no groups are followed. */
  Optional<GroupTable> groupTable() {
    return groups.map(it -> new GroupTable(it, scores));
  }

  private static Optional<PredictionScores> predictionColumns(
      Optional<PredictionPlan> prediction, Money money) {
    return prediction.map(it -> new PredictionScores(it, money, Optional.empty()));
  }

  /** The publishers beside the output folder, in the order of {@code output.publish}. */
  public Publishers publishers(OutputFolder output, SparkSession spark) {
    return new Publishers(
        settings.output().publish().stream()
            .flatMap(destination -> publisher(destination, output, spark))
            .toList());
  }

  private Stream<Publisher> publisher(
      Destination destination, OutputFolder output, SparkSession spark) {
    return switch (destination) {
      case DIRECTORY -> Stream.empty();
      case POSTGRESQL ->
          Stream.of(
              Mart.of(
                  settings.output(),
                  PublishedTables.meanings(settings.language()),
                  PublishedTables.columns(this),
                  output,
                  spark,
                  System.getenv()));
      case ICEBERG ->
          Stream.of(
              LakePublisher.of(
                  settings.output(), PublishedTables.meanings(settings.language()), output, spark));
    };
  }

  /** The mapping of a configured input. */
  public InputMapping mapping(InputTable table) {
    return Objects.requireNonNull(mappings.get(table));
  }

  /**
   * Whether keys of an input are counted that are repeated or contradict themselves. Those of
   * aliases are looked at where they are resolved.
   */
  boolean isUniqueChecked(InputTable table) {
    InputMapping mapping = mapping(table);
    boolean isLookedFor = settings.checks().unique() != Severity.OFF;
    return isLookedFor && !mapping.key().isEmpty() && table != InputTable.ALIASES;
  }

  /**
   * The sources of the inputs on a night as they stand now, transactions first.
   *
   * @throws io.karat.run.InputException naming all that are missing
   */
  public List<NightSource> sources(LocalDate asOf, SparkSession spark) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    return InputErrors.of(
        settings.inputs().all(), input -> NightSource.of(Source.of(input, asOf, hadoop), spark));
  }
}
