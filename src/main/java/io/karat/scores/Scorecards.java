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
  private static final BigDecimal MOST = BigDecimal.valueOf(100);
  private static final BigDecimal HALF = new BigDecimal("0.5");

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
   * <p>A value that was high stays so down to the cut less the hysteresis, and one that was low
   * becomes high at the cut plus the hysteresis; both take at most half of the way to 0 and to 100.
   *
   * @param isOneOff whether the customer was large once, which promises nothing
   * @param previous the quadrant of the night before; null if there is none
   */
  Column quadrant(Column isOneOff, Column previous) {
    List<String> quadrants = Scorecard.QUADRANTS;
    Column current =
        isHigh(
            ScoreColumns.CURRENT_VALUE,
            scorecard.current(),
            previous.isin(quadrants.get(0), quadrants.get(1)));
    Column potential =
        isHigh(
                ScoreColumns.POTENTIAL_VALUE,
                scorecard.potential(),
                previous.isin(quadrants.get(0), quadrants.get(2)))
            .and(not(isOneOff));
    return when(current.and(potential), lit(quadrants.get(0)))
        .when(current, lit(quadrants.get(1)))
        .when(potential, lit(quadrants.get(2)))
        .otherwise(lit(quadrants.get(3)));
  }

  /** Whether a score is high, which depends on whether it was; null if that is unknown. */
  private Column isHigh(String score, BigDecimal least, Column wasHigh) {
    BigDecimal up = scorecard.hysteresis().min(MOST.subtract(least).multiply(HALF));
    BigDecimal down = scorecard.hysteresis().min(least.multiply(HALF));
    Column from =
        when(wasHigh, lit(least.subtract(down)))
            .when(not(wasHigh), lit(least.add(up)))
            .otherwise(lit(least));
    return coalesce(Columns.column(score).geq(from), lit(false));
  }
}
