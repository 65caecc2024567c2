package io.karat.report;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import io.karat.settings.Settings;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Selection of the customers to look at tonight: for each reason those with the most at stake,
 * taken in turns until there are enough.
 *
 * @param ranked states whose codes are ordered from best to worst
 * @param leastStake the least amount that is worth a look
 */
record KeyAccountSelection(
    CustomerAggregates customers, List<State> ranked, BigDecimal leastStake) {
  /** The largest number of customers shown. */
  static final int MOST = 20;

  static final String REASONS = "reasons";
  static final String MOVED_DOWN = "moved_down";
  static final String CHURN = "churn";
  static final String OVERDUE = "overdue";
  static final String LEAVING = "leaving";
  static final String LAPSING = "lapsing";
  static final String FALLING = "falling";
  static final String ONE_OFF = "one_off";

  static final String ARREARS = "arrears_amount";
  static final String TREND = "sales_trend_365d";
  static final String LIFETIME_SALES = "net_sales_amount_lifetime";

  private static final BigDecimal WORTH_A_LOOK = new BigDecimal("0.01");
  private static final BigDecimal LIKELY_LOST = new BigDecimal("0.5");
  private static final BigDecimal LIKELY_TO_LEAVE = new BigDecimal("0.2");
  private static final BigDecimal STEEP = new BigDecimal("-0.1");
  private static final List<String> FADING = List.of("SLOWING", "LAPSED", "LOST");
  private static final String REASON = "reason";
  private static final String STAKE = "stake";
  private static final String PLACE = "place";

  /** Reason to look at a customer: its condition and the amount at stake. */
  private record Reason(String code, Column holds, Column stake) {}

  /**
   * The least amount that is worth a look: a hundredth of what an active customer brings on
   * average.
   *
   * @param figures see {@link CustomerAggregates#figures}
   */
  static BigDecimal leastStake(List<TableRow> figures, Settings settings) {
    String sales = CustomerAggregates.windowed("net_sales_amount", settings);
    return figures.stream()
        .filter(it -> it.holds("is_total"))
        .filter(it -> it.number(CustomerAggregates.ACTIVE).orElse(BigDecimal.ZERO).signum() > 0)
        .flatMap(
            it ->
                it.number(sales).stream()
                    .map(
                        sum ->
                            sum.multiply(WORTH_A_LOOK)
                                .divide(
                                    it.amount(CustomerAggregates.ACTIVE),
                                    settings.moneyScale(),
                                    RoundingMode.HALF_UP)))
        .filter(it -> it.signum() > 0)
        .findFirst()
        .orElse(BigDecimal.ZERO);
  }

  /** The column of net sales that is shown: the one over the longest window. */
  String sales() {
    return CustomerAggregates.windowed("net_sales_amount", customers.settings());
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

  /** At most {@value #MOST} customers, those with the most urgent reasons first. */
  List<TableRow> chosen() throws IOException {
    Dataset<Row> indicators =
        only(
            customers.frame(ReleaseTables.INDICATORS),
            List.of(Columns.CUSTOMER_ID, sales(), ARREARS, TREND, LIFETIME_SALES));
    Dataset<Row> values = only(customers.frame(ReleaseTables.VALUES), columnsOfValue());
    Dataset<Row> all = indicators.join(values, Columns.CUSTOMER_ID);
    List<Reason> reasons = reasons(all);
    if (reasons.isEmpty()) {
      return List.of();
    }

    // All customers are ranked on a few columns; the others are joined for the chosen ones only.
    return broadcast(mostUrgent(all, reasons))
        .join(indicators, Columns.CUSTOMER_ID)
        .join(values, Columns.CUSTOMER_ID)
        .orderBy(asc(PLACE), desc(STAKE), asc(Columns.CUSTOMER_ID))
        .collectAsList()
        .stream()
        .map(TableRow::of)
        .toList();
  }

  private static Dataset<Row> mostUrgent(Dataset<Row> all, List<Reason> reasons) {
    Column found =
        filter(
            array(reasons.stream().map(KeyAccountSelection::found).toArray(Column[]::new)),
            Column::isNotNull);
    Column stake = col(REASON).getField(STAKE);
    return all.select(col(Columns.CUSTOMER_ID), found.as(REASONS))
        .filter(size(col(REASONS)).gt(0))
        .select(
            col(Columns.CUSTOMER_ID),
            transform(col(REASONS), reason -> reason.getField(REASON)).as(REASONS),
            explode(col(REASONS)).as(REASON))
        .withColumn(
            PLACE,
            row_number()
                .over(
                    Window.partitionBy(col(REASON).getField(REASON))
                        .orderBy(stake.desc(), asc(Columns.CUSTOMER_ID))))
        .filter(col(PLACE).leq(MOST))
        .groupBy(Columns.CUSTOMER_ID)
        .agg(min(PLACE).as(PLACE), max(stake).as(STAKE), max(REASONS).as(REASONS))
        .orderBy(asc(PLACE), desc(STAKE), asc(Columns.CUSTOMER_ID))
        .limit(MOST);
  }

  private List<String> columnsOfValue() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                Columns.CUSTOMER_ID,
                ScoreColumns.purchaseProbability(horizon(customers.settings())),
                ScoreColumns.EXPECTED_CHURN,
                ScoreColumns.VALUE_AT_RISK,
                ScoreColumns.IS_ONE_OFF,
                CustomerAggregates.LIFECYCLE,
                ScoreColumns.previous(CustomerAggregates.LIFECYCLE),
                ScoreColumns.isChanged(CustomerAggregates.LIFECYCLE)));
    ranked.forEach(
        state -> {
          columns.add(state.column());
          columns.add(ScoreColumns.previous(state.column()));
        });
    return columns;
  }

  private static Dataset<Row> only(Dataset<Row> frame, List<String> names) {
    Set<String> there = new LinkedHashSet<>(names);
    there.retainAll(Set.of(frame.columns()));
    return frame.select(there.stream().map(name -> col(name)).toArray(Column[]::new));
  }

  private List<Reason> reasons(Dataset<Row> all) {
    List<Reason> reasons = new ArrayList<>();
    Column sales = amount(all, sales());
    Optional<Column> down =
        ranked.stream()
            .filter(state -> CustomerAggregates.has(all, ScoreColumns.previous(state.column())))
            .map(KeyAccountSelection::isWorse)
            .reduce(Column::or);
    Column ever = amount(all, LIFETIME_SALES);
    Column isOfWorth = isWorthALook(greatest(sales, ever));
    down.ifPresent(holds -> reasons.add(new Reason(MOVED_DOWN, holds.and(isOfWorth), sales)));
    Column risk = amount(all, ScoreColumns.VALUE_AT_RISK);
    add(
        reasons,
        all,
        ScoreColumns.EXPECTED_CHURN,
        CHURN,
        col(ScoreColumns.EXPECTED_CHURN).geq(LIKELY_TO_LEAVE).and(isWorthALook(risk)),
        risk);
    Column overdue = amount(all, ARREARS);
    Column isShareOfSales = overdue.geq(sales.multiply(lit(WORTH_A_LOOK)));
    add(reasons, all, ARREARS, OVERDUE, isWorthALook(overdue).and(isShareOfSales), overdue);
    String purchase = ScoreColumns.purchaseProbability(horizon(customers.settings()));
    Column missed = sales.multiply(lit(BigDecimal.ONE).minus(col(purchase)));
    add(
        reasons,
        all,
        purchase,
        LEAVING,
        col(purchase).lt(LIKELY_LOST).and(isWorthALook(missed)),
        missed);
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

  private static Column found(Reason reason) {
    return when(
        coalesce(reason.holds(), lit(false)),
        struct(
            lit(reason.code()).as(REASON),
            reason.stake().cast(DataTypes.createDecimalType(38, 6)).as(STAKE)));
  }

  private static Column amount(Dataset<Row> all, String column) {
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
