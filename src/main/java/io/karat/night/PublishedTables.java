package io.karat.night;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import io.karat.indicators.IndicatorColumn;
import io.karat.movement.MovementTables;
import io.karat.run.LowerCase;
import io.karat.scores.ScorePlan;
import io.karat.scores.ScoreTables;
import io.karat.segments.SegmentTables;
import io.karat.settings.BilingualText;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Language;
import io.karat.settings.Window;
import io.karat.tables.ColumnContract;
import io.karat.tables.TableContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Contracts of the tables that every night publishes. */
public final class PublishedTables {
  public static final String CUSTOMER_INDICATORS = "customer_indicators";
  public static final String CUSTOMER_VALUE_HISTORY = "customer_value_history";

  static final DataType EXACT = DataTypes.createDecimalType(38, 18);

  /** The indicators that the history keeps, if they are computed. */
  private static final List<String> KEPT_IN_HISTORY =
      List.of("recency_days", "transaction_count", "sales_amount", "net_sales_amount");

  /** The indicators that a later night compares, independent of the first window. */
  private static final List<String> COMPARED_IN_HISTORY =
      List.of(ScorePlan.SALES, ScorePlan.LIFETIME_SALES);

  private static final ColumnContract CUSTOMER =
      column("customer_id", StringType, "The customer.", "客户编号。");

  private PublishedTables() {}

  static final TableContract DICTIONARY =
      new TableContract(
          "dictionary",
          new BilingualText("One row per column of each published table.", "每张发布表的每一列一行。"),
          List.of(
              column("table_name", StringType, "The table.", "表名。"),
              column("column_name", StringType, "The column.", "列名。"),
              column("position", LongType, "Its place in the table, from 1.", "列在表中的位置，从 1 起。"),
              column("data_type", StringType, "Its Spark SQL type.", "Spark SQL 数据类型。"),
              column("indicator", StringType, "The indicator, without its window.", "指标名（不含窗口）。"),
              column("category", StringType, "The indicator's category.", "指标类别。"),
              column("unit", StringType, "What it counts.", "单位。"),
              column("time_window", StringType, "The days it looks at.", "时间窗口。"),
              column("better", StringType, "higher or lower.", "higher（越大越好）或 lower（越小越好）。"),
              column("label_en", StringType, "A few words, in English.", "英文标签。"),
              column("label_zh", StringType, "A few words, in Chinese.", "中文标签。"),
              column("definition_en", StringType, "A sentence, in English.", "英文定义。"),
              column("definition_zh", StringType, "A sentence, in Chinese.", "中文定义。")));

  static final TableContract QUALITY_RESULTS =
      new TableContract(
          "quality_results",
          new BilingualText("One row per check and metric of the night.", "当夜每项检查的每个度量一行。"),
          List.of(
              column("check_name", StringType, "The check.", "检查。"),
              column("table_name", StringType, "What it looked at.", "检查对象。"),
              column("metric", StringType, "What it measured.", "度量。"),
              column("severity", StringType, "off, warn or error.", "off、warn 或 error。"),
              column(
                  "status",
                  StringType,
                  "passed, warned, refused or off.",
                  "passed、warned、refused 或 off。"),
              column(
                  "value",
                  EXACT,
                  "What it found; null where nothing could be compared.",
                  "结果；无可比较则为空。"),
              column("limit_value", EXACT, "What it allows.", "允许值。"),
              column("message_en", StringType, "The result in words, in English.", "英文说明。"),
              column("message_zh", StringType, "The result in words, in Chinese.", "中文说明。")));

  /** The contract of the quarantined rows of an input. */
  static TableContract quarantine(InputTable input) {
    return new TableContract(
        "quarantine_" + input.tableName(),
        new BilingualText(
            "One row per source row of %s that could not be used or was delivered again."
                .formatted(input.tableName()),
            "%s 中每条不可用或重复送达的源数据一行。".formatted(input.tableName())),
        List.of(
            column("reason", StringType, "Why it is not used.", "不使用的原因。"),
            column(
                "event_date",
                DateType,
                "Its business day; null where it cannot be read.",
                "营业日；无法读取则为空。"),
            column(
                "customer_id",
                StringType,
                "The customer; null where it is missing.",
                "客户编号；缺失则为空。"),
            column("source_row", StringType, "Its source values, as JSON.", "源数据各列的值（JSON）。"),
            column(
                "source_file",
                StringType,
                "The file it came from; null for sources without files.",
                "来源文件；非文件来源则为空。")));
  }

  static final TableContract RUNS = runs();

  /** The tables whose columns are the same in every configuration. */
  public static final List<TableContract> FIXED = fixed();

  /** The names of all tables of a release. */
  public static final List<String> NAMES =
      Stream.of(
              Stream.of(CUSTOMER_INDICATORS),
              ScoreTables.names().stream(),
              Stream.of(SegmentTables.SEGMENTS.name(), SegmentTables.PROFILES.name()),
              Stream.of(CUSTOMER_VALUE_HISTORY),
              FIXED.stream().map(TableContract::name))
          .flatMap(names -> names)
          .toList();

