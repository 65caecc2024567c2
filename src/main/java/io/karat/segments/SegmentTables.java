package io.karat.segments;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.karat.quality.CheckResult;
import io.karat.scores.ScorePlan;
import io.karat.scores.SegmentColumns;
import io.karat.scores.State;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks;
import io.karat.tables.ColumnContract;
import io.karat.tables.TableContract;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * The segments of a night: the assignment of customers, the tables about segments, and the drift of
 * customers since the fit.
 *
 * @param plan the plan by which customers are assigned
 * @param model the fitted segments
 */
public record SegmentTables(SegmentPlan plan, SegmentModel model) {
  static final DecimalType NUMBER = DataTypes.createDecimalType(38, 6);
  static final DecimalType RATIO = DataTypes.createDecimalType(18, 6);
  static final int PLACES = 6;

  public static final TableContract SEGMENTS =
      new TableContract(
          "segments",
          new BilingualText(
              "One row per segment: its rule in words, and who is in it.", "每个细分群一行：规则与客户。"),
          List.of(
              column(SegmentColumns.ID, StringType, "The segment.", "细分群。"),
              column(SegmentColumns.NAME, StringType, "What it is called, in English.", "英文名称。"),
              column(
                  SegmentColumns.CHINESE_NAME,
                  StringType,
                  "What it is called, in Chinese.",
                  "中文名称。"),
              column("position", IntegerType, "1 for the one of the highest value.", "1 为价值最高。"),
              column("model_id", StringType, "The model of segments.", "细分模型。"),
              column(
                  "definition",
                  StringType,
                  "Its rule in words, as SQL over customer_indicators.",
                  "规则（customer_indicators 上的 SQL 条件）。"),
              column(
                  "fidelity",
                  SegmentColumns.SHARE,
                  "The part of its customers whom the rule finds, at the fit; null for S0.",
                  "训练时规则能找回的客户比例；S0 为空。"),
              column("customer_count", LongType, "Customers in it.", "客户数。"),
              column(
                  "customer_share",
                  SegmentColumns.SHARE,
                  "Their part of all customers, 0 to 1.",
                  "占全部客户的比例。"),
              column(
                  ScorePlan.SALES, NUMBER, "Their net sales of the last 365 days.", "近 365 天净交易额。"),
              column(
                  "net_sales_share",
                  RATIO,
                  "The part of all net sales; null where those are not above 0.",
                  "占全部净交易额的比例；总额不为正则为空。"),
              column(
                  "changed_count",
                  LongType,
                  "Customers who were in another one the night before.",
                  "前一夜在其他细分群的客户数。"),
              column(
                  "far_count",
                  LongType,
                  "Customers further from its centre than 99 % of all were at the fit.",
                  "到中心的距离超过训练时 99% 客户的客户数。")));

  public static final TableContract PROFILES =
      new TableContract(
          "segment_profiles",
          new BilingualText(
              "One row per segment and indicator, or value of a characteristic: how it differs from"
                  + " all customers.",
              "每个细分群与指标（或特征值）一行：与全部客户的差异。"),
          List.of(
              column(SegmentColumns.ID, StringType, "The segment.", "细分群。"),
              column(SegmentColumns.NAME, StringType, "What it is called, in English.", "英文名称。"),
              column(
                  SegmentColumns.CHINESE_NAME,
                  StringType,
                  "What it is called, in Chinese.",
                  "中文名称。"),
              column(
                  "indicator",
                  StringType,
                  "The column of customer_indicators.",
                  "customer_indicators 的列。"),
              column(
                  "value",
                  StringType,
                  "The word, where the column holds words; null for numbers.",
                  "特征值；数值指标为空。"),
              column(
                  "customer_count",
                  LongType,
                  "Its customers of whom the number is known, or who have that value.",
                  "该数值已知（或具有该特征值）的客户数。"),
              column(
                  "mean",
                  NUMBER,
                  "Their mean; of a value, its part of the segment, 0 to 1.",
                  "均值；特征值为其占比。"),
              column(
                  "median",
                  NUMBER,
                  "The least number that half of them do not exceed, for features and net sales;"
                      + " else null.",
                  "中位数（仅特征与净交易额）；否则为空。"),
              column(
                  "lift",
                  RATIO,
                  "The mean over that of all customers; null where that is not above 0.",
                  "均值 ÷ 全部客户均值；后者不为正则为空。")));

