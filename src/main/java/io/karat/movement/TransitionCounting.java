package io.karat.movement;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.input.Aliases;
import io.karat.scores.CutColumn;
import io.karat.scores.LevelFigure;
import io.karat.scores.LevelSums;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counting of moves between states, for all models and all earlier nights at once.
 *
 * <p>Customers are first counted by the states of all models together, and only these counts are
 * split by model: a customer is added up once, however many models there are.
 */
final class TransitionCounting {
  /** The column with the period of {@link ComparedNight#periodDays()}. */
  static final String PERIOD = "period_days";

  private static final String NOW = "now";
  private static final String THEN = "then";
  private static final String SUM_OF = "sum of ";
  private static final String SALES = SUM_OF + ScorePlan.SALES;
  private static final String LIFETIME_SALES = SUM_OF + ScorePlan.LIFETIME_SALES;
  private static final List<String> SUMS =
      List.of("customers", "before", "after", "bought", "profit", "service cost");

  /** Tonight's figures that are added up beside sales. */
  private static final List<LevelFigure> FIGURES =
      List.of(LevelFigure.PROFIT, LevelFigure.SERVICE_COST);

  private static final int FIRST_SUM = 4;

  private final List<State> states;
  private final Money money;
  private final Map<String, List<CutColumn>> boundaries = new LinkedHashMap<>();

  /** Counts moves between these states, and crossings of these boundaries. */
  TransitionCounting(List<State> states, List<CutColumn> boundaries, Money money) {
    this.states = List.copyOf(states);
    this.money = money;
    for (CutColumn boundary : boundaries) {
      this.boundaries.computeIfAbsent(boundary.indicator(), it -> new ArrayList<>()).add(boundary);
    }
  }

  /**
   * The moves since each of the nights; starts one job.
   *
   * @param tonight every customer with states, scores and net sales
   * @param aliases tonight's aliases of customers
   * @param nights at least one, each with another period
   */
  List<Transition> transitions(
      Dataset<Row> tonight, Optional<Aliases> aliases, List<ComparedNight> nights) {
    return byModel(together(compared(tonight, aliases, nights))).collectAsList().stream()
        .map(this::transition)
        .toList();
  }

  /** Every customer of tonight and of each of the nights, with both rows; starts no job. */
  Dataset<Row> compared(
      Dataset<Row> tonight, Optional<Aliases> aliases, List<ComparedNight> nights) {
    Set<String> known = Set.of(tonight.columns());
    Column[] periods = nights.stream().map(night -> lit(night.periodDays())).toArray(Column[]::new);
    Dataset<Row> now =
        tonight
            .select(col(Columns.CUSTOMER_ID), side(known::contains).as(NOW))
            .select(col(Columns.CUSTOMER_ID), col(NOW), explode(array(periods)).as(PERIOD));
    Dataset<Row> then =
        nights.stream().map(this::customersOf).reduce(Dataset::unionByName).orElseThrow();
    Dataset<Row> customers =
        new EarlierAmounts(money, PERIOD, THEN, List.of(SALES, LIFETIME_SALES))
            .joined(now, then, aliases);
    return new ReturnedAmounts(money, PERIOD, now(LIFETIME_SALES))
        .added(customers, now, aliases, nights);
  }

  private Dataset<Row> customersOf(ComparedNight night) {
    return night
        .customers()
        .select(
            col(Columns.CUSTOMER_ID),
            lit(night.periodDays()).as(PERIOD),
            side(night::knows).as(THEN));
  }

  /** The compared columns of a night; null for those that it does not have. */
  private Column side(Predicate<String> isKnown) {
    List<Column> columns = new ArrayList<>();
    for (State state : states) {
      columns.add(known(state.column(), isKnown).cast(DataTypes.StringType).as(state.column()));
    }
    for (CutColumn boundary : distinctBoundaries()) {
      Column value = boundary.side(known(boundary.column(), isKnown));
      columns.add(value.cast(DataTypes.StringType).as(sideOf(boundary)));
    }
    for (String amount : List.of(ScorePlan.SALES, ScorePlan.LIFETIME_SALES)) {
      Column value = coalesce(known(amount, isKnown), lit(BigDecimal.ZERO));
      columns.add(value.cast(money.sumType()).as(SUM_OF + amount));
    }
    for (LevelFigure figure : FIGURES) {
      Column value = known(figure.indicator(), isKnown);
      columns.add(value.cast(money.sumType()).as(SUM_OF + figure.indicator()));
    }
    return struct(columns.toArray(Column[]::new));
  }

  private static Column known(String column, Predicate<String> isKnown) {
    return isKnown.test(column) ? Columns.column(column) : lit(null);
  }

  private Set<CutColumn> distinctBoundaries() {
    Set<CutColumn> distinct = new LinkedHashSet<>();
    boundaries.values().forEach(distinct::addAll);
    return distinct;
  }

  private static String sideOf(CutColumn boundary) {
    return "side of " + boundary.column();
  }

