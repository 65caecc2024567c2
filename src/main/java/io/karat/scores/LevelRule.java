package io.karat.scores;

import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.LevelSettings;
import io.karat.settings.LevelSettings.Condition;
import io.karat.settings.LevelSettings.Level;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * Levels with the values at which they begin. A customer is in the first level that its value
 * reaches, the boundary included, else in the last.
 *
 * @param column the values that decide
 * @param starts every level but the last, the best first
 */
record LevelRule(String column, Better better, List<Start> starts, String last) {
  LevelRule {
    starts = List.copyOf(starts);
  }

  /**
   * The start of a level.
   *
   * @param value empty if no customer is in the level
   */
  record Start(String level, Optional<BigDecimal> value) {}

  /** The rule of some levels; starts by share are those of {@code piece}. */
  static LevelRule of(String column, Better better, LevelSettings levels, CutModel.Piece piece) {
    List<Level> all = levels.levels();
    List<Start> starts =
        all.stream()
            .flatMap(
                level ->
                    level.condition().stream()
                        .map(condition -> new Start(level.name(), start(level, condition, piece))))
            .toList();
    return new LevelRule(column, better, starts, all.get(all.size() - 1).name());
  }

  private static Optional<BigDecimal> start(
      Level level, Condition condition, CutModel.Piece piece) {
    return condition instanceof Condition.Bound bound
        ? Optional.of(bound.value())
        : piece.one(level.name());
  }

  /** The level of a customer; the last if the value is unknown. */
  Column level() {
    return level(lit(false));
  }

  /**
   * The level of a customer; the last if the value is unknown.
   *
   * @param isKeptFromFirst whether the customer cannot be in the first level
   */
  Column level(Column isKeptFromFirst) {
    Column level = when(lit(false), lit("").cast(DataTypes.StringType));
    for (int i = 0; i < starts.size(); i++) {
      Start start = starts.get(i);
      if (start.value().isPresent()) {
        Column reaches = reaches(start.value().get());
        Column holds = i == 0 ? reaches.and(isKeptFromFirst.equalTo(false)) : reaches;
        level = level.when(holds, lit(start.level()));
      }
    }
    return level.otherwise(lit(last));
  }

  private Column reaches(BigDecimal start) {
    Column value = Columns.column(column);
    return better == Better.HIGHER ? value.geq(lit(start)) : value.leq(lit(start));
  }

  /** The distance to the nearest start that the value does not reach; null if there is none. */
  Column toNext() {
    Column value = Columns.column(column);
    Column missing = lit(null);
    for (Start start : starts) {
      if (start.value().isPresent()) {
        Column from = lit(start.value().get());
        Column toStart = better == Better.HIGHER ? from.minus(value) : value.minus(from);
        missing = least(missing, when(toStart.gt(0), toStart));
      }
    }
    return missing;
  }
}
