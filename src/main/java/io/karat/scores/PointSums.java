package io.karat.scores;

import io.karat.engine.UnscaledDecimals;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Points of indicators, and the scores that they add up to. */
final class PointSums {
  private PointSums() {}

  /**
   * Adds the points of each score, in hundredths, and the scores as decimals.
   *
   * @param scores by the column of the score
   */
  static Dataset<Row> added(Dataset<Row> frame, Map<String, WeightedScore> scores) {
    Map<String, Column> points = new LinkedHashMap<>();
    scores.values().forEach(score -> put(score, points));
    Map<String, Column> sums = new LinkedHashMap<>();
    scores.forEach(
        (name, score) ->
            sums.put(name, UnscaledDecimals.decimal(score.score(), DecimalTypes.SCORE)));
    return Columns.with(Columns.with(frame, points), sums);
  }

  private static void put(WeightedScore score, Map<String, Column> points) {
    List<Column> all = score.points();
    for (int i = 0; i < all.size(); i++) {
      points.put(score.points(score.parts().get(i)), all.get(i));
    }
  }
}
