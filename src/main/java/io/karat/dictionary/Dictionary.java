package io.karat.dictionary;

import static io.karat.dictionary.Markdown.code;
import static java.util.stream.Collectors.joining;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.indicators.MissingInputs;
import io.karat.input.QuarantineReason;
import io.karat.lifetime.LifetimeScores;
import io.karat.measures.Measure;
import io.karat.measures.MeasureDescriptions;
import io.karat.night.NightPlan;
import io.karat.night.PublishedTables;
import io.karat.run.LowerCase;
import io.karat.scores.ScorePlan;
import io.karat.settings.BilingualText;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Language;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.MeasureSettings;
import io.karat.settings.MeasureSource;
import io.karat.tables.ColumnContract;
import io.karat.tables.Money;
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
  private static final BilingualText COLUMN = new BilingualText("column", "列");
  private static final BilingualText MEANING = new BilingualText("meaning", "含义");

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
    text.heading(1, new BilingualText("Indicators", "指标"));
    text.paragraph(
        new BilingualText(
            "A windowed indicator has one column per configured window, such as"
                + " `sales_amount_365d`: at as-of day T the days T-364 to T. Unknown is null;"
                + " counts and sums are 0, never null. A division gives decimal(38,6), rounded"
                + " once, half up, and null where the denominator is not positive.",
            "带窗口的指标按每个配置的窗口各有一列，如 `sales_amount_365d`：统计日 T 对应 T-364 至 T 日。未知为空；计数与求和为"
                + " 0，从不为空。除法结果为 decimal(38,6)，四舍五入一次；分母不为正则为空。"));
    text.headings(
        new BilingualText("indicator", "指标"),
        new BilingualText("category", "类别"),
        new BilingualText("label", "标签"),
        new BilingualText("definition", "定义"),
        new BilingualText("value", "取值"),
        new BilingualText("unit", "单位"),
        new BilingualText("better", "优劣方向"),
        plan.isPresent() ? new BilingualText("columns", "列") : new BilingualText("window", "窗口"));
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
        : new BilingualText("off: " + missing.reason().en(), "关闭：" + missing.reason().zh())
            .in(language);
  }

  private void addMeasures(Markdown text) {
    text.heading(2, new BilingualText("Measures", "度量"));
    text.paragraph(
        new BilingualText(
            "What the indicators are computed from; own measures have the same form.",
            "指标由度量计算得出；自定义度量形式相同。"));
    text.headings(
        new BilingualText("measure", "度量"),
        new BilingualText("table", "数据表"),
        new BilingualText("per", "层级"),
        new BilingualText("over", "范围"),
        new BilingualText("where", "条件"),
        new BilingualText("aggregate", "聚合"));
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
    text.heading(2, new BilingualText("Words of a measure", "度量可用的词"));
    for (MeasureSource table : MeasureSource.values()) {
      for (MeasureSettings.Per per : MeasureDescriptions.levels(table)) {
        String place = code("table: %s, per: %s".formatted(LowerCase.of(table), LowerCase.of(per)));
        text.paragraph(new BilingualText(place, place));
        List<String> words = new ArrayList<>();
        MeasureDescriptions.of(table, per)
            .forEach((word, meaning) -> words.add(code(word) + ": " + text.in(meaning)));
        if (table == MeasureSource.CUSTOMERS) {
          words.addAll(characteristics());
        }
        text.items(words);
      }
    }
    text.paragraph(
        new BilingualText(
            "The characteristics that a configuration declares are words of `table: customers`"
                + " too.",
            "配置中声明的客户特征也是 `table: customers` 可用的词。"));

    text.heading(2, new BilingualText("Words of an indicator", "指标可用的词"));
    text.paragraph(
        new BilingualText(
            "Measures and other indicators by name, where a bare name means the same window and a"
                + " suffixed one that window; `as_of`, the as-of day; `first_whole_month` and"
                + " `last_whole_month`, the whole calendar months inside the window as month"
                + " numbers (12 x year + month); `window_days`, the days of the window, unknown for"
                + " a lifetime.",
            "度量与其他指标的名称：裸名指同一窗口，带后缀的指该窗口；`as_of` 为统计日；`first_whole_month` 与"
                + " `last_whole_month` 为窗口内首末完整日历月的月序号（12 × 年 + 月）；`window_days` 为窗口天数，终身窗口则未知。"));
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

  private Optional<LifetimeScores> lifetime() {
    return plan.isPresent()
        ? plan.get().lifetime()
        : Optional.of(new LifetimeScores(LifetimeSettings.builtIn(), new Money(2)));
  }

  /** Describes the published tables and their columns. */
  public String tables() {
    Markdown text = new Markdown(language);
    text.heading(1, new BilingualText("Tables", "数据表"));
    text.paragraph(
        new BilingualText(
            "The columns of `customer_indicators` follow the configured windows and indicators; the"
                + " table `dictionary` of a release lists them with their types.",
            "`customer_indicators` 的列取决于所配置的窗口与指标；每次发布中的 `dictionary` 表列出其列与类型。"));
    ScorePlan scores = plan.map(NightPlan::scores).orElseGet(ScorePlan::builtIn);
    for (TableContract contract :
        PublishedTables.contracts(customerIndicators(), scores, lifetime())) {
      if (UNTYPED.contains(contract.name())) {
        addUntyped(text, contract);
      } else {
        add(text, contract);
      }
    }

    text.heading(2, new BilingualText("Quarantine reasons", "隔离原因"));
    List<String> reasons = new ArrayList<>();
    Arrays.stream(QuarantineReason.values())
        .map(
            reason ->
                code(reason.code())
                    + ": "
                    + text.in(new BilingualText(reason.english(), reason.chinese())))
        .forEach(reasons::add);
    reasons.add(
        code("duplicate")
            + ": "
            + text.in(
                new BilingualText("delivered again; another delivery is used", "重复投递；已使用另一份")));
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
    text.headings(COLUMN, MEANING);
    for (ColumnContract column : contract.columns()) {
      text.row(code(column.name()), text.in(column.meaning()));
    }
    if (plan.isEmpty()) {
      text.row(
          "…",
          text.in(
              contract.name().equals(PublishedTables.CUSTOMER_INDICATORS)
                  ? new BilingualText("Every indicator, one column per window.", "全部指标，每个窗口一列。")
                  : new BilingualText(
                      "Some of the indicators, over the first window.", "部分指标，取第一个窗口。")));
    }
  }

  private static void add(Markdown text, TableContract contract) {
    text.heading(2, contract.name());
    text.paragraph(contract.meaning());
    text.headings(COLUMN, new BilingualText("type", "类型"), MEANING);
    for (ColumnContract column : contract.columns()) {
      text.row(code(column.name()), column.type().simpleString(), text.in(column.meaning()));
    }
  }

  /** Lists the functions that expressions may use. */
  public String functions() {
    return new FunctionDictionary(language).functions();
  }
}
