package io.karat.scores;

import io.karat.scores.WeightedScore.Part;
import io.karat.settings.Pyramid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scores of a plan that are sums of points, by the column of the score. */
record WeightedScores(ScorePlan plan, CutDefinitions lessons) {
  Map<String, WeightedScore> all() {
    Map<String, WeightedScore> scores = new LinkedHashMap<>(ofIndicators());
    scorecards().ifPresent(cards -> scores.putAll(cards.ofPerspectives()));
    scores.putAll(ofKinds());
    return scores;
  }

  /** Those of buyer types, which only key customers have. */
  Map<String, WeightedScore> ofKinds() {
    Map<String, WeightedScore> scores = new LinkedHashMap<>();
    plan.models()
        .buyerTypes()
        .ifPresent(
            it -> it.kinds().forEach(kind -> scores.put(ScoreColumns.score(kind), of(kind))));
    return scores;
  }

  /** Those of pyramids and perspectives, in whose points nothing but indicators counts. */
  Map<String, WeightedScore> ofIndicators() {
    Map<String, WeightedScore> scores = new LinkedHashMap<>();
    for (Pyramid pyramid : plan.models().pyramids()) {
      scores.put(ScoreColumns.score(pyramid), of(pyramid));
    }
    scorecards().ifPresent(cards -> scores.putAll(cards.ofIndicators()));
    return scores;
  }

  WeightedScore of(Pyramid pyramid) {
    List<Part> parts = new ArrayList<>();
    pyramid
        .weights()
        .forEach(
            it ->
                parts.add(
                    new Part(
                        it.indicator(),
                        PointScales.column(pyramid.name(), it.indicator()),
                        it.weight(),
                        lessons.missing(pyramid.missing(), it.indicator()))));
    return new WeightedScore(pyramid.name(), parts, Populations.isRanked(pyramid.population()));
  }

  Optional<Scorecards> scorecards() {
    return plan.models().scorecard().map(card -> new Scorecards(card, lessons));
  }
}
