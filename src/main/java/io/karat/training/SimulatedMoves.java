package io.karat.training;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.scores.LevelFigure;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.tables.Columns;
import io.karat.tables.ExactSum;
import io.karat.training.SimulatedNight.Direction;
import io.karat.training.SimulatedNight.Flow;
import io.karat.training.SimulatedNight.Move;
import io.karat.training.SimulatedNight.Mover;
import io.karat.training.SimulatedNight.Worth;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Moves of customers between published codes and simulated ones.
 *
 * @param plan the simulated models
 * @param states their columns
 */
record SimulatedMoves(ScorePlan plan, List<State> states) {
  private static final String NAME = "display_name";

  /** The indicators that tell who moves, and what they are worth. */
  static final List<String> SHOWN = List.of(NAME, LevelFigure.PROFIT.indicator());

  private static final String LIVE = " of the live night";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String STATE = "state";
  private static final String DIRECTION = "direction";
  private static final List<String> MOVE = List.of(STATE, FROM, TO, DIRECTION);
  private static final String PLACE = "place";

  SimulatedMoves {
    states = List.copyOf(states);
  }

  /**
   * A row for each customer and column with another code.
   *
   * @param scored customers with the simulated states
   * @param values the published states
   */
  Dataset<Row> of(Dataset<Row> scored, Dataset<Row> values) {
    Set<String> published = Set.of(values.columns());
    List<Column> codes = new ArrayList<>();
    codes.add(Columns.column(Columns.CUSTOMER_ID).as(Columns.CUSTOMER_ID + LIVE));
    for (State state : states) {
      Column code = published.contains(state.column()) ? Columns.column(state.column()) : lit("");
      codes.add(coalesce(code, lit("")).as(state.column() + LIVE));
    }
    Dataset<Row> both =
        scored.join(
            values.select(codes.toArray(Column[]::new)),
            Columns.column(Columns.CUSTOMER_ID)
                .equalTo(Columns.column(Columns.CUSTOMER_ID + LIVE)));
    Set<String> known = Set.of(scored.columns());
    Column[] moves = states.stream().map(it -> move(it, known)).toArray(Column[]::new);
    return both.select(inline(array(moves)))
        .filter(Columns.column(FROM).notEqual(Columns.column(TO)));
  }

  private Column move(State state, Set<String> known) {
    Column to = coalesce(Columns.column(state.column()), lit(""));
    Column before = state.rank(state.column() + LIVE);
    Column after = state.rank(state.column());
    boolean isOrdered = new ValueTable(plan).isOrdered(state);
    List<Column> move =
        new ArrayList<>(
            List.of(
                lit(state.column()).as(STATE),
                Columns.column(state.column() + LIVE).as(FROM),
                to.as(TO),
                when(lit(isOrdered).and(after.lt(before)), Direction.UP.name())
                    .when(lit(isOrdered).and(after.gt(before)), Direction.DOWN.name())
                    .otherwise(Direction.OTHER.name())
                    .as(DIRECTION),
                Columns.column(Columns.CUSTOMER_ID)));
    Stream.concat(Stream.of(NAME), money().stream())
        .filter(known::contains)
        .map(Columns::column)
        .forEach(move::add);
    return struct(move.toArray(Column[]::new));
  }

  /** What customers are worth. */
  private static List<String> money() {
    return List.of(ScorePlan.SALES, LevelFigure.PROFIT.indicator());
  }

  /** The flows; there are at most as many as pairs of codes. */
  List<Flow> flows(Dataset<Row> moves) {
    List<Column> sums = new ArrayList<>();
    Set<String> known = Set.of(moves.columns());
    List<String> summed = money().stream().filter(known::contains).toList();
    for (String amount : summed) {
      sums.add(count(Columns.column(amount)));
      sums.addAll(ExactSum.of(moves.schema(), amount).halves());
    }
    return moves
        .groupBy(MOVE.stream().map(Columns::column).toArray(Column[]::new))
        .agg(count(lit(1)).as("customers"), sums.toArray(Column[]::new))
        .collectAsList()
        .stream()
        .map(row -> flow(row, summed, moves))
        .sorted(
            Comparator.comparing((Flow it) -> position(it.move()))
                .thenComparing(Flow::customers, Comparator.reverseOrder())
                .thenComparing(it -> it.move().from())
                .thenComparing(it -> it.move().to()))
        .toList();
  }

  private static Flow flow(Row row, List<String> summed, Dataset<Row> moves) {
    return new Flow(
        move(row),
        row.getLong(MOVE.size()),
        new Worth(
            sum(row, ScorePlan.SALES, summed, moves),
            sum(row, LevelFigure.PROFIT.indicator(), summed, moves)));
  }

  /** The sum of an amount; empty if nobody's is known. */
  private static Optional<BigDecimal> sum(
      Row row, String amount, List<String> summed, Dataset<Row> moves) {
    int position = MOVE.size() + 1 + 3 * summed.indexOf(amount);
    return summed.contains(amount) && row.getLong(position) > 0
        ? Optional.of(ExactSum.of(moves.schema(), amount).of(row, position + 1))
        : Optional.empty();
  }

  /** In each column, the moving customers with the largest net sales; at most so many. */
  List<Mover> largest(Dataset<Row> moves, int most) {
    Column sales = Columns.column(ScorePlan.SALES);
    Column place =
        row_number()
            .over(
                Window.partitionBy(Columns.column(STATE))
                    .orderBy(sales.desc_nulls_last(), Columns.column(Columns.CUSTOMER_ID)));
    return moves
        .withColumn(PLACE, place)
        .filter(Columns.column(PLACE).leq(most))
        .collectAsList()
        .stream()
        .sorted(
            Comparator.comparing((Row it) -> position(move(it)))
                .thenComparing(it -> it.<Integer>getAs(PLACE)))
        .map(SimulatedMoves::mover)
        .toList();
  }

  private static Mover mover(Row row) {
    return new Mover(
        move(row),
        row.getAs(Columns.CUSTOMER_ID),
        known(row, NAME).map(Object::toString),
        new Worth(
            known(row, ScorePlan.SALES).map(BigDecimal.class::cast),
            known(row, LevelFigure.PROFIT.indicator()).map(BigDecimal.class::cast)));
  }

  private static Optional<Object> known(Row row, String column) {
    return List.of(row.schema().fieldNames()).contains(column)
        ? Optional.ofNullable(row.getAs(column))
        : Optional.empty();
  }

  private static Move move(Row row) {
    return new Move(
        row.getAs(STATE), row.getAs(FROM), row.getAs(TO), Direction.valueOf(row.getAs(DIRECTION)));
  }

  private int position(Move move) {
    return states.stream().map(State::column).toList().indexOf(move.state());
  }
}
