package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
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
import java.util.Objects;
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
 *
 * <p>A customer keeps the segment of the night before as long as values within the hysteresis would
 * give it: every indicator may be off by that share of a cut point, and the recency of a customer
 * who is not late may be any from that of today on, as it grows until the next usual purchase.
 * Nested bins have no hysteresis.
 *
 * @param isIntervalKnown whether customers have a {@link UsualInterval}
 */
record RfmModel(Rfm rfm, CutDefinitions lessons, FittedCuts fitted, boolean isIntervalKnown) {
  private static final String RECENCY = "recency_days";

  /** The intervals without a purchase after which a customer is late. */
  private static final BigDecimal LATE_INTERVALS = new BigDecimal("1.5");

  /** The days after which a customer is late at the earliest, as with {@code lateness}. */
  private static final int LATE_DAYS = 30;

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
    Dataset<Row> scored = binned.withColumn(ScoreColumns.RFM_SCORE, score());
    String previous = ScoreColumns.previous(ScoreColumns.RFM_SEGMENT);
    boolean isHeld =
        rfm.hysteresis().signum() > 0
            && !rfm.isNested()
            && List.of(frame.columns()).contains(previous);
    Column segment =
        isHeld
            ? when(isInReach(Columns.column(previous)), Columns.column(previous))
                .otherwise(segment())
            : segment();
    return (isHeld ? Columns.with(scored, reach()) : scored)
        .withColumn(
            ScoreColumns.RFM_SEGMENT, when(Populations.isRanked(rfm.population()), segment));
  }

  /** The segment by the bins alone, without hysteresis; null for customers who are not ranked. */
  Column segmentAlone() {
    return when(Populations.isRanked(rfm.population()), segment());
  }

  private Column isInReach(Column segment) {
    return RfmBoxes.of(rfm)
        .isInReach(
            segment,
            CutDefinitions.axes(rfm).stream()
                .map(
                    axis ->
                        new RfmBoxes.Reach(
                            Columns.column(lowest(axis)), Columns.column(highest(axis))))
                .toList());
  }

  /** The lowest and the highest bin of each axis that is in reach. */
  private Map<String, Column> reach() {
    Map<String, Column> reach = new LinkedHashMap<>();
    for (RfmAxis axis : CutDefinitions.axes(rfm)) {
      Bins bins = Objects.requireNonNull(bins(axis).get(List.of()));
      Column higherCuts = bins.moved(rfm.hysteresis()).bin();
      Column lowerCuts = bins.moved(rfm.hysteresis().negate()).bin();
      Column highest = greatest(higherCuts, lowerCuts);
      reach.put(lowest(axis), least(higherCuts, lowerCuts));
      reach.put(
          highest(axis),
          axis.settings().indicator().equals(RECENCY) && isIntervalKnown
              ? when(isLate(), highest).otherwise(lit(axis.settings().bins()))
              : highest);
    }
    return reach;
  }

  private static String lowest(RfmAxis axis) {
    return axis.bin() + " lowest";
  }

  private static String highest(RfmAxis axis) {
    return axis.bin() + " highest";
  }

  private static Column isLate() {
    Column usual = Columns.column(UsualInterval.COLUMN).multiply(lit(LATE_INTERVALS));
    Column isLate = Columns.column(RECENCY).geq(greatest(lit(LATE_DAYS), usual));
    return coalesce(isLate, lit(true));
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
