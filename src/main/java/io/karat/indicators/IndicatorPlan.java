package io.karat.indicators;

import static org.apache.spark.sql.functions.col;

import io.karat.frame.ExpressionException;
import io.karat.frame.Money;
import io.karat.frame.TrySemantics;
import io.karat.run.UsageException;
import io.karat.settings.Catalogue;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Inputs;
import io.karat.settings.Measured;
import io.karat.settings.Settings;
import io.karat.settings.Window;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import io.karat.tiles.Measure;
import io.karat.tiles.MeasureWords;
import io.karat.tiles.Period;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Which indicators a night computes, from which measures, and how.
 *
 * <p>An indicator's expression may name measures and other indicators: in an indicator with a
 * window, a bare name means the same window; a name with a window as suffix means that one. It may
 * also name {@code as_of}, and {@code first_whole_month} and {@code last_whole_month}, the whole
 * calendar months inside the window as month numbers.
 */
public final class IndicatorPlan {
  private static final String CUSTOMER = "customer_id";

  // What measures of these look at without naming it, where it is mapped.
  private static final Set<String> OF_RECEIVABLES = Set.of("due_date", "opening_balance");
  private static final Set<String> OF_OPPORTUNITIES = Set.of("probability", "closed_date");

  private final Catalogues catalogues;
  private final List<IndicatorColumn> columns;
  private final Map<String, String> switchedOff;
  private final Money money;

  private IndicatorPlan(
      Catalogues catalogues,
      List<IndicatorColumn> columns,
      Map<String, String> switchedOff,
      Money money) {
    this.catalogues = catalogues;
    this.columns = List.copyOf(columns);
    this.switchedOff = switchedOff;
    this.money = money;
  }

  /** The measures and indicators that come with Karat. */
  public static Catalogue builtIn() {
    return Catalogues.builtIn();
  }

  /** Plans the indicators of a configuration; what is wrong with its own ones is noted. */
  public static IndicatorPlan of(Settings settings, Problems problems) {
    Catalogues catalogues = Catalogues.of(settings, problems);
    List<Window> windows = settings.indicators().windows();
    new IndicatorNames(catalogues, windows).check(problems);

    List<IndicatorColumn> columns = new ArrayList<>();
    Map<String, String> switchedOff = new LinkedHashMap<>();
    for (Indicator indicator : catalogues.indicators().values()) {
      Set<String> missing = new TreeSet<>(requires(indicator, catalogues, new TreeSet<>()));
      missing.removeIf(column -> isMapped(column, settings.inputs()));
      Set<String> tables = new TreeSet<>(missing);
      missing.removeIf(it -> it.contains(".") && tables.contains(it.replaceFirst("\\..*", "")));
      if (missing.isEmpty()) {
        columns.addAll(columns(indicator.settings(), windows));
      } else if (indicator.isBuiltIn()) {
        switchedOff.put(indicator.name(), String.join(", ", missing));
      } else {
        problems.add(
            indicator.settings().at(),
            "'%s' needs %s, which no input has. Map %s."
                .formatted(indicator.settings().at().key(), quoted(missing), places(missing)));
      }
    }
    return new IndicatorPlan(catalogues, columns, switchedOff, new Money(settings.moneyScale()));
  }

  /** The measures that come with Karat. */
  public static List<Measure> builtInMeasures() {
    MeasureDefinitions measures = new MeasureDefinitions(Set.of());
    builtIn().measures().values().forEach(measure -> measures.add(measure, new Problems()));
    return List.copyOf(measures.all().values());
  }

  /** All measures: built-in ones, those of declared characteristics, the business's own. */
  public List<Measure> measures() {
    return List.copyOf(catalogues.measures().values());
  }

  /** All indicators in the same order, also those that are switched off. */
  public List<IndicatorSettings> indicators() {
    return catalogues.indicators().values().stream().map(Indicator::settings).toList();
  }

  /** The columns of {@code customer_indicators}, in publishing order. */
  public List<IndicatorColumn> columns() {
    return columns;
  }

  /**
   * The built-in indicators that are not computed, and the columns that would have to be mapped.
   */
  public Map<String, String> switchedOff() {
    return Collections.unmodifiableMap(switchedOff);
  }

  /** The measures to compute, over which periods. */
  public List<Measure.Use> uses(LocalDate asOf) {
    return List.copyOf(values(asOf).uses());
  }

