package io.karat.dictionary;

import static io.karat.dictionary.Markdown.code;
import static io.karat.settings.Translations.text;
import static java.util.stream.Collectors.joining;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.indicators.MissingInputs;
import io.karat.input.QuarantineReason;
import io.karat.measures.Measure;
import io.karat.measures.MeasureDescriptions;
import io.karat.night.NightPlan;
import io.karat.night.PublishedModels;
import io.karat.night.PublishedTables;
import io.karat.run.LowerCase;
import io.karat.settings.BilingualText;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Language;
import io.karat.settings.MeasureSettings;
import io.karat.settings.MeasureSource;
import io.karat.tables.ColumnContract;
import io.karat.tables.TableContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reference of every input, table, column, indicator and function, as Markdown in one language. */
public final class Dictionary {
  /** Tables with columns of indicators, whose types depend on the source's columns. */
  private static final Set<String> UNTYPED =
      Set.of(PublishedTables.CUSTOMER_INDICATORS, PublishedTables.CUSTOMER_VALUE_HISTORY);

  private final Optional<NightPlan> plan;
  private final Language language;

  private Dictionary(Optional<NightPlan> plan, Language language) {
    this.plan = plan;
    this.language = language;
  }

  /** The dictionary of Karat's own definitions, without a configuration. */
  public static Dictionary builtIn(Language language) {
    return new Dictionary(Optional.empty(), language);
  }

  /**
   * The dictionary of a configuration: with its own definitions and the columns that it publishes.
   */
  public static Dictionary of(NightPlan plan, Language language) {
    return new Dictionary(Optional.of(plan), language);
  }

  /**
   * Describes the inputs and their columns, and in a configuration the expressions mapped to them.
   */
  public String inputs() {
    return new InputDictionary(plan, language).inputs();
  }

  /** Describes the indicators, the measures behind them, and the names that expressions may use. */
  public String indicators() {
    Markdown text = new Markdown(language);
    text.heading(1, text("dictionary.indicators"));
    text.paragraph(text("dictionary.about_indicators"));
    text.headings(
        text("dictionary.indicator"),
        text("dictionary.category"),
        text("dictionary.label"),
        text("dictionary.definition"),
        text("dictionary.value"),
        text("dictionary.unit"),
        text("dictionary.better"),
        text(plan.isPresent() ? "dictionary.columns" : "dictionary.window"));
    for (IndicatorSettings indicator : indicatorSettings()) {
      text.row(
          code(indicator.name()),
          LowerCase.of(indicator.category()),
          text.in(indicator.label()),
          text.in(indicator.definition().orElse(indicator.label())),
          code(indicator.value().sql()),
          LowerCase.of(indicator.unit()),
          LowerCase.of(indicator.better()),
          columns(indicator));
    }

    addMeasures(text);
    addWords(text);
    return text.toString();
  }

  private List<IndicatorSettings> indicatorSettings() {
    return plan.map(it -> it.indicators().indicators())
        .orElseGet(() -> List.copyOf(IndicatorPlan.builtIn().indicators().values()));
  }

  /**
   * The published columns of an indicator, or the reason why it is switched off; without a
   * configuration, whether it is windowed.
   */
  private String columns(IndicatorSettings indicator) {
    if (plan.isEmpty()) {
      return indicator.isWindowed() ? "each" : "none";
    }

    IndicatorPlan indicators = plan.get().indicators();
    MissingInputs missing = indicators.switchedOff().get(indicator.name());
    return missing == null
        ? indicators.columns().stream()
            .filter(column -> column.indicator().name().equals(indicator.name()))
            .map(column -> code(column.name()))
            .collect(joining(", "))
        : text(language, "dictionary.off", missing.reason());
  }

  private void addMeasures(Markdown text) {
    text.heading(2, text("dictionary.measures"));
    text.paragraph(text("dictionary.about_measures"));
    text.headings(
        text("dictionary.measure"),
        text("dictionary.table"),
        text("dictionary.per"),
        text("dictionary.over"),
        text("dictionary.where"),
        text("dictionary.aggregate"));
    List<Measure> measures =
        plan.map(it -> it.indicators().measures()).orElseGet(IndicatorPlan::builtInMeasures);
    for (Measure measure : measures) {
      text.row(
          code(measure.name()),
          LowerCase.of(measure.table()),
          LowerCase.of(measure.per()),
          LowerCase.of(measure.over()),
          measure.where().map(where -> code(where.sql())).orElse(""),
          code(LowerCase.of(measure.aggregate()) + ": " + measure.value().sql()));
    }
  }

