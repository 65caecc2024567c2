package io.karat.scores;

import io.karat.settings.BilingualText;
import io.karat.settings.Pyramid;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One customer's scores, so that they can be added up by hand, and where the customer stands.
 *
 * @param scores in publishing order
 * @param states in publishing order
 */
public record CustomerScores(List<Score> scores, List<Standing> states) {
  public CustomerScores {
    scores = List.copyOf(scores);
    states = List.copyOf(states);
  }

  /**
   * A score.
   *
   * @param column of customer_value
   * @param value none where nothing is known that counts
   * @param tiers where each but the last begins, the best first; empty without tiers
   * @param toNextTier points missing to the next tier; none in the first, and without tiers
   * @param parts what it adds up from
   */
  public record Score(
      String column,
      Optional<BigDecimal> value,
      List<Start> tiers,
      Optional<BigDecimal> toNextTier,
      List<Part> parts) {
    public Score {
      tiers = List.copyOf(tiers);
      parts = List.copyOf(parts);
    }
  }

  /** From how many points on a customer is in a tier. */
  public record Start(BilingualText tier, BigDecimal points) {}

  /**
   * What an indicator adds to a score.
   *
   * @param normalised 0 to 100, or a bin
   * @param forNextTier the value of this indicator alone that would reach the next tier
   */
  public record Part(
      String indicator,
      Optional<BigDecimal> value,
      Optional<BigDecimal> normalised,
      Optional<BigDecimal> weight,
      Optional<BigDecimal> points,
      Optional<BigDecimal> forNextTier) {}

  /**
   * A state.
   *
   * @param name what its code is called
   */
  public record Standing(String column, Optional<String> code, BilingualText name) {}

  /**
   * Explains a customer; starts jobs over this one row.
   *
   * @param indicators the row of customer_indicators
   * @return nothing where the plan asks for cuts that are not there
   */
  public static Optional<CustomerScores> of(
      ScorePlan plan, CutModel cuts, Dataset<Row> indicators) {
    boolean isAnswered =
        new CutDefinitions(plan).all().stream().allMatch(lesson -> cuts.piece(lesson).isPresent());
    if (!isAnswered) {
      return Optional.empty();
    }

    Scores scores = new Scores(plan, cuts);
    Dataset<Row> scored = scores.scored(indicators);
    Row row = scored.first();
    Map<String, List<Part>> parts = parts(new Contributions(scores).rows(scored));
    Map<String, List<Start>> tiers = tiers(plan, scores);
    List<Score> all = new ArrayList<>();
    scores
        .weightedScores()
        .forEach(
            (column, score) ->
                all.add(
                    score(
                        column, score.name(), tiers.getOrDefault(column, List.of()), row, parts)));
    scores
        .rfm()
        .ifPresent(
            rfm ->
                all.add(score(ScoreColumns.RFM_SCORE, Contributions.RFM, List.of(), row, parts)));
    List<Standing> states =
        State.of(plan.models()).stream().map(state -> standing(plan, state.column(), row)).toList();
    return Optional.of(new CustomerScores(all, states));
  }

  private static Map<String, List<Start>> tiers(ScorePlan plan, Scores scores) {
    Map<String, List<Start>> tiers = new LinkedHashMap<>();
    for (Pyramid pyramid : plan.models().pyramids()) {
      tiers.put(
          ScoreColumns.score(pyramid),
          scores.rule(pyramid).starts().stream()
              .flatMap(
                  start ->
                      start.value().stream()
                          .map(points -> new Start(plan.name(start.level()), points)))
              .toList());
    }
    return tiers;
  }

  private static Score score(
      String column, String model, List<Start> tiers, Row row, Map<String, List<Part>> parts) {
    String toNext = ScoreColumns.pointsToNextTier(model);
    boolean hasTiers = List.of(row.schema().fieldNames()).contains(toNext);
    return new Score(
        column,
        Optional.ofNullable(row.getAs(column)),
        tiers,
        hasTiers ? Optional.ofNullable(row.getAs(toNext)) : Optional.empty(),
        parts.getOrDefault(model, List.of()));
  }

  private static Standing standing(ScorePlan plan, String column, Row row) {
    Optional<String> code = Optional.ofNullable(row.getAs(column));
    return new Standing(column, code, code.map(plan::name).orElse(new BilingualText("", "")));
  }

  private static Map<String, List<Part>> parts(Dataset<Row> contributions) {
    Map<String, List<Part>> parts = new LinkedHashMap<>();
    for (Row row : contributions.collectAsList()) {
      parts
          .computeIfAbsent(row.getAs(Contributions.MODEL), model -> new ArrayList<>())
          .add(
              new Part(
                  row.getAs(Contributions.INDICATOR),
                  Optional.ofNullable(row.getAs(Contributions.VALUE)),
                  Optional.ofNullable(row.getAs(Contributions.NORMALISED)),
                  Optional.ofNullable(row.getAs(Contributions.WEIGHT)),
                  Optional.ofNullable(row.getAs(Contributions.POINTS)),
                  Optional.ofNullable(row.getAs(Contributions.FOR_NEXT_TIER))));
    }
    return parts;
  }
}
