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
 * Levels with the values at which they begin: whoever reaches one is in it, the others are in the
 * last.
 *
 * @param column the values that decide
 */
record LevelRule(String column, Better better, List<Start> starts, String last) {
  LevelRule {
    starts = List.copyOf(starts);
  }

  /**
   * Where a level begins.
   *
   * @param value nobody is in the level where it is absent
   */
  record Start(String level, Optional<BigDecimal> value) {}

  /** Levels whose conditions on shares have been answered by {@code piece}. */
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

  /** The level of a customer. */
  Column level() {
    return level(lit(false));
  }

  /**
   * The level of a customer.
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

  /** What is missing to the nearest level above; null where there is none. */
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
