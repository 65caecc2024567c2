package io.karat.scores;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.UnscaledDecimals;
import io.karat.scores.CutDefinitions.RfmAxis;
import io.karat.scores.WeightedScore.Part;
import io.karat.settings.BilingualText;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.TableContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * The table {@code value_contributions}: one row per customer, model and indicator. The points of a
 * model add up to its score.
 */
public final class Contributions {
  public static final String NAME = "value_contributions";

  static final String RFM = "rfm";

  private static final String CUSTOMER = "customer_id";
  static final String MODEL = "model";
  static final String INDICATOR = "indicator";
  static final String VALUE = "indicator_value";
  static final String NORMALISED = "normalised_value";
  static final String WEIGHT = "weight";
  static final String POINTS = "points";
  static final String FOR_NEXT_TIER = "value_for_next_tier";

  private static final DecimalType NUMBER = DataTypes.createDecimalType(38, 6);
  private static final DecimalType PERCENTAGE = DataTypes.createDecimalType(18, 6);
  private static final DecimalType SUM = DataTypes.createDecimalType(18, 2);

  /** The contract of the table, which is the same for every configuration. */
  public static final TableContract CONTRACT =
      new TableContract(
          NAME,
          new BilingualText(
              "One row per customer, model and indicator: what each indicator adds to a score.",
              "每位客户、模型、指标一行：各指标对评分的贡献。"),
          List.of(
              column(CUSTOMER, DataTypes.StringType, "The customer.", "客户编号。"),
              column(
                  MODEL,
                  DataTypes.StringType,
                  "The score: a pyramid, a perspective, a value of the scorecard, or rfm.",
                  "评分：价值金字塔、记分卡视角、记分卡价值或 rfm。"),
              column(
                  INDICATOR,
                  DataTypes.StringType,
                  "The column that is scored; limit where points above 100 are taken away.",
                  "被评分的列；limit 表示超过 100 分的部分被扣除。"),
              column(VALUE, NUMBER, "Its value; null where unknown.", "指标值；未知则为空。"),
              column(
                  NORMALISED,
                  PERCENTAGE,
                  "The value turned into 0, the worst, to 100, the best; for rfm the bin.",
                  "归一化值：0 最差至 100 最好；rfm 为分箱。"),
              column(
                  WEIGHT,
                  PERCENTAGE,
                  "Its part of all weights of the model in percent; for rfm the weight.",
                  "占模型全部权重的百分比；rfm 为权重。"),
              column(
                  POINTS, SUM, "What it adds: normalised value times weight.", "贡献的分数：归一化值 × 权重。"),
              column(
                  FOR_NEXT_TIER,
                  NUMBER,
                  "The value of this indicator alone that would reach the next tier; null where it"
                      + " cannot.",
                  "仅凭该指标达到上一层级所需的值；无法达到则为空。")));

  private final Scores scores;

  public Contributions(Scores scores) {
    this.scores = scores;
  }

  /**
   * The rows of the table.
   *
   * @param scored customers with their scores and the intermediate columns, see {@link
   *     Scores#scored}
   */
  public Dataset<Row> rows(Dataset<Row> scored) {
    List<Column> all = new ArrayList<>();
    scores
        .weightedScores()
        .forEach(
            (column, score) -> all.addAll(of(score, scores.forNextTier(column, scored.schema()))));
    scores
        .rfm()
        .ifPresent(rfm -> CutDefinitions.axes(rfm.rfm()).forEach(axis -> all.add(of(axis))));
    if (all.isEmpty()) {
      return scored.limit(0).select(Columns.column(CUSTOMER), inline(array(nothing())));
    }

    Dataset<Row> rows =
        scored.select(Columns.column(CUSTOMER), inline(array(all.toArray(Column[]::new))));
    return rows.filter(Columns.column(MODEL).isNotNull());
  }

  private static List<Column> of(WeightedScore score, List<Column> next) {
    List<Column> weights = score.percentOfWeights();
    List<Column> rows = new ArrayList<>();
    for (int i = 0; i < score.parts().size(); i++) {
      Part part = score.parts().get(i);
      rows.add(
          row(
              lit(score.name()),
              lit(part.indicator()),
              Columns.column(part.indicator()).cast(NUMBER),
              UnscaledDecimals.decimal(Columns.column(part.percentage()), PERCENTAGE),
              UnscaledDecimals.decimal(weights.get(i), PERCENTAGE),
              UnscaledDecimals.decimal(Columns.column(score.points(part)), SUM),
              next.isEmpty() ? lit(null) : next.get(i)));
    }
    Column limit = score.limit();
    rows.add(
        row(
            when(limit.isNotNull(), lit(score.name())),
            lit(WeightedScore.LIMIT),
            lit(null),
            lit(null),
            lit(null),
            UnscaledDecimals.decimal(limit, SUM),
            lit(null)));
    return rows;
  }

  private static Column of(RfmAxis axis) {
    return row(
        lit(RFM),
        lit(axis.settings().indicator()),
        Columns.column(axis.settings().indicator()).cast(NUMBER),
        Columns.column(axis.bin()).cast(PERCENTAGE),
        lit(axis.settings().weight()).cast(PERCENTAGE),
        RfmModel.points(axis),
        lit(null));
  }

  private static Column nothing() {
    Column none = lit(null);
    return row(none, none, none, none, none, none, none);
  }

  private static Column row(
      Column model,
      Column indicator,
      Column value,
      Column normalised,
      Column weight,
      Column points,
      Column next) {
    return struct(
        model.cast(DataTypes.StringType).as(MODEL),
        indicator.cast(DataTypes.StringType).as(INDICATOR),
        value.cast(NUMBER).as(VALUE),
        normalised.cast(PERCENTAGE).as(NORMALISED),
        weight.cast(PERCENTAGE).as(WEIGHT),
        points.cast(SUM).as(POINTS),
        next.cast(NUMBER).as(FOR_NEXT_TIER));
  }

  private static ColumnContract column(String name, DataType type, String en, String zh) {
    return new ColumnContract(name, type, new BilingualText(en, zh));
  }
}