  private void addWords(Markdown text) {
    text.heading(2, text("dictionary.names_in_measures"));
    for (MeasureSource table : MeasureSource.values()) {
      for (MeasureSettings.Per per : MeasureDescriptions.levels(table)) {
        String place = code("table: %s, per: %s".formatted(LowerCase.of(table), LowerCase.of(per)));
        text.paragraph(new BilingualText(place, place));
        List<String> words = new ArrayList<>();
        MeasureDescriptions.of(table, per)
            .forEach((word, meaning) -> words.add(code(word) + ": " + text.in(meaning)));
        if (table == MeasureSource.CUSTOMERS) {
          words.addAll(characteristics());
        } else if (per == MeasureSettings.Per.ROW && !table.isDerived()) {
          words.addAll(extra(InputTable.valueOf(table.name())));
        }
        text.items(words);
      }
    }
    text.paragraph(text("dictionary.about_characteristics"));

    text.heading(2, text("dictionary.names_in_indicators"));
    text.paragraph(text("dictionary.about_names"));
  }

  /** The declared characteristics; each is an indicator of the same name. */
  private List<String> characteristics() {
    Map<String, IndicatorSettings> byName = new TreeMap<>();
    indicatorSettings().forEach(indicator -> byName.put(indicator.name(), indicator));
    return plan.flatMap(it -> it.settings().inputs().find(InputTable.CUSTOMERS)).stream()
        .map(InputSettings::characteristics)
        .flatMap(declared -> declared.keySet().stream())
        .map(name -> Optional.ofNullable(byName.get(name)))
        .flatMap(Optional::stream)
        .map(indicator -> code(indicator.name()) + ": " + indicator.label().in(language))
        .toList();
  }

  /** The columns of rows that the configuration declares. */
  private List<String> extra(InputTable table) {
    return plan.flatMap(it -> it.settings().inputs().find(table)).stream()
        .flatMap(input -> input.characteristics().values().stream())
        .map(column -> code(column.name()) + ": " + code(column.value().sql()))
        .toList();
  }

  /** Describes the published tables and their columns. */
  public String tables() {
    Markdown text = new Markdown(language);
    text.heading(1, text("dictionary.tables"));
    text.paragraph(text("dictionary.about_tables"));
    PublishedModels models = plan.map(PublishedModels::of).orElseGet(PublishedModels::builtIn);
    for (TableContract contract : PublishedTables.contracts(customerIndicators(), models)) {
      if (UNTYPED.contains(contract.name())) {
        addUntyped(text, contract);
      } else {
        add(text, contract);
      }
    }

    text.heading(2, text("dictionary.quarantine"));
    List<String> reasons = new ArrayList<>();
    Arrays.stream(QuarantineReason.values())
        .map(reason -> code(reason.code()) + ": " + text.in(reason.meaning()))
        .forEach(reasons::add);
    reasons.add(code("duplicate") + ": " + text.in(text("dictionary.duplicate")));
    text.items(reasons);
    return text.toString();
  }

  /**
   * The contract without types: a column's meaning does not depend on its type, which only the
   * source's columns decide.
   */
  private TableContract customerIndicators() {
    List<IndicatorColumn> columns = plan.map(it -> it.indicators().columns()).orElse(List.of());
    StructType types = new StructType();
    for (IndicatorColumn column : columns) {
      types = types.add(column.name(), DataTypes.NullType);
    }
    return PublishedTables.customerIndicators(columns, types);
  }

  private void addUntyped(Markdown text, TableContract contract) {
    text.heading(2, contract.name());
    text.paragraph(contract.meaning());
    text.headings(text("dictionary.column"), text("dictionary.meaning"));
    for (ColumnContract column : contract.columns()) {
      text.row(code(column.name()), text.in(column.meaning()));
    }
    if (plan.isEmpty()) {
      text.row(
          "…",
          text.in(
              contract.name().equals(PublishedTables.CUSTOMER_INDICATORS)
                  ? text("dictionary.every_indicator")
                  : text("dictionary.some_indicators")));
    }
  }

  private static void add(Markdown text, TableContract contract) {
    text.heading(2, contract.name());
    text.paragraph(contract.meaning());
    text.headings(text("dictionary.column"), text("dictionary.type"), text("dictionary.meaning"));
    for (ColumnContract column : contract.columns()) {
      text.row(code(column.name()), column.type().simpleString(), text.in(column.meaning()));
    }
  }

  /** Lists the functions that expressions may use. */
  public String functions() {
    return new FunctionDictionary(language).functions();
  }
}
