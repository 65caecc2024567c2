package io.karat.movement;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.karat.settings.BilingualText;
import io.karat.tables.ColumnContract;
import io.karat.tables.TableContract;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Contracts of the tables of movement, the same for every configuration. */
public final class MovementTables {
  private static final DecimalType SHARE = DataTypes.createDecimalType(9, 6);

  /** The state then of customers without a row. */
  public static final String NEVER_SEEN = StateMove.NEVER_SEEN;

  /** The state now of customers without a row. */
  public static final String LEFT = StateMove.LEFT;

  /** The type of money of any number of decimals. */
  private static final DecimalType AMOUNT = DataTypes.createDecimalType(38, 6);

  /** The numbers of periods after which expected shares are published. */
  static final List<Integer> HORIZONS = List.of(1, 3, 6, 12);

  public static final TableContract TRANSITIONS =
      new TableContract(
          "transitions",
          new BilingualText(
              "One row per model, period, state then and state now: who moved, and what that is"
                  + " worth.",
              "每个模型、期间、原状态、现状态一行：移动的客户及其价值。"),
          List.of(
              column("model", StringType, "The column of customer_value.", "customer_value 的列。"),
              column(
                  "period_days",
                  IntegerType,
                  "How many days back the earlier night was looked for; it may be up to 3 days"
                      + " older.",
                  "向前比较的天数；所比较之夜至多再早 3 天。"),
              column("from_date", DateType, "The earlier night.", "所比较的前一夜。"),
              column(
                  "from_state",
                  StringType,
                  "The state then; never_seen for who had no row, unknown for who had none in it.",
                  "当时的状态；无记录为 never_seen，状态为空为 unknown。"),
              column("from_state_name", StringType, "The same in English words.", "英文名称。"),
              column("from_state_name_zh", StringType, "The same in Chinese words.", "中文名称。"),
              column(
                  "to_state",
                  StringType,
                  "The state now; left for who has no row any more.",
                  "现在的状态；已无记录为 left。"),
              column("to_state_name", StringType, "The same in English words.", "英文名称。"),
              column("to_state_name_zh", StringType, "The same in Chinese words.", "中文名称。"),
              column(
                  "is_changed", DataTypes.BooleanType, "Whether the two states differ.", "状态是否变化。"),
              column("customer_count", LongType, "Customers with both states.", "客户数。"),
              column(
                  "from_customer_count",
                  LongType,
                  "All customers with that state then.",
                  "当时处于该状态的全部客户数。"),
              column(
                  "probability",
                  SHARE,
                  "The part of those who had the state then, 0 to 1.",
                  "占当时该状态客户的比例，0 至 1。"),
              column(
                  "probability_low",
                  SHARE,
                  "The lower end of its 95 % Wilson interval.",
                  "95% 威尔逊区间下限。"),
              column(
                  "probability_high",
                  SHARE,
                  "The upper end of its 95 % Wilson interval.",
                  "95% 威尔逊区间上限。"),
              column(
                  "net_sales_amount_365d_before",
                  AMOUNT,
                  "Their net sales of the 365 days up to the earlier night.",
                  "截至前一夜的近 365 天净交易额。"),
              column(
                  "net_sales_amount_365d_now",
                  AMOUNT,
                  "Their net sales of the 365 days up to tonight.",
                  "截至当夜的近 365 天净交易额。"),
              column(
                  "net_sales_amount_365d_change",
                  AMOUNT,
                  "What the one is more than the other.",
                  "两者之差。"),
              column(
                  "net_sales_amount_between",
                  AMOUNT,
                  "Their net sales between the two nights; 0 for who left.",
                  "两夜之间的净交易额；已离开者为 0。"),
              column(
                  "main_crossing",
                  StringType,
                  "The indicator that most of them have on another side of a cut point; null where"
                      + " none is.",
                  "跨越切点人数最多的指标；没有则为空。"),
              column("main_crossing_customer_count", LongType, "How many have.", "跨越该指标切点的客户数。"),
              column(
                  "crossings",
                  StringType,
                  "The same of every indicator with cut points, such as 'recency_days 12,"
                      + " net_sales_amount_365d 5'; null where there is none.",
                  "各指标跨越切点的客户数，如“recency_days 12, net_sales_amount_365d 5”；没有则为空。")));

