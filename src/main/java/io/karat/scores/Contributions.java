package io.karat.scores;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.UnscaledDecimals;
import io.karat.scores.CutDefinitions.RfmAxis;
import io.karat.scores.WeightedScore.Part;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The contributions to scores with what they are computed from: one row per customer, model and
 * indicator. The points of a model add up to its score.
 */
final class Contributions {
  static final String RFM = "rfm";

  static final String MODEL = "model";
  static final String INDICATOR = "indicator";
  static final String VALUE = "indicator_value";
  static final String NORMALISED = "normalised_value";
  static final String WEIGHT = "weight";
  static final String POINTS = "points";
  static final String FOR_NEXT_TIER = "value_for_next_tier";

  private final Scores scores;

  Contributions(Scores scores) {
    this.scores = scores;
  }

  /**
   * The rows.
   *
   * @param scored customers with their scores and the intermediate columns, see {@link
   *     Scores#scored}
   */
  Dataset<Row> rows(Dataset<Row> scored) {
    List<Column> all = new ArrayList<>();
    scores
        .weightedScores()
        .all()
        .forEach(
            (column, score) ->
                all.addAll(of(score, scores.nextTier().of(column, scored.schema()))));
    scores
        .rfm()
        .ifPresent(rfm -> CutDefinitions.axes(rfm.rfm()).forEach(axis -> all.add(of(axis))));
    if (all.isEmpty()) {
      return scored.limit(0).select(Columns.column(Columns.CUSTOMER_ID), inline(array(nothing())));
    }

    return inlined(scored, all).filter(Columns.column(MODEL).isNotNull());
  }

  /**
   * One row per customer and contribution. The rows are computed as columns of their own first, as
   * one method for all of them would be too long for code generation.
   */
  private static Dataset<Row> inlined(Dataset<Row> scored, List<Column> all) {
    List<Column> computed = new ArrayList<>(List.of(Columns.column(Columns.CUSTOMER_ID)));
    List<Column> rows = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      computed.add(all.get(i).as("row " + i));
      rows.add(Columns.column("row " + i));
    }
    return scored
        .select(computed.toArray(Column[]::new))
        .select(Columns.column(Columns.CUSTOMER_ID), inline(array(rows.toArray(Column[]::new))));
  }

  private static List<Column> of(WeightedScore score, List<Column> next) {
    List<Column> weights = score.percentOfWeights();
    List<Column> rows = new ArrayList<>();
    for (int i = 0; i < score.parts().size(); i++) {
      Part part = score.parts().get(i);
      rows.add(
          row(
              lit(score.name()),
              lit(part.indicator()),
              Columns.column(part.indicator()).cast(DecimalTypes.NUMBER),
              UnscaledDecimals.decimal(Columns.column(part.percentage()), DecimalTypes.RATIO),
              UnscaledDecimals.decimal(weights.get(i), DecimalTypes.RATIO),
              UnscaledDecimals.decimal(Columns.column(score.points(part)), DecimalTypes.POINTS),
              next.isEmpty() ? lit(null) : next.get(i)));
    }
    Column limit = score.limit();
    rows.add(
        row(
            when(limit.isNotNull(), lit(score.name())),
            lit(WeightedScore.LIMIT),
            lit(null),
            lit(null),
            lit(null),
            UnscaledDecimals.decimal(limit, DecimalTypes.POINTS),
            lit(null)));
    return rows;
  }

  private static Column of(RfmAxis axis) {
    return row(
        lit(RFM),
        lit(axis.settings().indicator()),
        Columns.column(axis.settings().indicator()).cast(DecimalTypes.NUMBER),
        Columns.column(axis.bin()).cast(DecimalTypes.RATIO),
        lit(axis.settings().weight()).cast(DecimalTypes.RATIO),
        RfmModel.points(axis),
        lit(null));
  }

  private static Column nothing() {
    Column none = lit(null);
    return row(none, none, none, none, none, none, none);
  }

  private static Column row(
      Column model,
      Column indicator,
      Column value,
      Column normalised,
      Column weight,
      Column points,
      Column next) {
    return struct(
        model.cast(DataTypes.StringType).as(MODEL),
        indicator.cast(DataTypes.StringType).as(INDICATOR),
        value.cast(DecimalTypes.NUMBER).as(VALUE),
        normalised.cast(DecimalTypes.RATIO).as(NORMALISED),
        weight.cast(DecimalTypes.RATIO).as(WEIGHT),
        points.cast(DecimalTypes.POINTS).as(POINTS),
        next.cast(DecimalTypes.NUMBER).as(FOR_NEXT_TIER));
  }
}
