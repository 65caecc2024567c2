package io.karat.night;

import static org.apache.spark.sql.functions.col;

import io.karat.indicators.IndicatorColumn;
import io.karat.input.InputBalance;
import io.karat.quality.CheckResult;
import io.karat.run.LowerCase;
import io.karat.run.Run;
import io.karat.settings.BilingualText;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.Language;
import io.karat.settings.Window;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.TableContract;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Tables whose rows are built on the driver: dictionary, checks and runs. */
record SmallTables(SparkSession spark, Language language, Run run) {
  /** Builds one row per column of every table. */
  List<Row> dictionary(List<TableContract> contracts, List<IndicatorColumn> indicators) {
    Map<String, IndicatorColumn> byColumn =
        indicators.stream().collect(Collectors.toMap(IndicatorColumn::name, Function.identity()));
    List<Row> rows = new ArrayList<>();
    for (TableContract contract : contracts) {
      long position = 1;
      for (ColumnContract column : contract.columns()) {
        rows.add(
            entry(contract, column, position++, Optional.ofNullable(byColumn.get(column.name()))));
      }
    }
    return rows;
  }

  /** Builds one row per check and metric. */
  List<Row> checks(List<CheckResult> results) {
    return results.stream()
        .map(
            result ->
                RowFactory.create(
                    result.check(),
                    result.table(),
                    result.metric(),
                    LowerCase.of(result.severity()),
                    result.status(),
                    result.value().map(SmallTables::exact).orElse(null),
                    result.limit().map(SmallTables::exact).orElse(null),
                    result.message().en(),
                    result.message().zh()))
        .toList();
  }

  /** Builds the row of this run, followed by the runs that an earlier release lists. */
  Dataset<Row> runs(
      RunFacts facts, NightInput input, List<CheckResult> checks, Optional<String> earlier) {
    Dataset<Row> own =
        PublishedTables.RUNS.publish(
            spark
                .createDataFrame(List.of(row(facts, input, checks)), PublishedTables.RUNS.schema())
                .coalesce(1),
            run,
            language);
    return earlier
        .map(folder -> spark.read().parquet(folder))
        .map(runs -> runs.filter(col(Columns.RUN_ID).notEqual(run.id())))
        .map(runs -> own.unionByName(runs, true).select(columns(own)).coalesce(1))
        .orElse(own);
  }

  private Row row(RunFacts facts, NightInput input, List<CheckResult> checks) {
    List<Object> values = new ArrayList<>();
    Duration duration = Duration.between(facts.started(), facts.now());
    values.add(Timestamp.from(facts.started()));
    values.add(BigDecimal.valueOf(duration.toMillis(), 3));
    values.add(facts.code());
    values.add(spark.version());
    values.add(facts.settings());
    values.add(input.customers());
    InputBalance balance = input.leading().balance();
    values.add((long) input.leading().source().files());
    for (InputBalance.Term term : balance.terms().values()) {
      values.add(term.rows());
      values.add(exact(term.amount()));
    }
    values.add(exact(balance.rounding()));
    values.add(checks.stream().filter(CheckResult::isWarning).count());
    values.add(facts.goesLive());
    return RowFactory.create(values.toArray());
  }

  private static Row entry(
      TableContract contract,
      ColumnContract column,
      long position,
      Optional<IndicatorColumn> indicator) {
    Optional<IndicatorSettings> settings = indicator.map(IndicatorColumn::indicator);
    BilingualText label =
        settings
            .map(IndicatorSettings::label)
            .orElse(new BilingualText(column.name(), column.name()));
    BilingualText definition =
        settings.flatMap(IndicatorSettings::definition).orElse(column.meaning());
    return RowFactory.create(
        contract.name(),
        column.name(),
        position,
        column.type().simpleString(),
        settings.map(IndicatorSettings::name).orElse(null),
        settings.map(it -> LowerCase.of(it.category())).orElse(null),
        settings.map(it -> LowerCase.of(it.unit())).orElse(null),
        indicator.flatMap(IndicatorColumn::window).map(Window::suffix).orElse(null),
        settings.map(it -> LowerCase.of(it.better())).orElse(null),
        label.en(),
        label.zh(),
        definition.en(),
        definition.zh());
  }

  private static Column[] columns(Dataset<Row> frame) {
    return Arrays.stream(frame.columns()).map(functions::col).toArray(Column[]::new);
  }

  private static BigDecimal exact(BigDecimal value) {
    return value.setScale(DecimalTypes.EXACT.scale(), RoundingMode.UNNECESSARY);
  }
}
