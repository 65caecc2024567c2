package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.elt;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.LevelSettings;
import io.karat.settings.LevelSettings.Condition;
import io.karat.settings.LevelSettings.Level;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * Levels with the values at which they begin. A customer is in the first level that its value
 * reaches, the boundary included, else in the last; with a {@link Band} around each start, it keeps
 * the level of the night before until its value has passed the band.
 *
 * @param column the values that decide
 * @param starts every level but the last, the best first
 */
record LevelRule(String column, Better better, List<Start> starts, String last) {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  LevelRule {
    starts = List.copyOf(starts);
  }

  /**
   * The start of a level.
   *
   * @param band the values around the start between which no customer changes its level; empty if
   *     no customer is in the level
   */
  record Start(String level, Optional<Band> band) {
    Optional<BigDecimal> value() {
      return band.map(Band::start);
    }
  }

  /**
   * The band around the start of a level.
   *
   * @param rise the value from which customers of worse levels enter
   * @param fall the value below which customers of the level, or of better ones, leave
   */
  record Band(BigDecimal start, BigDecimal rise, BigDecimal fall) {
    static Band without(BigDecimal start) {
      return new Band(start, start, start);
    }
  }

  /** The rule of some levels; starts by share are those of {@code piece}. */
  static LevelRule of(String column, Better better, LevelSettings levels, CutModel.Piece piece) {
    List<Level> all = levels.levels();
    List<Start> starts =
        all.stream()
            .flatMap(
                level ->
                    level.condition().stream()
                        .map(
                            condition ->
                                new Start(
                                    level.name(),
                                    start(level, condition, piece).map(Band::without))))
            .toList();
    return new LevelRule(column, better, starts, all.get(all.size() - 1).name());
  }

  private static Optional<BigDecimal> start(
      Level level, Condition condition, CutModel.Piece piece) {
    return condition instanceof Condition.Bound bound
        ? Optional.of(bound.value())
        : piece.one(level.name());
  }

  /**
   * The same rule of a score that is not negative, with bands around its starts.
   *
   * @param points the half width of a band, which takes at most half of the way to the next start;
   *     that of the first level has no upper half, as no score may lie above its start
   */
  LevelRule withHysteresis(BigDecimal points) {
    List<Start> widened = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Optional<BigDecimal> above = values(starts.subList(0, i)).reduce((first, next) -> next);
      BigDecimal below =
          values(starts.subList(i + 1, starts.size())).findFirst().orElse(BigDecimal.ZERO);
      Start start = starts.get(i);
      widened.add(
          new Start(
              start.level(), start.value().map(it -> band(it, points, above.orElse(it), below))));
    }
    return new LevelRule(column, better, widened, last);
  }

  private static Stream<BigDecimal> values(List<Start> some) {
    return some.stream().flatMap(start -> start.value().stream());
  }

  private static Band band(
      BigDecimal start, BigDecimal points, BigDecimal above, BigDecimal below) {
    BigDecimal up = points.min(above.subtract(start).multiply(HALF)).max(BigDecimal.ZERO);
    BigDecimal down = points.min(start.subtract(below).multiply(HALF)).max(BigDecimal.ZERO);
    return new Band(start, start.add(up), start.subtract(down));
  }

  /** The level of a customer; the last if the value is unknown. */
  Column level() {
    return level(lit(false), lit(null).cast(DataTypes.StringType));
  }

  /**
   * The level of a customer; the last if the value is unknown.
   *
   * @param isKeptFromFirst whether the customer cannot be in the first level
   * @param previous the level of the night before; null, or any other text, if there is none
   */
  Column level(Column isKeptFromFirst, Column previous) {
    Column before = when(previous.equalTo(last), lit(starts.size()));
    for (int i = 0; i < starts.size(); i++) {
      if (starts.get(i).band().isPresent()) {
        before = before.when(previous.equalTo(starts.get(i).level()), lit(i));
      }
    }
    Column risen = position(Band::rise, isKeptFromFirst);
    Column fallen = position(Band::fall, isKeptFromFirst);
    Column position =
        coalesce(
            when(before.isNotNull(), greatest(fallen, least(risen, before))),
            position(Band::start, isKeptFromFirst));
    List<Column> levels = new ArrayList<>(List.of(position.plus(1)));
    starts.forEach(start -> levels.add(lit(start.level())));
    levels.add(lit(last));
    return elt(levels.toArray(Column[]::new));
  }

  /** The position of the first level that the value reaches, 0 for the best. */
  private Column position(Function<Band, BigDecimal> from, Column isKeptFromFirst) {
    Column position = when(lit(false), lit(0));
    for (int i = 0; i < starts.size(); i++) {
      Optional<BigDecimal> start = starts.get(i).band().map(from);
      if (start.isPresent()) {
        Column reaches = reaches(start.get());
        Column holds = i == 0 ? reaches.and(isKeptFromFirst.equalTo(false)) : reaches;
        position = position.when(holds, lit(i));
      }
    }
    return position.otherwise(lit(starts.size()));
  }

  private Column reaches(BigDecimal start) {
    Column value = Columns.column(column);
    return better == Better.HIGHER ? value.geq(lit(start)) : value.leq(lit(start));
  }

  /**
   * The distance to the value from which the customer enters the level above its own; null if there
   * is none.
   *
   * @param level the level of the customer
   */
  Column toNext(Column level, Column isKeptFromFirst) {
    Column value = Columns.column(column);
    Column missing = lit(null);
    List<Object> reached = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      reached.add(starts.get(i).level());
      Optional<BigDecimal> rise = starts.get(i).band().map(Band::rise);
      if (rise.isPresent()) {
        Column from = lit(rise.get());
        Column toStart = better == Better.HIGHER ? from.minus(value) : value.minus(from);
        Column isAbove = level.isin(reached.toArray()).equalTo(false).and(toStart.gt(0));
        Column holds = i == 0 ? isAbove.and(isKeptFromFirst.equalTo(false)) : isAbove;
        missing = least(missing, when(holds, toStart));
      }
    }
    return missing;
  }
}
