package io.karat.night;

import io.karat.indicators.IndicatorPlan;
import io.karat.input.InputMapping;
import io.karat.input.Source;
import io.karat.lifetime.LifetimeScores;
import io.karat.mart.Mart;
import io.karat.publishing.OutputFolder;
import io.karat.run.InputErrors;
import io.karat.scores.ScorePlan;
import io.karat.settings.Checks.Severity;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * A configuration made ready for any night; nothing of it needs Spark to run.
 *
 * @param mappings how the source's rows of each input become ours
 * @param indicators those that are listed, and those that models look at
 */
public record NightPlan(
    Settings settings,
    Map<InputTable, InputMapping> mappings,
    IndicatorPlan indicators,
    ScorePlan scores,
    Money money) {
  public NightPlan {
    mappings = Collections.unmodifiableMap(new TreeMap<>(mappings));
  }

  /** Reads everything a configuration says; what is wrong with it is noted. */
  public static NightPlan of(Settings settings, Problems problems) {
    Money money = new Money(settings.moneyScale());
    Map<InputTable, InputMapping> mappings = new TreeMap<>();
    for (InputSettings input : settings.inputs().all()) {
      mappings.put(input.table(), InputMapping.of(input, money, problems));
    }
    IndicatorPlan listed = IndicatorPlan.of(settings, problems);
    ScorePlan scores = ScorePlan.of(settings, listed, problems);
    IndicatorPlan indicators =
        lifetime(settings)
            .map(lifetime -> listed.measuring(lifetime.measures()))
            .orElse(listed)
            .with(scores.columns());
    return new NightPlan(settings, mappings, indicators, scores, money);
  }

  /** What is foreseen of customers, where that is on. */
  public Optional<LifetimeScores> lifetime() {
    return lifetime(settings);
  }

  private static Optional<LifetimeScores> lifetime(Settings settings) {
    return settings
        .lifetimeValue()
        .map(lifetime -> new LifetimeScores(lifetime, new Money(settings.moneyScale())));
  }

  /** The database that follows the output, where there is one. */
  public Optional<Mart> mart(OutputFolder output, SparkSession spark) {
    return Mart.of(
        settings.output(),
        PublishedTables.meanings(scores, settings.language()),
        output,
        spark,
        System.getenv());
  }

  /** How the rows of an input that is configured become ours. */
  public InputMapping mapping(InputTable table) {
    return Objects.requireNonNull(mappings.get(table));
  }

  /** A key of a snapshot table identifies a thing, which is there under one customer only. */
  boolean isUniqueChecked(InputTable table) {
    InputMapping mapping = mapping(table);
    boolean isLookedFor = settings.checks().unique() != Severity.OFF;
    return isLookedFor && !mapping.key().isEmpty() && table != InputTable.CUSTOMERS;
  }

  /**
   * Where the inputs lie on a night, and the files that are there now, transactions first.
   *
   * @throws io.karat.run.InputException naming all that are missing
   */
  public List<NightSource> sources(LocalDate asOf, Configuration hadoop) {
    return InputErrors.of(
        settings.inputs().all(),
        input -> {
          Source source = Source.of(input, asOf, hadoop);
          return new NightSource(source, source.files(hadoop));
        });
  }
}