  /** The optional columns of an input that the measures are computed from. */
  public Set<String> inputColumns(InputTable input, LocalDate asOf) {
    Set<String> used = new TreeSet<>();
    for (Measure.Use use : uses(asOf)) {
      Measure measure = use.measure();
      if (measure.table() == Measured.RECEIVABLES) {
        used.addAll(OF_RECEIVABLES);
      } else if (measure.table().inputs().contains(input)) {
        used.addAll(MeasureWords.mappedColumns(measure));
        if (measure.table() == Measured.OPPORTUNITIES) {
          used.addAll(OF_OPPORTUNITIES);
        }
      }
    }
    return used;
  }

  /**
   * One row per row of {@code measures}: {@code customer_id} and the {@link #columns}.
   *
   * @param measures has one column per use, see {@link Measure.Use#column}
   * @throws UsageException if an expression does not fit the types of what it names
   */
  public Dataset<Row> compute(Dataset<Row> measures, LocalDate asOf) {
    IndicatorValues values = values(asOf);
    Stream<Column> computed = columns.stream().map(column -> values.of(column).as(column.name()));
    Column[] expressions = Stream.concat(Stream.of(col(CUSTOMER)), computed).toArray(Column[]::new);
    Dataset<Row> indicators = selected(measures, expressions, values);
    return indicators.select(published(indicators));
  }

  /** How the {@link #columns} are computed. */
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
   * One row per row of {@code measures}: {@code customer_id} and, for every formula, what its words
   * stand for, see {@link IndicatorFormula#operand}.
   */
  public Dataset<Row> operands(Dataset<Row> measures, LocalDate asOf) {
    IndicatorValues values = values(asOf);
    List<Column> operands = new ArrayList<>(List.of(col(CUSTOMER)));
    for (IndicatorFormula formula : formulas(asOf)) {
      values
          .words(formula.column())
          .forEach((word, value) -> operands.add(value.as(formula.operand(word))));
    }
    return TrySemantics.fitting(
        measures.sparkSession(), () -> measures.select(operands.toArray(Column[]::new)));
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
        columns.stream()
            .map(
                column ->
                    PublishedType.of(column.indicator(), indicators.schema(), column.name(), money)
                        .map(type -> col(column.name()).try_cast(type).as(column.name()))
                        .orElseGet(() -> col(column.name())));
    return Stream.concat(Stream.of(functions.col(CUSTOMER)), typed).toArray(Column[]::new);
  }

  private IndicatorValues values(LocalDate asOf) {
    IndicatorValues values = new IndicatorValues(catalogues, Period.lifetime(asOf));
    columns.forEach(values::of);
    return values;
  }

  private static List<IndicatorColumn> columns(IndicatorSettings indicator, List<Window> windows) {
    return indicator.isWindowed()
        ? windows.stream()
            .map(
                window ->
                    new IndicatorColumn(
                        indicator.name() + "_" + window.suffix(), indicator, Optional.of(window)))
            .toList()
        : List.of(new IndicatorColumn(indicator.name(), indicator, Optional.empty()));
  }

  private static Set<String> requires(
      Indicator indicator, Catalogues catalogues, Set<String> visited) {
    Set<String> required = new LinkedHashSet<>(indicator.settings().requires());
    if (!visited.add(indicator.name())) {
      return required;
    }

    for (String word : indicator.words()) {
      Measure measure = catalogues.measures().get(word);
      if (measure != null) {
        required.addAll(requires(measure));
      } else {
        catalogues
            .named(word)
            .ifPresent(other -> required.addAll(requires(other, catalogues, visited)));
      }
    }
    return required;
  }

  private static Set<String> requires(Measure measure) {
    Set<String> required = new LinkedHashSet<>();
    measure.table().inputs().forEach(input -> required.add(input.tableName()));
    if (measure.table() != Measured.RECEIVABLES) {
      String table = measure.table().tableName();
      MeasureWords.mappedColumns(measure).forEach(column -> required.add(table + "." + column));
    }
    return required;
  }

  /** Whether a table, or a column of a table as in {@code transactions.cost}, is mapped. */
  private static boolean isMapped(String name, Inputs inputs) {
    String[] parts = name.split("\\.", 2);
    Optional<InputSettings> table =
        inputs.find(InputTable.valueOf(parts[0].toUpperCase(Locale.ROOT)));
    return table.filter(input -> parts.length == 1 || input.has(parts[1])).isPresent();
  }

  private static String places(Set<String> names) {
    return String.join(
        ", ",
        names.stream()
            .map(name -> "'inputs.%s'".formatted(name.replaceFirst("\\.", ".columns.")))
            .toList());
  }

  private static String quoted(Set<String> names) {
    return String.join(", ", names.stream().map("'%s'"::formatted).toList());
  }
}
