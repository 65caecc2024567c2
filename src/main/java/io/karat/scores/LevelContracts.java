package io.karat.scores;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.karat.settings.BilingualText;
import io.karat.tables.ColumnContract;
import io.karat.tables.TableContract;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Contracts of the tables with one row per level, the same for every configuration. */
public final class LevelContracts {
  private static final DecimalType NUMBER = RankedValue.NUMBER;
  static final DecimalType SHARE = DataTypes.createDecimalType(9, 6);
  static final DecimalType SALES_SHARE = DataTypes.createDecimalType(18, 6);
  private static final DecimalType RATIO = DataTypes.createDecimalType(18, 8);

  static final List<ColumnContract> COUNTS =
      List.of(
          column("customer_count", LongType, "Customers in it.", "客户数。"),
          column("customer_share", SHARE, "Their part of all customers, 0 to 1.", "占全部客户的比例。"),
          column(
              "net_sales_amount_365d",
              NUMBER,
              "Their net sales of the last 365 days.",
              "近 365 天净交易额。"),
          column(
              "net_sales_share",
              SALES_SHARE,
              "The part of all net sales; null where those are not above 0.",
              "占全部净交易额的比例；总额不为正则为空。"));

  public static final TableContract TIERS =
      new TableContract(
          "tiers",
          new BilingualText(
              "One row per class or tier: where it begins and who is in it.", "每个类别或层级一行：起点与客户。"),
          joined(
              List.of(
                  column(
                      "model", StringType, "The column of customer_value.", "customer_value 的列。"),
                  column("tier", StringType, "The code in that column.", "该列中的代码。"),
                  column("tier_name", StringType, "What it is called, in English.", "英文名称。"),
                  column("tier_name_zh", StringType, "What it is called, in Chinese.", "中文名称。"),
                  column("position", IntegerType, "1 for the best.", "1 为最好。"),
                  column("by_column", StringType, "The column that decides.", "决定层级的列。"),
                  column("definition", StringType, "What was asked for.", "定义。"),
                  column(
                      "cut_value",
                      NUMBER,
                      "The value from which on a customer is in it; null for the last, and where"
                          + " nobody is.",
                      "达到该层级的起点值；最后一级或无人则为空。")),
              COUNTS));

  public static final TableContract QUADRANTS =
      new TableContract(
          "scorecard_quadrants",
          new BilingualText("One row per quadrant of the value scorecard.", "客户价值记分卡的每个象限一行。"),
          joined(
              List.of(
                  column("quadrant", StringType, "The code.", "代码。"),
                  column("quadrant_name", StringType, "What it is called, in English.", "英文名称。"),
                  column("quadrant_name_zh", StringType, "What it is called, in Chinese.", "中文名称。"),
                  column(
                      "current_cut", NUMBER, "The least current value that is high.", "当前价值的高分线。"),
                  column(
                      "potential_cut",
                      NUMBER,
                      "The least potential value that is high.",
                      "潜在价值的高分线。")),
              COUNTS));

  public static final TableContract RFM_CELLS =
      new TableContract(
          "rfm_cells",
          new BilingualText(
              "One row per cell of bins: of all three, of frequency by monetary value, of frequency"
                  + " by recency.",
              "每个分箱单元一行：三维 RFM、F × M、F × R。"),
          joined(
              List.of(
                  column("grid", StringType, "RFM, FM or FR.", "RFM、FM 或 FR。"),
                  column("recency_bin", IntegerType, "Null in FM.", "FM 中为空。"),
                  column("frequency_bin", IntegerType, "The bin.", "分箱。"),
                  column("monetary_bin", IntegerType, "Null in FR.", "FR 中为空。"),
                  column(
                      "rfm_segment",
                      StringType,
                      "What the code is called; null but in RFM.",
                      "名称代码；仅 RFM。"),
                  column("rfm_segment_name", StringType, "The same in English.", "英文名称。"),
                  column("rfm_segment_name_zh", StringType, "The same in Chinese.", "中文名称。"),
                  column(
                      "recency_from",
                      NUMBER,
                      "The least value of the bin; null where it has no end, or bins are nested in"
                          + " others.",
                      "分箱下限；无下限或嵌套则为空。"),
                  column(
                      "recency_to", NUMBER, "The value at which the next bin begins.", "下一分箱的起点。"),
                  column("frequency_from", NUMBER, "The same of frequency.", "频次分箱下限。"),
                  column("frequency_to", NUMBER, "The same of frequency.", "频次下一分箱的起点。"),
                  column("monetary_from", NUMBER, "The same of monetary value.", "金额分箱下限。"),
                  column("monetary_to", NUMBER, "The same of monetary value.", "金额下一分箱的起点。")),
              COUNTS));

  public static final TableContract CONCENTRATION =
      new TableContract(
          "concentration",
          new BilingualText(
              "One row per amount and percent of customers, the best first: how much of it they"
                  + " make.",
              "每个金额与客户百分比一行（从大到小）：占总额的份额。"),
          List.of(
              column("indicator", StringType, "The column of customer_indicators.", "指标列。"),
              column("percent", IntegerType, "0 to 100.", "0 至 100。"),
              column(
                  "customer_count",
                  LongType,
                  "So many percent of all customers, a fraction rounded up.",
                  "对应的客户数（向上取整）。"),
              column("amount", NUMBER, "What the best so many make together.", "这些客户的合计。"),
              column(
                  "amount_share",
                  RATIO,
                  "The part of the total; null where that is not above 0.",
                  "占总额的比例；总额不为正则为空。"),
              column("gini", RATIO, "The Gini coefficient over all customers.", "全部客户的基尼系数。"),
              column(
                  "customers_for_80_percent",
                  LongType,
                  "How many customers, the best first, make 80 % of the total.",
                  "贡献 80% 总额所需的客户数。")));

  private LevelContracts() {}

  private static List<ColumnContract> joined(List<ColumnContract> some, List<ColumnContract> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** A number in the scale of these tables, rounded half up. */
  static Optional<BigDecimal> number(Optional<BigDecimal> value) {
    return value.map(it -> it.setScale(NUMBER.scale(), RoundingMode.HALF_UP));
  }

  static ColumnContract column(String name, DataType type, String en, String zh) {
    return new ColumnContract(name, type, new BilingualText(en, zh));
  }
}
