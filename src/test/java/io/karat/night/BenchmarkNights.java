package io.karat.night;

import io.karat.engine.NumberedParquet;
import io.karat.indicators.IndicatorPlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import io.karat.state.NightState;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Nights of a benchmark, up to the indicators, with the classes of the nightly run: all is written
 * that a night writes, and nothing published.
 */
final class BenchmarkNights {
  private static final String MEASURES = "measures";

  private final NightPlan plan;
  private final Path states;
  private final Path answers;
  private final SparkSession spark;

  /**
   * Nights of a configuration.
   *
   * @param sets what is other than in the configuration
   * @param columns the indicators; all if there are none
   * @param states the folder of states
   * @param answers the folder of indicators
   */
  BenchmarkNights(
      String configuration,
      List<String> sets,
      List<String> columns,
      Path states,
      Path answers,
      SparkSession spark) {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read("bench.yaml", configuration, Map.of(), sets, problems);
    NightPlan all = NightPlan.of(settings, problems);
    problems.throwIfAny();
    this.plan = columns.isEmpty() ? all : all.with(only(columns, all.indicators()));
    this.states = states;
    this.answers = answers;
    this.spark = spark;
  }

  private static IndicatorPlan only(List<String> columns, IndicatorPlan indicators) {
    return indicators.only(
        columns.stream().map(name -> indicators.column(name).orElseThrow()).toList());
  }

  /** Reads all of a night, and writes its indicators. */
  void whole(LocalDate asOf, String indicators) {
    night(asOf, StateBefore.none("all is read"), "whole-state", indicators);
  }

  /**
   * The state of the night before: one that went on from another, as nights do, so that what was
   * long ago is one entry. It takes two nights to make, the first of which reads all.
   */
  StateBefore before(LocalDate asOf, String indicators) {
    StateBefore before = StateBefore.none("all is read");
    for (int days = 3; days > 0; days--) {
      String folder = "state-" + days;
      String json = night(asOf.minusDays(days), before, folder, indicators).json();
      before =
          new StateBefore(NightState.parse(json), location(folder), Optional.empty(), "", false);
    }
    return before;
  }

  /** Reads what a night has to read after the one before, and writes its indicators. */
  void incremental(LocalDate asOf, StateBefore before, String indicators) {
    NightState state = night(asOf, before, "state", indicators);
    if (state.partitions() == 0) {
      throw new IllegalStateException("The state cannot be read as it lies.");
    }
  }

  /** The bytes of the customers of the last incremental night. */
  long stateBytes() {
    return FileUtil.getDU(states.resolve("state").toFile());
  }

  private NightState night(LocalDate asOf, StateBefore before, String folder, String indicators) {
    NightReading night = NightReading.of(plan, plan.sources(asOf, spark), asOf, before, spark);
    Dataset<Row> read = night.reading().stored();
    FileUtil.fullyDelete(states.resolve(folder).toFile());
    NumberedParquet.write(read, location(folder), NightTables.WITHOUT_DICTIONARY);
    Dataset<Row> stored = spark.read().schema(read.schema()).parquet(location(folder));
    List<Row> counts = InputAccounts.counts(stored);
    Optional<Row> sums = night.sums(stored);
    night.requireSame(counts, sums);
    NightInput input = night.reading().input(stored, counts, this::saved);
    plan.indicators()
        .compute(input.measures(), asOf)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(answers.resolve(indicators).toString());
    night.plans().forEach(it -> describe(asOf, it));
    return night.state(counts, new TreeMap<>(), input.cohorts(), sums);
  }

  private static void describe(LocalDate asOf, InputPlan input) {
    System.out.printf("  night %s, %s%s%n", asOf, input.table().tableName(), input.inWords());
  }

  private Dataset<Row> saved(Dataset<Row> rows) {
    rows.write()
        .options(NightTables.WITHOUT_DICTIONARY)
        .mode(SaveMode.Overwrite)
        .parquet(location(MEASURES));
    return spark.read().schema(rows.schema()).parquet(location(MEASURES));
  }

  private String location(String name) {
    return states.resolve(name).toString();
  }
}
