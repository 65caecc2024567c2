package io.karat.scores;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.TableDefinitions;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Columns of a state: its code, names and rank, the code of the night before, and the change. */
record StateColumns(ScorePlan plan, State state) {
  /** Whether there is a night before; not published. */
  static final String IS_COMPARED = "is_night_compared";

  /** The code of a customer that has none. */
  static final Column NOTHING = lit(null).cast(DataTypes.StringType);

  /** What is published. */
  List<ColumnContract> contracts() {
    return TableDefinitions.part(
        "state",
        Map.of(
            "state",
            state.column(),
            "meaning",
            state.meaning(),
            "changes",
            TableDefinitions.text(isOrdered() ? "ordered_changes" : "changes", Map.of()),
            "codes",
            state.column().equals(ScoreColumns.QUADRANT)
                ? TableDefinitions.text("quadrants", Map.of())
                : String.join(", ", state.codes())));
  }

  /** The values, in the same order. */
  List<Column> values() {
    Column code = Columns.column(state.column());
    Column previous = Columns.column(ScoreColumns.previous(state.column()));
    Column isChanged = previous.isNotNull().and(not(previous.eqNullSafe(code)));
    return List.of(
        code,
        state.named(it -> plan.name(it).en()).as(ScoreColumns.name(state.column())),
        state.named(it -> plan.name(it).zh()).as(ScoreColumns.chineseName(state.column())),
        previous,
        isChanged.as(ScoreColumns.isChanged(state.column())),
        state.rank(state.column()).as(ScoreColumns.rank(state.column())),
        change().as(ScoreColumns.change(state.column())));
  }

  /** The change since the previous night; null for customers without a code. */
  private Column change() {
    Column now = Columns.column(state.column());
    String past = ScoreColumns.previous(state.column());
    Column previous = Columns.column(past);
    Column moved =
        isOrdered()
            ? when(state.rank(state.column()).lt(state.rank(past)), "UP").otherwise("DOWN")
            : lit("CHANGED");
    return when(now.isNull().or(not(Columns.column(IS_COMPARED))), NOTHING)
        .when(previous.isNull(), "NEW")
        .when(previous.equalTo(now), "SAME")
        .otherwise(moved);
  }

  /** Whether the state has a better and a worse: classes and tiers have. */
  boolean isOrdered() {
    return plan.models().classifications().stream().anyMatch(it -> it.name().equals(state.column()))
        || plan.models().pyramids().stream()
            .anyMatch(it -> ScoreColumns.tier(it).equals(state.column()));
  }
}
