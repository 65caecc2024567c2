package io.karat.indicators;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.expressions.ExpressionException;
import io.karat.expressions.TrySemantics;
import io.karat.measures.Measure;
import io.karat.measures.MeasureDescriptions;
import io.karat.measures.Period;
import io.karat.run.UsageException;
import io.karat.settings.Catalogue;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Settings;
import io.karat.settings.Window;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The indicators that a night computes, with their measures and formulas.
 *
 * <p>An indicator's expression may name measures and other indicators: in an indicator with a
 * window, a bare name means the same window; a name with a window as suffix means that one. It may
 * also name {@code as_of}, and {@code first_whole_month} and {@code last_whole_month}, the whole
 * calendar months inside the window as month numbers.
 */
public final class IndicatorPlan {
  /** The column that a model of lifetime value adds to the measures. */
  public static final String EXPECTED_BY_MODEL = IndicatorNames.EXPECTED_BY_MODEL;

  private final Catalogues catalogues;
  private final List<IndicatorColumn> columns;
  private final List<ExtraMeasure> beside;
  private final Map<String, MissingInputs> switchedOff;
  private final Money money;

  private IndicatorPlan(
      Catalogues catalogues,
      List<IndicatorColumn> columns,
      List<ExtraMeasure> beside,
      Map<String, MissingInputs> switchedOff,
      Money money) {
    this.catalogues = catalogues;
    this.columns = List.copyOf(columns);
    this.beside = List.copyOf(beside);
    this.switchedOff = switchedOff;
    this.money = money;
  }

  /** The built-in measures and indicators. */
  public static Catalogue builtIn() {
    return Catalogues.builtIn();
  }

  /** Plans the indicators of a configuration, and reports what is wrong with its own ones. */
  public static IndicatorPlan of(Settings settings, Problems problems) {
    Catalogues catalogues = Catalogues.of(settings, problems);
    List<Window> windows = settings.indicators().windows();
    new IndicatorNames(catalogues, windows).check(problems);

    InputNeeds needs = new InputNeeds(catalogues, settings.inputs());
    List<IndicatorColumn> columns = new ArrayList<>();
    Map<String, MissingInputs> switchedOff = new LinkedHashMap<>();
    for (Indicator indicator : catalogues.indicators().values()) {
      Optional<MissingInputs> missing = needs.missing(indicator);
      if (missing.isEmpty()) {
        columns.addAll(columns(indicator.settings(), windows));
      } else if (indicator.isBuiltIn()) {
        switchedOff.put(indicator.name(), missing.get());
      } else {
        Location at = indicator.settings().at();
        problems.add(at, missing.get().problem(at.key()));
      }
    }
    return new IndicatorPlan(
        catalogues, columns, List.of(), switchedOff, new Money(settings.moneyScale()));
  }

  /**
   * The same plan with further columns. They come after the listed ones, in the order of the
   * catalogue, short windows first.
   *
   * @param more of {@link #column}; those that are listed already count once
   */
  public IndicatorPlan with(Collection<IndicatorColumn> more) {
    List<String> order = List.copyOf(catalogues.indicators().keySet());
    List<IndicatorColumn> all = new ArrayList<>(columns);
    more.stream()
        .distinct()
        .filter(column -> !columns.contains(column))
        .sorted(
            Comparator.comparingInt(
                    (IndicatorColumn column) -> order.indexOf(column.indicator().name()))
                .thenComparingInt(IndicatorPlan::days))
        .forEach(all::add);
    return new IndicatorPlan(catalogues, all, beside, switchedOff, money);
  }

  /** The same plan with built-in measures of which no indicator is computed. */
  public IndicatorPlan measuring(Collection<ExtraMeasure> measures) {
    return new IndicatorPlan(catalogues, columns, List.copyOf(measures), switchedOff, money);
  }

  /** A plan of these built-in measures alone. */
  public IndicatorPlan onlyMeasuring(Collection<ExtraMeasure> measures) {
    return new IndicatorPlan(catalogues, List.of(), List.copyOf(measures), switchedOff, money);
  }

  /** The same plan with these columns alone, in the given order. */
  public IndicatorPlan only(List<IndicatorColumn> some) {
    return new IndicatorPlan(catalogues, some, List.of(), switchedOff, money);
  }

  private static int days(IndicatorColumn column) {
    return column.window().map(Window::days).orElse(OptionalInt.empty()).orElse(Integer.MAX_VALUE);
  }

  /** The built-in measures. */
  public static List<Measure> builtInMeasures() {
    MeasureDefinitions measures = new MeasureDefinitions(Map.of());
    builtIn().measures().values().forEach(measure -> measures.add(measure, new Problems()));
    return List.copyOf(measures.all().values());
  }

  /** All measures: built-in ones, those of declared characteristics, the business's own. */
  public List<Measure> measures() {
    return List.copyOf(catalogues.measures().values());
  }

  /** All indicators in the same order, switched-off ones included. */
  public List<IndicatorSettings> indicators() {
    return catalogues.indicators().values().stream().map(Indicator::settings).toList();
  }

  /** The columns of {@code customer_indicators}, in publishing order. */
  public List<IndicatorColumn> columns() {
    return columns;
  }

  /** The built-in indicators that are not computed, with the inputs that they lack. */
  public Map<String, MissingInputs> switchedOff() {
    return Collections.unmodifiableMap(switchedOff);
  }

