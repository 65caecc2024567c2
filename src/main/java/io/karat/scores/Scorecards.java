package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.karat.scores.WeightedScore.Part;
import io.karat.settings.MissingValue;
import io.karat.settings.Scorecard;
import io.karat.settings.Scorecard.Perspective;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;

/**
 * The scores of a scorecard: of each perspective, and the means of perspectives.
 *
 * @param lessons the definitions of its indicators
 */
record Scorecards(Scorecard scorecard, CutDefinitions lessons) {
  /** The scores of perspectives, by their column. */
  Map<String, WeightedScore> ofIndicators() {
    Map<String, WeightedScore> scores = new LinkedHashMap<>();
    for (Perspective perspective : scorecard.perspectives().keySet()) {
      scores.put(ScoreColumns.score(perspective), ofIndicators(perspective));
    }
    return scores;
  }

  private WeightedScore ofIndicators(Perspective perspective) {
    String name = ScoreColumns.model(perspective);
    return new WeightedScore(
        name,
        view(perspective).indicators().stream()
            .map(
                it ->
                    new Part(
                        it.indicator(),
                        PointScales.column(name, it.indicator()),
                        it.weight(),
                        lessons.missing(scorecard.missing(), it.indicator())))
            .toList(),
        lit(true));
  }

  /** The weighted means of perspectives, by their column. */
  Map<String, WeightedScore> ofPerspectives() {
    Map<String, WeightedScore> scores = new LinkedHashMap<>();
    scores.put(ScoreColumns.CURRENT_VALUE, mean("current_value", Perspective::isCurrent));
    scores.put(
        ScoreColumns.POTENTIAL_VALUE,
        mean("potential_value", perspective -> !perspective.isCurrent()));
    scores.put(ScoreColumns.SCORECARD, mean("scorecard", perspective -> true));
    return scores;
  }

  private WeightedScore mean(String name, Predicate<Perspective> which) {
    return new WeightedScore(
        name,
        scorecard.perspectives().keySet().stream().filter(which).map(this::part).toList(),
        lit(true));
  }

  private Scorecard.View view(Perspective perspective) {
    return Objects.requireNonNull(scorecard.perspectives().get(perspective));
  }

  private Part part(Perspective perspective) {
    String score = ScoreColumns.score(perspective);
    return new Part(
        score,
        PointScales.column(ScoreColumns.SCORECARD, score),
        view(perspective).weight(),
        scorecard.missing().orElse(MissingValue.SKIP));
  }

  /**
   * The quadrant: current value by potential value, each high from its cut on; an unknown one is
   * low.
   *
   * @param isOneOff whether the customer was large once, which promises nothing
   */
  Column quadrant(Column isOneOff) {
    Column current = isHigh(ScoreColumns.CURRENT_VALUE, scorecard.current());
    Column potential =
        isHigh(ScoreColumns.POTENTIAL_VALUE, scorecard.potential()).and(not(isOneOff));
    List<String> quadrants = Scorecard.QUADRANTS;
    return when(current.and(potential), lit(quadrants.get(0)))
        .when(current, lit(quadrants.get(1)))
        .when(potential, lit(quadrants.get(2)))
        .otherwise(lit(quadrants.get(3)));
  }

  private static Column isHigh(String score, BigDecimal least) {
    return coalesce(Columns.column(score).geq(lit(least)), lit(false));
  }
}
