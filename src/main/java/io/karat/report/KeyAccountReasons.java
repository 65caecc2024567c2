package io.karat.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import io.karat.settings.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reasons to look at a customer.
 *
 * @param ranked states whose codes are ordered from best to worst
 * @param leastStake the least amount that is worth a look
 */
record KeyAccountReasons(Settings settings, List<State> ranked, BigDecimal leastStake) {
  static final String MOVED_DOWN = "MOVED_DOWN";
  static final String CHURN = "CHURN";
  static final String OVERDUE = "OVERDUE";
  static final String LEAVING = "LEAVING";
  static final String LAPSING = "LAPSING";
  static final String FALLING = "FALLING";
  static final String ONE_OFF = "ONE_OFF";

  /** The reasons that compare with the previous night. */
  static final List<String> COMPARING = List.of(MOVED_DOWN, LAPSING);

  static final String ARREARS = "arrears_amount";
  static final String TREND = "sales_trend_365d";
  static final String LIFETIME_SALES = "net_sales_amount_lifetime";
  static final String DISPLAY_NAME = "display_name";
  static final String OWNER = "owner";

  static final BigDecimal LIKELY_LOST = new BigDecimal("0.5");
  static final BigDecimal LIKELY_TO_LEAVE = new BigDecimal("0.2");
  static final BigDecimal STEEP = new BigDecimal("-0.1");
  static final List<String> FADING = List.of("SLOWING", "LAPSED", "LOST");

  static final BigDecimal SHARE_OF_SALES = new BigDecimal("0.01");

  /** Reason to look at a customer: its condition and the amount at stake. */
  record Reason(String code, Column holds, Column stake) {
    /** The reason and its amount where it holds; else null. */
    Column found() {
      return when(
          coalesce(holds, lit(false)),
          struct(
              lit(code).as(KeyAccountSelection.REASON),
              decimal(stake).as(KeyAccountSelection.STAKE)));
    }
  }

  /**
   * The longest horizon of lifetime value in days, since a customer may not be due to buy within a
   * shorter one; 0 if lifetime value is off.
   */
  static int horizon(Settings settings) {
    return settings.lifetimeValue().stream()
        .flatMap(it -> it.horizonDays().stream())
        .max(Comparator.naturalOrder())
        .orElse(0);
  }

  /** The reasons for which there are columns, in the order in which they are listed. */
  List<Reason> of(Dataset<Row> all) {
    List<Reason> reasons = new ArrayList<>();
    Column sales = amount(all, CustomerAggregates.windowed("net_sales_amount", settings));
    Column then = col(KeyAccountSelection.SALES_THEN);
    Optional<Column> down =
        ranked.stream()
            .filter(state -> CustomerAggregates.has(all, ScoreColumns.previous(state.column())))
            .map(KeyAccountReasons::isWorse)
            .reduce(Column::or);
    down.ifPresent(
        holds -> reasons.add(new Reason(MOVED_DOWN, holds.and(isWorthALook(then)), then)));
    Column risk = amount(all, ScoreColumns.VALUE_AT_RISK);
    add(
        reasons,
        all,
        ScoreColumns.EXPECTED_CHURN,
        CHURN,
        col(ScoreColumns.EXPECTED_CHURN).geq(LIKELY_TO_LEAVE).and(isWorthALook(risk)),
        risk);
    Column overdue = amount(all, ARREARS);
    Column isShareOfSales = overdue.geq(sales.multiply(lit(SHARE_OF_SALES)));
    add(reasons, all, ARREARS, OVERDUE, isWorthALook(overdue).and(isShareOfSales), overdue);
    String purchase = ScoreColumns.purchaseProbability(horizon(settings));
    Column missed = sales.multiply(lit(BigDecimal.ONE).minus(col(purchase)));
    add(
        reasons,
        all,
        purchase,
        LEAVING,
        col(purchase).lt(LIKELY_LOST).and(isWorthALook(missed)).and(isThere(all)),
        missed);
    Column ever = amount(all, LIFETIME_SALES);
    add(
        reasons,
        all,
        ScoreColumns.previous(CustomerAggregates.LIFECYCLE),
        LAPSING,
        col(ScoreColumns.isChanged(CustomerAggregates.LIFECYCLE))
            .and(col(CustomerAggregates.LIFECYCLE).isin(FADING.toArray()))
            .and(isWorthALook(ever)),
        ever);
    add(reasons, all, TREND, FALLING, col(TREND).leq(STEEP).and(isWorthALook(sales)), sales);
    add(
        reasons,
        all,
        ScoreColumns.IS_ONE_OFF,
        ONE_OFF,
        col(ScoreColumns.IS_ONE_OFF).and(isWorthALook(ever)),
        ever);
    return reasons;
  }

  /** Whether a customer does not count as having left, which the reason CHURN says. */
  private Column isThere(Dataset<Row> all) {
    return settings.models().churn().stream().anyMatch(it -> it.left().isPresent())
        ? amount(all, ScoreColumns.EXPECTED_CHURN).lt(1)
        : lit(true);
  }

  private Column isWorthALook(Column stake) {
    return stake.gt(0).and(stake.geq(lit(leastStake)));
  }

  private static void add(
      List<Reason> reasons,
      Dataset<Row> all,
      String column,
      String code,
      Column holds,
      Column stake) {
    if (CustomerAggregates.has(all, column)) {
      reasons.add(new Reason(code, holds, stake));
    }
  }

  /** An amount with room for a probability times money. */
  static Column decimal(Column amount) {
    return amount.cast(DataTypes.createDecimalType(38, 6));
  }

  /** A column, 0 where it is null or not there. */
  static Column amount(Dataset<Row> all, String column) {
    return CustomerAggregates.has(all, column)
        ? coalesce(col(column), lit(BigDecimal.ZERO))
        : lit(BigDecimal.ZERO);
  }

  private static Column isWorse(State state) {
    return position(state, state.column())
        .gt(position(state, ScoreColumns.previous(state.column())));
  }

  private static Column position(State state, String column) {
    Column position = lit(null).cast(DataTypes.IntegerType);
    for (int i = state.codes().size() - 1; i >= 0; i--) {
      position = when(col(column).equalTo(state.codes().get(i)), lit(i)).otherwise(position);
    }
    return position;
  }
}
