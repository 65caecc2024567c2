package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.scores.CutDefinition.Percentiles;
import io.karat.scores.CutDefinition.ReachedTarget;
import io.karat.scores.CutDefinition.Span;
import io.karat.scores.CutModel.Piece;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.Pyramid;
import io.karat.settings.Pyramid.Normalisation;
import io.karat.settings.Scorecard;
import io.karat.settings.Scorecard.Perspective;
import io.karat.settings.WeightedIndicator;
import io.karat.settings.WeightedIndicator.Target;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Point scales of the indicators of weighted scores, each with a column of points in millionths.
 */
final class PointScales {
  /** Millionths of a point in a hundredth of a point. */
  private static final long MILLIONTHS = 10_000L;

  private final ScorePlan plan;
  private final CutDefinitions lessons;
  private final FittedCuts fitted;

  PointScales(ScorePlan plan, CutDefinitions lessons, FittedCuts fitted) {
    this.plan = plan;
    this.lessons = lessons;
    this.fitted = fitted;
  }

  /** The column of an indicator's points in a model. */
  static String column(String model, String indicator) {
    return "percentage %s %s".formatted(model, indicator);
  }

  /** Adds the points of all pyramids and perspectives; starts jobs for {@link ExactRanks} only. */
  Dataset<Row> added(Dataset<Row> customers) {
    Dataset<Row> indicators =
        ExactRanks.added(customers, plan.models().pyramids(), lessons, fitted);
    StructType types = indicators.schema();
    Map<String, Column> added = new LinkedHashMap<>();
    for (Pyramid pyramid : plan.models().pyramids()) {
      for (WeightedIndicator weighted : pyramid.weights()) {
        added.put(
            column(pyramid.name(), weighted.indicator()),
            ExactRanks.isNeeded(pyramid, fitted.of(lessons.indicator(pyramid, weighted)))
                ? exact(pyramid, weighted)
                : value(of(pyramid, weighted, types), weighted));
      }
    }
    plan.models().scorecard().ifPresent(card -> put(card, types, added));
    return Columns.with(indicators, added);
  }

  /** Adds the points of buyer types. */
  Dataset<Row> ofKinds(Dataset<Row> customers, List<Pyramid> kinds) {
    StructType types = customers.schema();
    Map<String, Column> added = new LinkedHashMap<>();
    for (Pyramid kind : kinds) {
      for (WeightedIndicator weighted : kind.weights()) {
        Column points = value(of(kind, weighted, types), weighted);
        added.put(
            column(kind.name(), weighted.indicator()),
            weighted
                .aboveMedian()
                .map(other -> aboveMedian(kind, other, types, points))
                .orElse(points));
      }
    }
    return Columns.with(customers, added);
  }

  /**
   * No points for customers below the median of an indicator, nor for those of whom it is unknown.
   */
  private Column aboveMedian(Pyramid kind, String other, StructType types, Column points) {
    Piece piece = fitted.of(Optional.of(lessons.median(kind, other)));
    PointScale rank =
        new PointScale.Rank(
            new RankedValue(types.apply(other).dataType()),
            piece.of(Percentiles.VALUES),
            piece.of(Percentiles.SHARES),
            lessons.better(other));
    return when(coalesce(rank.of(Columns.column(other)), lit(0L)).geq(PointScale.FULL / 2), points)
        .otherwise(when(points.isNotNull(), lit(0L)));
  }

  private Column exact(Pyramid pyramid, WeightedIndicator weighted) {
    String ranked = Populations.column(pyramid.population(), weighted.indicator());
    Column rank = Columns.column(ExactRanks.column(ranked));
    return lessons.better(weighted) == Better.HIGHER ? rank : lit(PointScale.FULL).minus(rank);
  }

  private void put(Scorecard scorecard, StructType types, Map<String, Column> added) {
    scorecard
        .perspectives()
        .forEach(
            (perspective, view) -> {
              for (WeightedIndicator weighted : view.indicators()) {
                Piece piece = fitted.of(lessons.target(scorecard, perspective, weighted));
                added.put(
                    column(ScoreColumns.model(perspective), weighted.indicator()),
                    value(of(weighted, Normalisation.TARGET, piece, types), weighted));
              }
            });
  }

  /** Adds the scores of perspectives as points of the scores above them. */
  static Dataset<Row> ofScores(Dataset<Row> scored, Scorecard scorecard) {
    Map<String, Column> added = new LinkedHashMap<>();
    for (Perspective perspective : scorecard.perspectives().keySet()) {
      String score = ScoreColumns.score(perspective);
      Column hundredths = Money.unscaled(Columns.column(score));
      added.put(column(ScoreColumns.SCORECARD, score), hundredths.multiply(MILLIONTHS));
    }
    return Columns.with(scored, added);
  }

  /** The point scale of a pyramid's indicator; empty if the cuts have no numbers for it. */
  Optional<PointScale> of(Pyramid pyramid, WeightedIndicator weighted, StructType types) {
    Piece piece = fitted.of(lessons.indicator(pyramid, weighted));
    return of(weighted, pyramid.normalisation(), piece, types);
  }

  private Optional<PointScale> of(
      WeightedIndicator weighted, Normalisation normalisation, Piece piece, StructType types) {
    Better better = lessons.better(weighted);
    return switch (normalisation) {
      case RANK ->
          Optional.of(
              new PointScale.Rank(
                  new RankedValue(types.apply(weighted.indicator()).dataType()),
                  piece.of(Percentiles.VALUES),
                  piece.of(Percentiles.SHARES),
                  better));
      case MINMAX -> between(piece, false, better);
      case LOG -> between(piece, true, better);
      case TARGET -> target(weighted, piece).map(aim -> aimedAt(aim, weighted, better));
    };
  }

  private static Column value(Optional<PointScale> percentage, WeightedIndicator weighted) {
    return percentage
        .map(it -> it.of(Columns.column(weighted.indicator())))
        .orElse(lit(null).cast(DataTypes.LongType));
  }

  private static Optional<PointScale> between(Piece piece, boolean isLogarithm, Better better) {
    return piece
        .one(Span.LOW)
        .flatMap(
            low ->
                piece
                    .one(Span.HIGH)
                    .map(high -> new PointScale.Between(low, high, isLogarithm, better)));
  }

  private static PointScale aimedAt(BigDecimal target, WeightedIndicator weighted, Better better) {
    return new PointScale.OfTarget(target, weighted.cap(), better);
  }

  /** The configured target, or the fitted one; empty unless it is above 0. */
  static Optional<BigDecimal> target(WeightedIndicator weighted, Piece piece) {
    Optional<BigDecimal> target =
        weighted.target().stream()
            .filter(Target.Fixed.class::isInstance)
            .map(aim -> ((Target.Fixed) aim).value())
            .findFirst();
    return target.or(() -> piece.one(ReachedTarget.TARGET)).filter(aim -> aim.signum() > 0);
  }
}
