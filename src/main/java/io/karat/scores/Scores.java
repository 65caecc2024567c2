package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.expressions.RowExpression;
import io.karat.scores.CutDefinition.ReachedTarget;
import io.karat.settings.Classification;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.LabelSettings;
import io.karat.settings.OneOffSettings;
import io.karat.settings.Pyramid;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The models of a plan with their fitted cuts: expressions over one row of {@code
 * customer_indicators}, one step after the other. Apart from {@link ExactRanks}, no step looks at
 * more than one customer.
 */
public final class Scores {
  private static final Column NO_LEVEL = lit(null).cast(DataTypes.StringType);

  private final ScorePlan plan;
  private final CutDefinitions lessons;
  private final FittedCuts fitted;

  /**
   * Models ready to be applied.
   *
   * @param cuts have every piece that the steps to be taken need
   */
  public Scores(ScorePlan plan, CutModel cuts) {
    this.plan = plan;
    this.lessons = new CutDefinitions(plan);
    this.fitted = new FittedCuts(cuts);
  }

  /**
   * Adds every score and state, and the intermediate columns, to the indicators; returns the same
   * frame without models.
   *
   * @param indicators rows of {@code customer_indicators}, with the states of the night before if
   *     there was one, see {@link ValueTable#withPast}; without them nothing has hysteresis
   */
  public Dataset<Row> scored(Dataset<Row> indicators) {
    if (plan.hasNoModels()) {
      return indicators;
    }

    Dataset<Row> scored =
        plan.models()
            .buyerTypes()
            .map(it -> new BuyerScores(it, percentages(), weightedScores().ofKinds()))
            .map(it -> it.added(keyed(indicators)))
            .orElseGet(() -> screened(indicators));
    Optional<ExpectedChurn> churn =
        plan.models().churn().map(it -> new ExpectedChurn(it, plan.money()));
    return churn.isPresent() ? churn.get().added(scored) : scored;
  }

  /** Adds whether a customer is a key customer to all that may decide it. */
  Dataset<Row> keyed(Dataset<Row> indicators) {
    Column among =
        plan.models()
            .buyerTypes()
            .map(it -> RowExpression.parse(it.among().sql()).column())
            .orElse(lit(false));
    return Columns.with(
        screened(indicators), Map.of(Populations.IS_KEY, coalesce(among, lit(false))));
  }

  /** Adds every score and state but buyer types and churn. */
  private Dataset<Row> screened(Dataset<Row> indicators) {
    Dataset<Row> scored = classified(weighted(indicators));
    Optional<RfmModel> rfm = rfm();
    if (rfm.isPresent()) {
      scored = rfm.get().added(scored);
    }
    for (LabelSettings labels : plan.models().labels()) {
      scored = Labels.added(scored, labels);
    }
    for (Screening screening : screenings()) {
      scored = screening.added(scored);
    }
    return scored;
  }

  /** The screenings, in the order of their columns. */
  List<Screening> screenings() {
    return plan.models().screenings().stream()
        .map(it -> new Screening(it, fitted, oneOff().isPresent(), plan.hasSales()))
        .toList();
  }

  /** Adds the scores of pyramids and of the scorecard to the indicators. */
  Dataset<Row> weighted(Dataset<Row> indicators) {
    Dataset<Row> percentages = percentages().added(indicators);
    Dataset<Row> scored = PointSums.added(percentages, weightedScores().ofIndicators());
    return scorecards()
        .map(
            cards ->
                PointSums.added(
                    PointScales.ofScores(scored, cards.scorecard()), cards.ofPerspectives()))
        .orElse(scored);
  }

  /** All scores that are sums of points. */
  WeightedScores weightedScores() {
    return new WeightedScores(plan, lessons);
  }

  private Dataset<Row> classified(Dataset<Row> frame) {
    Dataset<Row> withTickets = withOneOff(frame);
    Column isOneOff = isOneOff();
    Map<String, Column> levels = new LinkedHashMap<>();
    Map<String, Column> missing = new LinkedHashMap<>();
    for (Classification classification : plan.models().classifications()) {
      Column isRanked = Populations.isRanked(classification.population());
      levels.put(
          classification.name(), when(isRanked, rule(classification).level(isOneOff, NO_LEVEL)));
    }
    for (Pyramid pyramid : plan.models().pyramids()) {
      Column isKnown = Columns.column(ScoreColumns.score(pyramid)).isNotNull();
      LevelRule rule = rule(pyramid);
      String tier = ScoreColumns.tier(pyramid);
      levels.put(
          tier, when(isKnown, rule.level(isKeptFromFirst(pyramid), previous(withTickets, tier))));
      missing.put(
          ScoreColumns.pointsToNextTier(pyramid),
          rule.toNext(Columns.column(tier), isKeptFromFirst(pyramid)).cast(DecimalTypes.SCORE));
    }
    scorecards()
        .ifPresent(
            cards ->
                levels.put(
                    ScoreColumns.QUADRANT,
                    cards.quadrant(isOneOff, previous(withTickets, ScoreColumns.QUADRANT))));
    return Columns.with(Columns.with(withTickets, levels), missing);
  }