  static ColumnContract column(String name, DataType type, String en, String zh) {
    return new ColumnContract(name, type, new BilingualText(en, zh));
  }

  /**
   * Assigns customers to segments.
   *
   * @param customers with their segments of the night before, if there was one
   */
  public Dataset<Row> assigned(Dataset<Row> customers, LocalDate asOf) {
    return new SegmentAssignment(plan, model).assigned(customers, asOf);
  }

  /**
   * Assigns customers to the segments of the nearest centres or rules, whatever they were in
   * before.
   */
  public Dataset<Row> placed(Dataset<Row> customers) {
    return new SegmentAssignment(plan, model).placed(customers);
  }

  /**
   * Computes the numbers of the tables; starts a few jobs.
   *
   * @param assigned the customers of {@link #assigned}
   */
  public SegmentFigures figures(Dataset<Row> assigned) {
    return SegmentFigures.of(plan, model, assigned);
  }

  /** The rows of {@link #SEGMENTS}. */
  public List<Row> segments(SegmentFigures figures) {
    RuleText rules = new RuleText(model);
    List<Row> rows = new ArrayList<>();
    int position = 1;
    for (String id : figures.ids()) {
      Optional<Segment> segment = model.segment(id);
      SegmentFigures.Count count = figures.count(id);
      List<Object> values = new ArrayList<>(named(id));
      values.add(position++);
      values.add(model.model().id());
      values.add(rules.condition(id));
      values.add(segment.map(Segment::fidelity).map(it -> it.setScale(PLACES)).orElse(null));
      values.add(count.customers());
      values.add(
          ratio(count.customers(), figures.all().customers()).orElse(BigDecimal.ZERO.setScale(6)));
      values.add(count.sales().setScale(PLACES, RoundingMode.HALF_UP));
      values.add(ratio(count.sales(), figures.all().sales()).orElse(null));
      values.add(count.changed());
      values.add(count.far());
      rows.add(RowFactory.create(values.toArray()));
    }
    return rows;
  }

  /** The rows of {@link #PROFILES} about numbers. */
  public List<Row> profiles(SegmentFigures figures) {
    List<Row> rows = new ArrayList<>();
    for (String id : figures.ids()) {
      for (String indicator : figures.indicators()) {
        Optional<BigDecimal> mean = figures.sum(id, indicator).mean();
        Optional<BigDecimal> ofAll = figures.sumOfAll(indicator).mean();
        List<Object> values = new ArrayList<>(named(id));
        values.add(indicator);
        values.add(null);
        values.add(figures.sum(id, indicator).known());
        values.add(mean.orElse(null));
        values.add(figures.median(id, indicator).orElse(null));
        values.add(mean.flatMap(one -> ofAll.flatMap(all -> ratio(one, all))).orElse(null));
        rows.add(RowFactory.create(values.toArray()));
      }
    }
    return rows;
  }

  /** The checks of the drift of customers since the fit. */
  public List<CheckResult> drift(SegmentFigures figures, Checks settings) {
    return new Drift(model, figures).checks(settings);
  }

  /** The state of the segments, S0 last. */
  public State state() {
    return new State(
        SegmentColumns.ID,
        List.copyOf(names().keySet()),
        new BilingualText("The segment of customers who resemble each other.", "相似客户组成的细分群。"));
  }

  /** The names of the segments by id, S0 included. */
  public Map<String, BilingualText> names() {
    Map<String, BilingualText> names = new LinkedHashMap<>();
    model.segments().forEach(segment -> names.put(segment.id(), plan.name(segment)));
    names.put(Segment.UNKNOWN, plan.unknownName());
    return names;
  }

  private List<Object> named(String id) {
    BilingualText name = names().getOrDefault(id, plan.unknownName());
    return List.of(id, name.en(), name.zh());
  }

  private static Optional<BigDecimal> ratio(long part, long whole) {
    return ratio(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
  }

  private static Optional<BigDecimal> ratio(BigDecimal part, BigDecimal whole) {
    return whole.signum() > 0
        ? Optional.of(part.divide(whole, PLACES, RoundingMode.HALF_UP))
        : Optional.empty();
  }
}
