package io.karat.scores;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.scores.CutDefinition.BinCuts;
import io.karat.scores.CutDefinitions.RfmAxis;
import io.karat.settings.Rfm;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The RFM model: bins of recency, frequency and monetary value, their weighted sum, and the segment
 * of a combination of bins.
 */
record RfmModel(Rfm rfm, CutDefinitions lessons, FittedCuts fitted) {

  /**
   * Adds the bins axis by axis, as later ones may be nested in earlier ones, then score and
   * segment.
   */
  Dataset<Row> added(Dataset<Row> frame) {
    Dataset<Row> binned = frame;
    for (RfmAxis axis : CutDefinitions.axes(rfm)) {
      binned =
          binned.withColumn(axis.bin(), when(Populations.isRanked(rfm.population()), bin(axis)));
    }
    return binned
        .withColumn(ScoreColumns.RFM_SCORE, score())
        .withColumn(
            ScoreColumns.RFM_SEGMENT, when(Populations.isRanked(rfm.population()), segment()));
  }

  /** The bin of an axis, from the bins of the axes before it. */
  Column bin(RfmAxis axis) {
    Map<List<Integer>, Bins> all = bins(axis);
    Column bin = when(lit(false), lit(1));
    for (Map.Entry<List<Integer>, Bins> within : all.entrySet()) {
      bin = bin.when(isIn(within.getKey()), within.getValue().bin());
    }
    return bin.otherwise(lit(1));
  }

  /** The bins of an axis, by the outer bins that they are nested in. */
  Map<List<Integer>, Bins> bins(RfmAxis axis) {
    Optional<BinCuts> lesson = lessons.bins(rfm, axis);
    if (lesson.isEmpty()) {
      return Map.of(List.of(), bins(axis, axis.settings().cuts()));
    }

    CutModel.Piece piece = fitted.of(lesson.map(CutDefinition.class::cast));
    return outer(lesson.get().within().size()).stream()
        .collect(
            Collectors.toMap(
                within -> within,
                within -> bins(axis, piece.of(BinCuts.group(within))),
                (one, same) -> one,
                LinkedHashMap::new));
  }

  private Bins bins(RfmAxis axis, List<BigDecimal> cuts) {
    String indicator = axis.settings().indicator();
    return new Bins(indicator, axis.settings().bins(), cuts, lessons.better(indicator));
  }

  /** All combinations of bins of the first {@code axes}. */
  private List<List<Integer>> outer(int axes) {
    List<List<Integer>> all = List.of(List.of());
    for (RfmAxis axis : CutDefinitions.axes(rfm).subList(0, axes)) {
      all =
          all.stream()
              .flatMap(
                  before ->
                      IntStream.rangeClosed(1, axis.settings().bins())
                          .mapToObj(bin -> with(before, bin)))
              .toList();
    }
    return all;
  }

  private static List<Integer> with(List<Integer> before, int bin) {
    return Stream.concat(before.stream(), Stream.of(bin)).toList();
  }

  private Column isIn(List<Integer> within) {
    Column isIn = lit(true);
    List<RfmAxis> axes = CutDefinitions.axes(rfm);
    for (int i = 0; i < within.size(); i++) {
      isIn = isIn.and(Columns.column(axes.get(i).bin()).equalTo(within.get(i)));
    }
    return isIn;
  }

  private Column score() {
    Column score = lit(BigDecimal.ZERO);
    for (RfmAxis axis : CutDefinitions.axes(rfm)) {
      score = score.plus(points(axis));
    }
    return score.cast(DecimalTypes.POINTS);
  }

  /** The points that the bin of an axis adds to the score. */
  static Column points(RfmAxis axis) {
    Column bin = Columns.column(axis.bin()).cast("decimal(10,0)");
    return bin.multiply(lit(axis.settings().weight())).cast(DecimalTypes.POINTS);
  }

  private Column segment() {
    Column segment = when(lit(false), lit("").cast(DataTypes.StringType));
    List<RfmAxis> axes = CutDefinitions.axes(rfm);
    for (Rfm.Name name : rfm.names()) {
      Column covers =
          among(axes.get(0), name.recency())
              .and(among(axes.get(1), name.frequency()))
              .and(among(axes.get(2), name.monetary()));
      segment = segment.when(covers, lit(name.name()));
    }
    return segment;
  }

  private static Column among(RfmAxis axis, SortedSet<Integer> bins) {
    return bins.isEmpty() ? lit(true) : Columns.column(axis.bin()).isin(bins.toArray());
  }
}