  public static final TableContract STATE_VALUES =
      new TableContract(
          "state_values",
          new BilingualText(
              "One row per model and state: what a Markov chain over the kept nights expects of"
                  + " it.",
              "每个模型、状态一行：由历史各夜估计的马尔可夫链所预期的结果。"),
          stateValues());

  private MovementTables() {}

  /** The contracts of all movement tables, in publishing order. */
  public static List<TableContract> contracts() {
    return List.of(TRANSITIONS, STATE_VALUES);
  }

  private static List<ColumnContract> stateValues() {
    List<ColumnContract> columns =
        new ArrayList<>(
            List.of(
                column("model", StringType, "The column of customer_value.", "customer_value 的列。"),
                column(
                    "state",
                    StringType,
                    "The code in that column; never_seen and left for who has no row yet or any"
                        + " more, unknown for who has none in it.",
                    "该列中的代码；尚无记录为 never_seen，已无记录为 left，状态为空为 unknown。"),
                column("state_name", StringType, "The same in English words.", "英文名称。"),
                column("state_name_zh", StringType, "The same in Chinese words.", "中文名称。"),
                column("period_days", IntegerType, "The step of the chain, in days.", "链的步长（天）。"),
                column(
                    "night_pair_count",
                    LongType,
                    "How many pairs of nights, a period apart, are counted.",
                    "所统计的（相隔一个期间的）夜对数。"),
                column("customer_count", LongType, "Customers in it tonight.", "当夜客户数。"),
                column(
                    "customer_share",
                    SHARE,
                    "Their part of tonight's customers, 0 to 1.",
                    "占当夜客户的比例，0 至 1。"),
                column(
                    "observed_count",
                    LongType,
                    "Customers in it at the start of a period, of all pairs of nights.",
                    "各夜对期初处于该状态的客户数之和。"),
                column(
                    "stay_probability",
                    SHARE,
                    "The part of those who were in it at the end too; null where nobody was"
                        + " observed.",
                    "期末仍处于该状态的比例；无观察则为空。"),
                column(
                    "stay_probability_low",
                    SHARE,
                    "The lower end of its 95 % Wilson interval.",
                    "95% 威尔逊区间下限。"),
                column(
                    "stay_probability_high",
                    SHARE,
                    "The upper end of its 95 % Wilson interval.",
                    "95% 威尔逊区间上限。"),
                column(
                    "mean_period_net_sales_amount",
                    AMOUNT,
                    "What one of those bought in the period, less returns.",
                    "其中每位客户在期间内的平均净交易额。"),
                column(
                    "expected_value_amount",
                    AMOUNT,
                    "What a customer in it is expected to buy from now on, less returns and"
                        + " discounted; null where it is not known what comes next.",
                    "处于该状态的客户今后净交易额的折现期望；后续未知则为空。"),
                column(
                    "stationary_share",
                    SHARE,
                    "Its part of customers in the long run, 0 to 1; null where that depends on the"
                        + " start.",
                    "长期（平稳）占比，0 至 1；取决于初始状态则为空。")));
    for (int periods : HORIZONS) {
      columns.add(
          column(
              "expected_share_after_%d_periods".formatted(periods),
              SHARE,
              "Its part of tonight's customers after as many periods, 0 to 1.",
              "当夜客户在 %d 个期间后的占比，0 至 1。".formatted(periods)));
    }
    columns.add(column("note_en", StringType, "Why something is null.", "空值原因（英文）。"));
    columns.add(column("note_zh", StringType, "The same in Chinese.", "空值原因（中文）。"));
    return columns;
  }

  /** A share in the scale of these tables, rounded half up. */
  static BigDecimal share(double share) {
    return BigDecimal.valueOf(share).setScale(SHARE.scale(), RoundingMode.HALF_UP);
  }

  /** An amount in the scale of these tables, rounded half up. */
  static BigDecimal amount(BigDecimal amount) {
    return amount.setScale(AMOUNT.scale(), RoundingMode.HALF_UP);
  }

  private static ColumnContract column(String name, DataType type, String en, String zh) {
    return new ColumnContract(name, type, new BilingualText(en, zh));
  }
}
