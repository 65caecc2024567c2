package io.karat.scores;

import io.karat.settings.BilingualText;
import io.karat.tables.ColumnContract;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Names and contracts of the columns of {@code customer_value} about segments. */
public final class SegmentColumns {
  public static final String ID = "segment_id";
  public static final String NAME = "segment_name";
  public static final String CHINESE_NAME = "segment_name_zh";
  public static final String SINCE = "segment_since";
  public static final String PREVIOUS = "previous_segment";
  public static final String IS_CHANGED = "is_segment_changed";
  public static final String LEFT = "segment_left";
  public static final String CONFIDENCE = "segment_confidence";

  /** The segment of the night before, beside the customers of tonight; not published. */
  public static final String BEFORE = "segment_id before";

  /** {@link #SINCE} of the night before; not published. */
  public static final String SINCE_BEFORE = "segment_since before";

  /** {@link #LEFT} of the night before; not published. */
  public static final String LEFT_BEFORE = "segment_left before";

  /** The squared distance to the own centre, in millionths of millionths; not published. */
  public static final String SQUARED_DISTANCE = "segment squared distance";

  public static final DecimalType SHARE = DataTypes.createDecimalType(9, 6);

  /** The contracts in publishing order. */
  static final List<ColumnContract> ALL =
      List.of(
          column(
              ID,
              DataTypes.StringType,
              "The segment of customers who resemble each other; S0 where a feature is unknown.",
              "相似客户组成的细分群；特征未知者为 S0。"),
          column(NAME, DataTypes.StringType, "The same in English words.", "英文名称。"),
          column(CHINESE_NAME, DataTypes.StringType, "The same in Chinese words.", "中文名称。"),
          column(
              PREVIOUS,
              DataTypes.StringType,
              "The segment the night before; null for who was not there.",
              "前一夜的细分群；前一夜不存在则为空。"),
          column(
              IS_CHANGED,
              DataTypes.BooleanType,
              "Whether it is another one than the night before; false for who was not there.",
              "与前一夜相比是否变化；前一夜不存在则为 false。"),
          column(
              SINCE,
              DataTypes.DateType,
              "The first of the nights on which the customer has been in it without a break.",
              "连续处于该细分群的首夜。"),
          column(
              LEFT,
              DataTypes.StringType,
              "The segment that the customer left for it; null where there was none.",
              "进入该群之前所在的细分群；没有则为空。"),
          column(
              CONFIDENCE,
              SHARE,
              "1 less the distance to the own centre over that to the nearest other one, at least"
                  + " 0; by rules, how often the rule is right. Null in S0.",
              "1 − 到本群中心的距离 ÷ 到最近其他中心的距离，不小于 0；按规则分群时为规则的准确率。S0 为空。"));

  /** The columns that the history keeps. */
  static final Set<String> KEPT = Set.of(ID, SINCE, LEFT, CONFIDENCE);

  private SegmentColumns() {}

  private static ColumnContract column(String name, DataType type, String en, String zh) {
    return new ColumnContract(name, type, new BilingualText(en, zh));
  }
}
