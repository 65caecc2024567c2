package io.karat.scores;

import io.karat.ranks.Distributions;
import io.karat.ranks.RankedColumn;
import io.karat.scores.CutDefinition.Percentiles;
import io.karat.scores.CutModel.Piece;
import io.karat.settings.CutPolicy;
import io.karat.settings.Pyramid;
import io.karat.settings.Pyramid.Normalisation;
import io.karat.settings.WeightedIndicator;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Exact percentiles of tonight's customers, for pyramids with fresh cuts whose indicators have more
 * different values than a model file keeps: every value is joined to its own percentile.
 */
final class ExactRanks {
  private ExactRanks() {}

  /** The column of an indicator's percentiles, in millionths of a percent; null if unknown. */
  static String column(String indicator) {
    return "exact rank " + indicator;
  }

  /** Whether tonight has more different values of a pyramid's indicator than the piece keeps. */
  static boolean isNeeded(Pyramid pyramid, Piece piece) {
    return pyramid.normalisation() == Normalisation.RANK
        && pyramid.cuts() == CutPolicy.FRESH
        && piece
            .one(Percentiles.DIFFERENT)
            .filter(all -> all.longValue() > Percentiles.MOST)
            .isPresent();
  }

  /** Adds the columns of percentiles that are needed; starts jobs if there are any. */
  static Dataset<Row> added(
      Dataset<Row> indicators, List<Pyramid> pyramids, CutDefinitions lessons, FittedCuts fitted) {
    List<CutDefinition> needed = new ArrayList<>();
    for (Pyramid pyramid : pyramids) {
      for (WeightedIndicator weighted : pyramid.weights()) {
        Optional<CutDefinition> lesson = lessons.indicator(pyramid, weighted);
        if (isNeeded(pyramid, fitted.of(lesson))) {
          lesson.ifPresent(needed::add);
        }
      }
    }
    if (needed.isEmpty()) {
      return indicators;
    }

    List<RankedColumn> columns =
        needed.stream().map(lesson -> RankedColumn.of(lesson.ranked())).distinct().toList();
    Dataset<Row> ranked = Populations.added(indicators, needed);
    Distributions distributions = Distributions.of(ranked, columns);
    for (RankedColumn column : columns) {
      Dataset<Row> percentiles = renamed(distributions.percentiles(column), column.value());
      Column isSame =
          Columns.column(column.value()).equalTo(percentiles.col(value(column.value())));
      ranked = ranked.join(percentiles, isSame, "left").drop(value(column.value()));
    }
    return ranked;
  }

  private static Dataset<Row> renamed(Dataset<Row> percentiles, String indicator) {
    Column millionths =
        Columns.column(Distributions.SHARE).multiply(1_000_000).cast(DataTypes.LongType);
    return percentiles.select(
        Columns.column(indicator).as(value(indicator)), millionths.as(column(indicator)));
  }

  private static String value(String indicator) {
    return "value of exact rank " + indicator;
  }
}
