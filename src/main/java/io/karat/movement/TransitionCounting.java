package io.karat.movement;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.input.Aliases;
import io.karat.scores.CutColumn;
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
  private static final String PERIOD = "period_days";
  private static final String NOW = "now";
  private static final String THEN = "then";
  private static final String SUM_OF = "sum of ";
  private static final String SALES = SUM_OF + ScorePlan.SALES;
  private static final String LIFETIME_SALES = SUM_OF + ScorePlan.LIFETIME_SALES;
  private static final List<String> SUMS = List.of("customers", "before", "after", "bought");
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
    Column[] periods = nights.stream().map(night -> lit(night.periodDays())).toArray(Column[]::new);
    Dataset<Row> now =
        tonight
            .select(col(Columns.CUSTOMER_ID), side(name -> true).as(NOW))
            .select(col(Columns.CUSTOMER_ID), col(NOW), explode(array(periods)).as(PERIOD));
    Dataset<Row> then =
        nights.stream().map(this::customersOf).reduce(Dataset::unionByName).orElseThrow();
    Dataset<Row> customers =
        new EarlierAmounts(money, PERIOD, THEN, List.of(SALES, LIFETIME_SALES))
            .joined(now, then, aliases);
    Dataset<Row> compared =
        new ReturnedAmounts(money, PERIOD, now(LIFETIME_SALES))
            .added(customers, now, aliases, nights);
    return byModel(together(compared)).collectAsList().stream().map(this::transition).toList();
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
    return struct(columns.toArray(Column[]::new));
  }

  private static Column known(String column, Predicate<String> isKnown) {
    return isKnown.test(column) ? named(column) : lit(null);
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
      keys.add(
          when(col(THEN).isNull(), lit(StateMove.NEVER_SEEN))
              .otherwise(coalesce(then(column), lit(StateMove.UNKNOWN)))
              .as("from " + column));
      keys.add(
          when(col(NOW).isNull(), lit(StateMove.LEFT))
              .otherwise(coalesce(now(column), lit(StateMove.UNKNOWN)))
              .as("to " + column));
    }
    return customers
        .groupBy(keys.toArray(Column[]::new))
        .agg(count(lit(1)).as(SUMS.get(0)), sums().toArray(Column[]::new));
  }

  private List<Column> sums() {
    Column nothing = lit(BigDecimal.ZERO).cast(money.sumType());
    // A customer without a row now has no known purchases since then.
    Column boughtSince =
        coalesce(col(ReturnedAmounts.AFTER).minus(before(LIFETIME_SALES)), nothing);
    List<Column> sums = new ArrayList<>();
    sums.add(sum(before(SALES)).as(SUMS.get(1)));
    sums.add(sum(coalesce(now(SALES), nothing)).as(SUMS.get(2)));
    sums.add(sum(boughtSince.cast(money.sumType())).as(SUMS.get(3)));
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
                        named("from " + column).as("from"),
                        named("to " + column).as("to")))
            .toArray(Column[]::new);
    List<Column> columns = new ArrayList<>(List.of(col(PERIOD)));
    added.forEach(name -> columns.add(named(name)));
    columns.add(inline(array(moves)));
    List<Column> sums = added.stream().map(name -> sum(named(name)).as(name)).toList();
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

  private static Column named(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }
}