  /** The meaning of one row of each table, by table name. */
  static Map<String, String> meanings(ScorePlan plan, Language language) {
    TableContract indicators = customerIndicators(List.of(), new StructType());
    List<TableContract> tables = new ArrayList<>(FIXED);
    tables.addAll(List.of(indicators, customerValueHistory(indicators, List.of())));
    tables.addAll(ScoreTables.contracts(plan));
    tables.addAll(List.of(SegmentTables.SEGMENTS, SegmentTables.PROFILES));
    return tables.stream()
        .collect(toMap(TableContract::name, table -> table.meaning().in(language)));
  }

  private static List<TableContract> fixed() {
    List<TableContract> tables = new ArrayList<>(MovementTables.contracts());
    tables.addAll(List.of(DICTIONARY, QUALITY_RESULTS));
    Arrays.stream(InputTable.values()).map(PublishedTables::quarantine).forEach(tables::add);
    tables.add(RUNS);
    return tables;
  }

  private static TableContract runs() {
    List<ColumnContract> columns = new ArrayList<>();
    columns.add(column("started_at", TimestampType, "When the run started (UTC).", "运行开始时间（UTC）。"));
    columns.add(
        column(
            "seconds",
            DataTypes.createDecimalType(18, 3),
            "How long it took until its tables were written.",
            "写完各表所用秒数。"));
    columns.add(column("karat_code", StringType, "Digest of the code that ran.", "运行代码的摘要。"));
    columns.add(column("spark_version", StringType, "The version of Spark.", "Spark 版本。"));
    columns.add(
        column(
            "settings_digest",
            StringType,
            "Digest of the settings that can change a table.",
            "可影响结果的配置摘要。"));
    columns.add(
        column("customers", LongType, "Rows of customer_indicators.", "customer_indicators 的行数。"));
    columns.add(column("input_files", LongType, "Files of transactions.", "交易文件数。"));
    for (String term :
        List.of("read", "used", "excluded", "after_as_of", "quarantined", "duplicate")) {
      columns.add(
          column(
              "rows_" + term,
              LongType,
              "Rows of transactions: " + term + ".",
              "交易行数：" + term + "。"));
      columns.add(
          column(
              "amount_" + term, EXACT, "Sum of their absolute readable amounts.", "其可读金额绝对值之和。"));
    }
    columns.add(column("rounding", EXACT, "What rounding added to the amounts.", "四舍五入带来的差额。"));
    columns.add(column("warnings", LongType, "Checks that warned.", "告警的检查数。"));
    columns.add(column("is_live_at_commit", BooleanType, "Whether it was to go live.", "提交时是否上线。"));
    return new TableContract(
        "runs", new BilingualText("One row per run that was published.", "每次已发布的运行一行。"), columns);
  }

  /** The contract of the indicators: one row per customer. */
  public static TableContract customerIndicators(
      List<IndicatorColumn> indicators, StructType types) {
    List<ColumnContract> columns = new ArrayList<>(List.of(CUSTOMER));
    indicators.forEach(
        column ->
            columns.add(
                new ColumnContract(
                    column.name(), types.apply(column.name()).dataType(), comment(column))));
    return new TableContract(
        CUSTOMER_INDICATORS,
        new BilingualText("One row per customer: all indicators.", "每位客户一行：全部指标。"),
        columns);
  }

  /**
   * The contract of the history, one row per customer and night: some indicators over the first
   * window, the net sales in which movement is measured, scores and states.
   */
  public static TableContract customerValueHistory(
      TableContract customerIndicators, List<ColumnContract> customerValue) {
    List<ColumnContract> kept = new ArrayList<>(List.of(CUSTOMER));
    for (String name : KEPT_IN_HISTORY) {
      customerIndicators.own().stream()
          .filter(column -> isOf(name, column.name()))
          .findFirst()
          .ifPresent(kept::add);
    }
    customerIndicators.own().stream()
        .filter(column -> COMPARED_IN_HISTORY.contains(column.name()) && !kept.contains(column))
        .forEach(kept::add);
    kept.addAll(customerValue);
    return new TableContract(
        CUSTOMER_VALUE_HISTORY,
        new BilingualText("One row per customer and night.", "每位客户每夜一行。"),
        kept);
  }

  private static boolean isOf(String indicator, String column) {
    return column.equals(indicator)
        || (column.startsWith(indicator + "_")
            && Window.parse(column.substring(indicator.length() + 1)).isPresent());
  }

  private static BilingualText comment(IndicatorColumn column) {
    IndicatorSettings indicator = column.indicator();
    BilingualText definition = indicator.definition().orElse(indicator.label());
    String unit = LowerCase.of(indicator.unit());
    return new BilingualText(
        "%s Unit: %s. Window: %s."
            .formatted(
                definition.en(),
                unit,
                column.window().map(Window::suffix).orElse("everything up to the as-of day")),
        "%s单位：%s。窗口：%s。"
            .formatted(
                definition.zh(), unit, column.window().map(Window::suffix).orElse("截至统计日的全部")));
  }

  private static ColumnContract column(String name, DataType type, String en, String zh) {
    return new ColumnContract(name, type, new BilingualText(en, zh));
  }
}
