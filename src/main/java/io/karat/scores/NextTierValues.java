package io.karat.scores;

import static org.apache.spark.sql.functions.lit;

import io.karat.settings.Pyramid;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/** Values that single indicators of a pyramid would need for a customer to reach the next tier. */
record NextTierValues(ScorePlan plan, WeightedScores scores, PointScales scales) {
  /** The values for the score of a column, in the order of its parts; empty for other scores. */
  List<Column> of(String column, StructType types) {
    return plan.models().pyramids().stream()
        .filter(pyramid -> ScoreColumns.score(pyramid).equals(column))
        .flatMap(pyramid -> of(pyramid, types).stream())
        .toList();
  }

  private List<Column> of(Pyramid pyramid, StructType types) {
    Column missing = Columns.column(ScoreColumns.pointsToNextTier(pyramid));
    List<Column> millionths = scores.of(pyramid).millionthsFor(Money.unscaled(missing));
    List<Column> values = new ArrayList<>();
    for (int i = 0; i < millionths.size(); i++) {
      Column needed = millionths.get(i);
      values.add(
          scales
              .of(pyramid, pyramid.weights().get(i), types)
              .map(it -> it.valueFor(needed))
              .orElse(lit(null)));
    }
    return values;
  }
}