  /** One row for each combination of states then and states now, with counts and sums. */
  private Dataset<Row> together(Dataset<Row> customers) {
    List<Column> keys = new ArrayList<>(List.of(col(PERIOD)));
    for (State state : states) {
      String column = state.column();
      keys.add(from(column).as("from " + column));
      keys.add(to(column).as("to " + column));
    }
    return customers
        .groupBy(keys.toArray(Column[]::new))
        .agg(count(lit(1)).as(SUMS.get(0)), sums().toArray(Column[]::new));
  }

  /** The state of a compared customer then. */
  static Column from(String state) {
    return when(col(THEN).isNull(), lit(StateMove.NEVER_SEEN))
        .otherwise(coalesce(then(state), lit(StateMove.UNKNOWN)));
  }

  /** The state of a compared customer now. */
  static Column to(String state) {
    return when(col(NOW).isNull(), lit(StateMove.LEFT))
        .otherwise(coalesce(now(state), lit(StateMove.UNKNOWN)));
  }

  /** Net sales of a compared customer in the 365 days up to then. */
  static Column salesThen() {
    return before(SALES);
  }

  /** The same up to now. */
  Column salesNow() {
    return coalesce(now(SALES), nothing());
  }

  /** Net sales between then and now; a customer without a row now has no known purchases. */
  Column boughtSince() {
    Column since = coalesce(col(ReturnedAmounts.AFTER).minus(before(LIFETIME_SALES)), nothing());
    return since.cast(money.sumType());
  }

  /** A figure of a compared customer tonight; null if it is unknown. */
  static Column figure(LevelFigure figure) {
    return now(SUM_OF + figure.indicator());
  }

  /** The indicators of which a compared customer is on another side of a cut point, as text. */
  Column crossings() {
    List<Column> crossed = new ArrayList<>();
    boundaries.forEach(
        (indicator, ofIndicator) -> crossed.add(when(crossed(ofIndicator), lit(indicator))));
    return nullif(concat_ws(", ", crossed.toArray(Column[]::new)), lit(""));
  }

  private Column nothing() {
    return lit(BigDecimal.ZERO).cast(money.sumType());
  }

  private List<Column> sums() {
    List<Column> sums = new ArrayList<>();
    sums.add(sum(salesThen()).as(SUMS.get(1)));
    sums.add(sum(salesNow()).as(SUMS.get(2)));
    sums.add(sum(boughtSince()).as(SUMS.get(3)));
    for (int i = 0; i < FIGURES.size(); i++) {
      sums.add(sum(figure(FIGURES.get(i))).as(SUMS.get(4 + i)));
    }
    boundaries.forEach(
        (indicator, ofIndicator) ->
            sums.add(sum(crossed(ofIndicator).cast("bigint")).as("crossed " + indicator)));
    return sums;
  }

  private static Column crossed(List<CutColumn> boundaries) {
    return boundaries.stream()
        .map(TransitionCounting::sideOf)
        .map(side -> coalesce(then(side).notEqual(now(side)), lit(false)))
        .reduce(lit(false), Column::or);
  }

  /** The counts and sums by model, state then and state now. */
  private Dataset<Row> byModel(Dataset<Row> together) {
    List<String> added =
        Stream.concat(SUMS.stream(), boundaries.keySet().stream().map(it -> "crossed " + it))
            .toList();
    Column[] moves =
        states.stream()
            .map(State::column)
            .map(
                column ->
                    struct(
                        lit(column).as("model"),
                        Columns.column("from " + column).as("from"),
                        Columns.column("to " + column).as("to")))
            .toArray(Column[]::new);
    List<Column> columns = new ArrayList<>(List.of(col(PERIOD)));
    added.forEach(name -> columns.add(Columns.column(name)));
    columns.add(inline(array(moves)));
    List<Column> sums = added.stream().map(name -> sum(Columns.column(name)).as(name)).toList();
    return together
        .select(columns.toArray(Column[]::new))
        .groupBy(col(PERIOD), col("model"), col("from"), col("to"))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }

  private Transition transition(Row row) {
    SortedMap<String, Long> crossings = new TreeMap<>();
    int column = FIRST_SUM + SUMS.size();
    for (String indicator : boundaries.keySet()) {
      crossings.put(indicator, row.getLong(column++));
    }
    crossings.values().removeIf(crossed -> crossed == 0);
    SortedMap<LevelFigure, BigDecimal> figures = new TreeMap<>();
    for (int i = 0; i < FIGURES.size(); i++) {
      if (!row.isNullAt(FIRST_SUM + 4 + i)) {
        figures.put(FIGURES.get(i), row.getDecimal(FIRST_SUM + 4 + i));
      }
    }
    StateMove move =
        new StateMove(
            row.getString(1),
            row.getString(2),
            row.getString(3),
            row.getLong(FIRST_SUM),
            row.getDecimal(FIRST_SUM + 3));
    return new Transition(
        row.getInt(0),
        move,
        row.getDecimal(FIRST_SUM + 1),
        row.getDecimal(FIRST_SUM + 2),
        new LevelSums(figures),
        crossings);
  }

  private static Column then(String field) {
    return col(THEN).getField(field);
  }

  private static Column before(String field) {
    return col(EarlierAmounts.BEFORE).getField(field);
  }

  private static Column now(String field) {
    return col(NOW).getField(field);
  }
}