  /**
   * The column of this name, over any window, listed or not; empty if no indicator has this name,
   * or if its window is missing or not allowed.
   */
  public Optional<IndicatorColumn> column(String name) {
    return catalogues
        .named(name)
        .map(Indicator::settings)
        .flatMap(indicator -> IndicatorColumn.named(name, indicator));
  }

  /** The measures to compute, with their periods. */
  public List<Measure.Use> uses(LocalDate asOf) {
    Set<Measure.Use> uses = new LinkedHashSet<>(values(asOf).uses());
    for (ExtraMeasure more : beside) {
      Measure measure = Objects.requireNonNull(catalogues.measures().get(more.measure()));
      uses.add(new Measure.Use(measure, more.period(asOf)));
    }
    return List.copyOf(uses);
  }

  /** Whether a measure of an input needs the prices of all customers. */
  public boolean comparesPrices(InputTable input, LocalDate asOf) {
    return input == InputTable.TRANSACTIONS
        && uses(asOf).stream()
            .map(Measure.Use::measure)
            .anyMatch(MeasureDescriptions::comparesPrices);
  }

  /** The optional columns of an input that the measures are computed from. */
  public Set<String> inputColumns(InputTable input, LocalDate asOf) {
    return MeasuredColumns.of(input, uses(asOf));
  }

  /**
   * Computes one row per row of {@code measures}: {@code customer_id} and the {@link #columns}.
   *
   * @param measures has one column per use, see {@link Measure.Use#column}
   * @throws UsageException if an expression does not fit the types of the columns that it names
   */
  public Dataset<Row> compute(Dataset<Row> measures, LocalDate asOf) {
    IndicatorValues values = values(asOf);
    Dataset<Row> all = withModel(measures);
    Stream<Column> computed = columns.stream().map(column -> values.of(column).as(column.name()));
    Column[] expressions =
        Stream.concat(Stream.of(col(Columns.CUSTOMER_ID)), computed).toArray(Column[]::new);
    Dataset<Row> indicators = selected(all, expressions, values);
    return indicators.select(published(indicators));
  }

  /** Measures with the expectation of a model; null without a model. */
  private Dataset<Row> withModel(Dataset<Row> measures) {
    return Arrays.asList(measures.columns()).contains(IndicatorNames.EXPECTED_BY_MODEL)
        ? measures
        : measures.withColumn(IndicatorNames.EXPECTED_BY_MODEL, lit(null).cast(money.sumType()));
  }

  /** The formulas of the {@link #columns}. */
  public List<IndicatorFormula> formulas(LocalDate asOf) {
    return columns.stream().map(column -> formula(column, asOf)).toList();
  }

  private IndicatorFormula formula(IndicatorColumn column, LocalDate asOf) {
    IndicatorValues values = new IndicatorValues(catalogues, Period.lifetime(asOf));
    List<String> words = List.copyOf(values.words(column).keySet());
    return new IndicatorFormula(
        column, column.indicator().value().sql(), words, List.copyOf(values.uses()));
  }

  /**
   * One row per row of {@code measures}: {@code customer_id} and, for every formula, the values of
   * its words, see {@link IndicatorFormula#operand}.
   */
  public Dataset<Row> operands(Dataset<Row> measures, LocalDate asOf) {
    IndicatorValues values = values(asOf);
    List<Column> operands = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID)));
    for (IndicatorFormula formula : formulas(asOf)) {
      values
          .words(formula.column())
          .forEach((word, value) -> operands.add(value.as(formula.operand(word))));
    }
    Dataset<Row> all = withModel(measures);
    return TrySemantics.fitting(
        measures.sparkSession(), () -> all.select(operands.toArray(Column[]::new)));
  }

  private Dataset<Row> selected(
      Dataset<Row> measures, Column[] expressions, IndicatorValues values) {
    try {
      return TrySemantics.fitting(measures.sparkSession(), () -> measures.select(expressions));
    } catch (ExpressionException wrong) {
      Problems problems = new Problems();
      columns.forEach(column -> check(column, measures, values, problems));
      problems.throwIfAny();
      throw wrong;
    }
  }

  private static void check(
      IndicatorColumn column, Dataset<Row> measures, IndicatorValues values, Problems problems) {
    try {
      TrySemantics.fitting(measures.sparkSession(), () -> measures.select(values.of(column)));
    } catch (ExpressionException wrong) {
      Location at = column.indicator().value().at();
      problems.add(at, "'%s' cannot be computed: %s.".formatted(at.key(), wrong.getMessage()));
    }
  }

  private Column[] published(Dataset<Row> indicators) {
    Stream<Column> typed =
        columns.stream().map(column -> PublishedType.value(column, indicators.schema(), money));
    return Stream.concat(Stream.of(functions.col(Columns.CUSTOMER_ID)), typed)
        .toArray(Column[]::new);
  }

  private IndicatorValues values(LocalDate asOf) {
    IndicatorValues values = new IndicatorValues(catalogues, Period.lifetime(asOf));
    columns.forEach(values::of);
    return values;
  }

  private static List<IndicatorColumn> columns(IndicatorSettings indicator, List<Window> windows) {
    return indicator.isWindowed()
        ? windows.stream().map(window -> IndicatorColumn.over(window, indicator)).toList()
        : List.of(new IndicatorColumn(indicator.name(), indicator, Optional.empty()));
  }
}
