package io.karat;

import io.karat.frame.ColumnContract;
import io.karat.frame.TableContract;
import io.karat.indicators.IndicatorPlan;
import io.karat.input.QuarantineReason;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.Language;
import io.karat.settings.MeasureSettings;
import io.karat.settings.Measured;
import io.karat.settings.Phrase;
import io.karat.tiles.MeasureWords;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Every table, column and indicator in words, as Markdown. */
public final class Dictionary {
  private static final String NEWLINE = "\n";

  private Dictionary() {}

  /** The built-in indicators, the measures behind them, and the words that own ones may use. */
  public static String indicators(Language language) {
    StringBuilder text = new StringBuilder();
    heading(text, 1, new Phrase("Indicators", "指标"), language);
    line(
        text,
        new Phrase(
            "A windowed indicator has one column per configured window, such as"
                + " `sales_amount_365d`: at as-of day T the days T-364 to T. Unknown is null; counts"
                + " and sums are 0, never null. A division gives decimal(38,6), rounded once, half"
                + " up, and null where the denominator is not positive.",
            "带窗口的指标按每个配置的窗口各有一列，如 `sales_amount_365d`：统计日 T 对应 T-364 至 T 日。未知为空；计数与求和为"
                + " 0，从不为空。除法结果为 decimal(38,6)，四舍五入一次；分母不为正则为空。"),
        language);
    row(
        text,
        language,
        new Phrase("indicator", "指标"),
        new Phrase("label", "标签"),
        new Phrase("definition", "定义"),
        new Phrase("value", "取值"),
        new Phrase("unit", "单位"),
        new Phrase("better", "优劣方向"),
        new Phrase("window", "窗口"));
    text.append("|---|---|---|---|---|---|---|").append(NEWLINE);
    for (IndicatorSettings indicator : IndicatorPlan.builtIn().indicators().values()) {
      cells(
          text,
          code(indicator.name()),
          indicator.label().in(language),
          indicator.definition().orElse(indicator.label()).in(language),
          code(indicator.value().sql()),
          lower(indicator.unit()),
          lower(indicator.better()),
          indicator.isWindowed() ? "each" : "none");
    }

    heading(text, 2, new Phrase("Measures", "度量"), language);
    line(
        text,
        new Phrase(
            "What the indicators are computed from; own measures have the same form.",
            "指标由度量计算得出；自定义度量形式相同。"),
        language);
    row(
        text,
        language,
        new Phrase("measure", "度量"),
        new Phrase("table", "数据表"),
        new Phrase("per", "层级"),
        new Phrase("over", "范围"),
        new Phrase("where", "条件"),
        new Phrase("aggregate", "聚合"));
    text.append("|---|---|---|---|---|---|").append(NEWLINE);
    for (MeasureSettings measure : IndicatorPlan.builtIn().measures().values()) {
      cells(
          text,
          code(measure.name()),
          lower(measure.table()),
          lower(measure.per()),
          lower(measure.over()),
          measure.where().map(where -> code(where.sql())).orElse(""),
          code(lower(measure.aggregate()) + ": " + measure.value().sql()));
    }

    heading(text, 2, new Phrase("Words of a measure", "度量可用的词"), language);
    for (Measured table : Measured.values()) {
      for (MeasureSettings.Per per : MeasureWords.levels(table)) {
        text.append(NEWLINE).append("`table: %s, per: %s`%n%n".formatted(lower(table), lower(per)));
        for (Map.Entry<String, String> word : MeasureWords.of(table, per).entrySet()) {
          text.append("- `%s`: %s%n".formatted(word.getKey(), word.getValue()));
        }
      }
    }
    line(
        text,
        new Phrase(
            "The characteristics that a configuration declares are words of `table: customers` too.",
            "配置中声明的客户特征也是 `table: customers` 可用的词。"),
        language);

    heading(text, 2, new Phrase("Words of an indicator", "指标可用的词"), language);
    line(
        text,
        new Phrase(
            "Measures and other indicators by name, where a bare name means the same window and a"
                + " suffixed one that window; `as_of`, the as-of day; `first_whole_month` and"
                + " `last_whole_month`, the whole calendar months inside the window as month"
                + " numbers (12 x year + month); `window_days`, the days of the window, unknown for"
                + " a lifetime.",
            "度量与其他指标的名称：裸名指同一窗口，带后缀的指该窗口；`as_of` 为统计日；`first_whole_month` 与"
                + " `last_whole_month` 为窗口内首末完整日历月的月序号（12 × 年 + 月）；`window_days` 为窗口天数，终身窗口则未知。"),
        language);
    return text.toString();
  }

  /** The published tables with their columns. */
  public static String tables(Language language) {
    StringBuilder text = new StringBuilder();
    heading(text, 1, new Phrase("Tables", "数据表"), language);
    line(
        text,
        new Phrase(
            "The columns of `customer_indicators` follow the configured windows and indicators; the"
                + " table `dictionary` of a release lists them with their types.",
            "`customer_indicators` 的列取决于所配置的窗口与指标；每次发布中的 `dictionary` 表列出其列与类型。"),
        language);
    PublishedTables.FIXED.forEach(contract -> table(text, contract, language));

    heading(text, 2, new Phrase("Quarantine reasons", "隔离原因"), language);
    text.append(NEWLINE);
    for (QuarantineReason reason : QuarantineReason.values()) {
      String meaning = new Phrase(reason.english(), reason.chinese()).in(language);
      text.append("- `%s`: %s%n".formatted(reason.code(), meaning));
    }
    text.append(
        "- `duplicate`: %s%n"
            .formatted(
                new Phrase("delivered again; another delivery is used", "重复送达；已使用另一份")
                    .in(language)));
    return text.toString();
  }

  private static void table(StringBuilder text, TableContract contract, Language language) {
    text.append(NEWLINE).append("## ").append(contract.name()).append(NEWLINE);
    line(text, contract.meaning(), language);
    row(
        text,
        language,
        new Phrase("column", "列"),
        new Phrase("type", "类型"),
        new Phrase("meaning", "含义"));
    text.append("|---|---|---|").append(NEWLINE);
    for (ColumnContract column : contract.columns()) {
      cells(text, code(column.name()), column.type().simpleString(), column.meaning().in(language));
    }
  }

  private static void heading(StringBuilder text, int level, Phrase title, Language language) {
    if (text.length() > 0) {
      text.append(NEWLINE);
    }
    text.append("#".repeat(level)).append(" ").append(title.in(language)).append(NEWLINE);
  }

  private static void line(StringBuilder text, Phrase sentence, Language language) {
    text.append(NEWLINE).append(sentence.in(language)).append(NEWLINE).append(NEWLINE);
  }

  private static void row(StringBuilder text, Language language, Phrase... headings) {
    cells(
        text, Arrays.stream(headings).map(heading -> heading.in(language)).toArray(String[]::new));
  }

  private static void cells(StringBuilder text, String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |").append(NEWLINE);
  }

  private static String code(String text) {
    return "`" + text.replaceAll("\\s+", " ").replace("|", "\\|") + "`";
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
