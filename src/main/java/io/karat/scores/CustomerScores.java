package io.karat.scores;

import io.karat.settings.BilingualText;
import io.karat.settings.BuyerTypes;
import io.karat.settings.ChurnSettings;
import io.karat.settings.Pyramid;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The scores of one customer with the parts that they add up from, and the customer's states.
 *
 * @param scores in publishing order
 * @param states in publishing order
 * @param screenings in publishing order
 * @param buyerType empty for others than key customers
 * @param churn empty if it is unknown, or not computed
 */
public record CustomerScores(
    List<Score> scores,
    List<Standing> states,
    List<CustomerScreening> screenings,
    Optional<BuyerType> buyerType,
    Optional<Churn> churn) {
  public CustomerScores {
    scores = List.copyOf(scores);
    states = List.copyOf(states);
    screenings = List.copyOf(screenings);
  }

  /**
   * Buyer type of a key customer, with the score that says it.
   *
   * @param score the column of the largest score
   * @param lead the points by which it leads
   * @param needed the points by which it has to lead
   */
  public record BuyerType(
      BilingualText type, String score, BigDecimal points, BigDecimal lead, BigDecimal needed) {}

  /**
   * A score of a customer.
   *
   * @param column the column of {@code customer_value}
   * @param value empty if no part that counts is known
   * @param tiers every tier but the last, the best first; empty for scores without tiers
   * @param toNextTier points missing to the next tier; empty in the first tier and without tiers
   * @param held the state that the customer keeps from the night before although its score or bins
   *     alone would give another; empty if none is kept
   * @param parts the contributions that add up to the value
   */
  public record Score(
      String column,
      Optional<BigDecimal> value,
      List<Start> tiers,
      Optional<BigDecimal> toNextTier,
      Optional<BilingualText> held,
      List<Part> parts) {
    public Score {
      tiers = List.copyOf(tiers);
      parts = List.copyOf(parts);
    }
  }

  /** The start of a tier: the points from which a customer is in it. */
  public record Start(BilingualText tier, BigDecimal points) {}

  /**
   * The contribution of an indicator to a score.
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
   * A state of a customer.
   *
   * @param code empty if the customer has none
   * @param name the name of the code; empty texts without a code
   */
  public record Standing(String column, Optional<String> code, BilingualText name) {}

  /**
   * The expected churn of a customer.
   *
   * @param hasLeft whether the customer counts as having left, whatever the satisfaction
   * @param by the column of satisfaction
   * @param satisfaction empty if it is unknown
   * @param rates the shares of customers expected to leave, by level of satisfaction
   * @param isLearned whether observed rates are among them
   */
  public record Churn(
      BigDecimal expected,
      boolean hasLeft,
      String by,
      Optional<BigDecimal> satisfaction,
      SortedMap<BigDecimal, BigDecimal> rates,
      boolean isLearned) {
    public Churn {
      rates = Collections.unmodifiableSortedMap(new TreeMap<>(rates));
    }
  }

  /**
   * Explains a customer; starts jobs over this one row.
   *
   * @param indicators the row of {@code customer_indicators}, with the states of the night before
   * @return empty if {@code cuts} lack one that the plan needs
   */
  public static Optional<CustomerScores> of(
      ScorePlan plan, CutModel cuts, Dataset<Row> indicators) {
    boolean isAnswered =
        new CutDefinitions(plan).all().stream().allMatch(lesson -> cuts.piece(lesson).isPresent());
    if (!isAnswered) {
      return Optional.empty();
    }

    Scores scores = new Scores(plan, cuts);
    Map<String, Column> beside = new LinkedHashMap<>(scores.statesAlone());
    scores.screenings().forEach(it -> beside.put(it.screened(), it.isScreened()));
    Row row = Columns.with(scores.scored(indicators), beside).first();
    Dataset<Row> scored = indicators.sparkSession().createDataFrame(List.of(row), row.schema());
    Optional<BuyerType> buyerType =
        plan.models().buyerTypes().flatMap(it -> buyerType(it, plan, row));
    Map<String, List<Part>> parts = parts(new Contributions(scores).rows(scored));
    Map<String, List<Start>> tiers = tiers(plan, scores);
    Map<String, BilingualText> held = held(plan, row);
    List<Score> all = new ArrayList<>();
    Map<String, WeightedScore> sums = new LinkedHashMap<>(scores.weightedScores().all());
    if (buyerType.isEmpty()) {
      sums.keySet().removeAll(scores.weightedScores().ofKinds().keySet());
    }
    sums.forEach(
        (column, score) ->
            all.add(
                score(
                    column,
                    score.name(),
                    tiers.getOrDefault(column, List.of()),
                    Optional.ofNullable(held.get(column)),
                    row,
                    parts)));
    scores
        .rfm()
        .ifPresent(
            rfm ->
                all.add(
                    score(
                        ScoreColumns.RFM_SCORE,
                        Contributions.RFM,
                        List.of(),
                        Optional.ofNullable(held.get(ScoreColumns.RFM_SCORE)),
                        row,
                        parts)));
    List<Standing> states =
        State.of(plan.models()).stream().map(state -> standing(plan, state.column(), row)).toList();
    return Optional.of(
        new CustomerScores(
            all,
            states,
            scores.screenings().stream().map(it -> it.of(row, plan)).toList(),
            buyerType,
            plan.models().churn().flatMap(it -> churn(it, row))));
  }

  private static Optional<BuyerType> buyerType(BuyerTypes types, ScorePlan plan, Row row) {
    Optional<String> type = Optional.ofNullable(row.getAs(BuyerTypes.TYPE));
    String largest =
        types.kinds().stream()
            .map(ScoreColumns::score)
            .reduce(
                (one, other) -> points(other, row).compareTo(points(one, row)) > 0 ? other : one)
            .orElseThrow();
    return type.map(
        it ->
            new BuyerType(
                plan.name(it),
                largest,
                points(largest, row),
                row.getAs(BuyerTypes.MARGIN),
                types.margin()));
  }

  private static BigDecimal points(String score, Row row) {
    return Optional.<BigDecimal>ofNullable(row.getAs(score)).orElse(BigDecimal.ZERO);
  }

  private static Optional<Churn> churn(ChurnSettings settings, Row row) {
    Optional<BigDecimal> expected = Optional.ofNullable(row.getAs(ScoreColumns.EXPECTED_CHURN));
    Object satisfaction = row.getAs(settings.by());
    return expected.map(
        it ->
            new Churn(
                it,
                row.getAs(ScoreColumns.HAS_LEFT),
                settings.by(),
                Optional.ofNullable(satisfaction).map(value -> new BigDecimal(value.toString())),
                settings.levels(),
                settings.isLearned()));
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

  /** The states that hysteresis keeps, by the column of the score. */
  private static Map<String, BilingualText> held(ScorePlan plan, Row row) {
    Map<String, BilingualText> held = new LinkedHashMap<>();
    Map<String, String> states = new LinkedHashMap<>();
    plan.models()
        .pyramids()
        .forEach(it -> states.put(ScoreColumns.score(it), ScoreColumns.tier(it)));
    plan.models()
        .scorecard()
        .ifPresent(it -> states.put(ScoreColumns.SCORECARD, ScoreColumns.QUADRANT));
    plan.models()
        .rfm()
        .ifPresent(it -> states.put(ScoreColumns.RFM_SCORE, ScoreColumns.RFM_SEGMENT));
    states.forEach(
        (score, state) -> {
          Optional<String> kept = Optional.ofNullable(row.getAs(state));
          Optional<String> alone = Optional.ofNullable(row.getAs(ScoreColumns.alone(state)));
          kept.filter(it -> !kept.equals(alone)).ifPresent(it -> held.put(score, plan.name(it)));
        });
    return held;
  }

  private static Score score(
      String column,
      String model,
      List<Start> tiers,
      Optional<BilingualText> held,
      Row row,
      Map<String, List<Part>> parts) {
    String toNext = ScoreColumns.pointsToNextTier(model);
    boolean hasTiers = List.of(row.schema().fieldNames()).contains(toNext);
    return new Score(
        column,
        Optional.ofNullable(row.getAs(column)),
        tiers,
        hasTiers ? Optional.ofNullable(row.getAs(toNext)) : Optional.empty(),
        held,
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