  /**
   * The states that scored customers have by their scores and bins alone, without hysteresis, as
   * {@link ScoreColumns#alone}.
   */
  Map<String, Column> statesAlone() {
    Map<String, Column> states = new LinkedHashMap<>();
    for (Pyramid pyramid : plan.models().pyramids()) {
      Column isKnown = Columns.column(ScoreColumns.score(pyramid)).isNotNull();
      Column level = rule(pyramid).level(isKeptFromFirst(pyramid), NO_LEVEL);
      states.put(ScoreColumns.alone(ScoreColumns.tier(pyramid)), when(isKnown, level));
    }
    scorecards()
        .ifPresent(
            cards ->
                states.put(
                    ScoreColumns.alone(ScoreColumns.QUADRANT),
                    cards.quadrant(isOneOff(), NO_LEVEL)));
    rfm()
        .ifPresent(
            rfm -> states.put(ScoreColumns.alone(ScoreColumns.RFM_SEGMENT), rfm.segmentAlone()));
    return states;
  }

  private Column isKeptFromFirst(Pyramid pyramid) {
    return isOfSize(pyramid) ? isOneOff() : lit(false);
  }

  private Column isOneOff() {
    return oneOff().isPresent() ? Columns.column(ScoreColumns.IS_ONE_OFF) : lit(false);
  }

  private Dataset<Row> withOneOff(Dataset<Row> frame) {
    Map<String, Column> added = new LinkedHashMap<>();
    if (plan.hasUsualInterval()) {
      added.put(UsualInterval.COLUMN, usualInterval().days());
    }
    oneOff()
        .ifPresent(
            rule -> {
              added.put(ScoreColumns.IS_ONE_OFF, rule.flag());
              added.put(ScoreColumns.ONE_OFF_SINCE, rule.since());
              if (plan.hasServiceSinceSale()) {
                added.put(
                    ScoreColumns.ONE_OFF_SERVICE_COST, when(rule.flag(), serviceSinceSale(frame)));
              }
            });
    return Columns.with(frame, added);
  }

  /** What contacts have cost since the last sale; null if the frame does not have it. */
  private Column serviceSinceSale(Dataset<Row> frame) {
    Column cost =
        List.of(frame.columns()).contains(OneOffSettings.SERVICE_COST)
            ? Columns.column(OneOffSettings.SERVICE_COST)
            : lit(null);
    return cost.cast(plan.money().amountType());
  }

  /** The state of the night before; null if the frame does not have it. */
  private static Column previous(Dataset<Row> frame, String state) {
    String previous = ScoreColumns.previous(state);
    return List.of(frame.columns()).contains(previous) ? Columns.column(previous) : NO_LEVEL;
  }

  /** The values that would reach the next tier. */
  NextTierValues nextTier() {
    return new NextTierValues(plan, weightedScores(), percentages());
  }

  /** The rule of the classes, with their starts. */
  LevelRule rule(Classification classification) {
    return LevelRule.of(
        classification.by(),
        lessons.better(classification.by()),
        classification.classes(),
        fitted.of(lessons.levels(classification)));
  }

  /** The rule of the tiers, with their starts and bands. */
  LevelRule rule(Pyramid pyramid) {
    return LevelRule.of(
            ScoreColumns.score(pyramid),
            Better.HIGHER,
            pyramid.tiers(),
            fitted.of(lessons.levels(pyramid)))
        .withHysteresis(pyramid.hysteresis());
  }

  /** Whether size may bring a customer into the first tier: not if a rate or a number decides. */
  private boolean isOfSize(Pyramid pyramid) {
    return pyramid
        .heaviest()
        .filter(indicator -> plan.indicator(indicator).indicator().unit() != Unit.MONEY)
        .isEmpty();
  }

  private UsualInterval usualInterval() {
    return new UsualInterval(fitted.of(lessons.usualInterval()).one(ReachedTarget.TARGET));
  }

  /** The rule of one-off big tickets, of the size at which the first class by money begins. */
  private Optional<OneOffRule> oneOff() {
    Optional<BigDecimal> size =
        plan.models().classifications().stream()
            .filter(it -> plan.indicator(it.by()).indicator().unit() == Unit.MONEY)
            .flatMap(it -> rule(it).starts().stream().limit(1))
            .flatMap(start -> start.value().stream())
            .findFirst();
    return plan.models().bigTicket().map(it -> new OneOffRule(it, size, usualInterval()));
  }

  private PointScales percentages() {
    return new PointScales(plan, lessons, fitted);
  }

  Optional<RfmModel> rfm() {
    return plan.models()
        .rfm()
        .map(rfm -> new RfmModel(rfm, lessons, fitted, plan.hasUsualInterval()));
  }

  Optional<Scorecards> scorecards() {
    return weightedScores().scorecards();
  }
}
